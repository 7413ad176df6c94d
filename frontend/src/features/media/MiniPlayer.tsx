/** The voice message that plays on while one looks at something else. */
export function MiniPlayer() {
  return null;
}
