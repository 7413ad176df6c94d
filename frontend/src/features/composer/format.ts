/** Puts a sign around what is selected, or takes it away where it stands already. */
export function marked(
  text: string,
  start: number,
  end: number,
  sign: string,
): { text: string; start: number; end: number } {
  const width = sign.length;
  const isMarked = text.slice(start - width, start) === sign && text.slice(end, end + width) === sign;
  if (isMarked) {
    return {
      text: text.slice(0, start - width) + text.slice(start, end) + text.slice(end + width),
      start: start - width,
      end: end - width,
    };
  }
  return {
    text: text.slice(0, start) + sign + text.slice(start, end) + sign + text.slice(end),
    start: start + width,
    end: end + width,
  };
}
