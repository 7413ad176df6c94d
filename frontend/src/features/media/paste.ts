/** Two digits. */
const two = (value: number) => String(value).padStart(2, '0');

/** "2026-11-26 10.42.07", in local time; colons are not allowed in file names everywhere. */
export function stampOf(date: Date): string {
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
  const time = [two(date.getHours()), two(date.getMinutes()), two(date.getSeconds())].join('.');
  return `${day} ${time}`;
}

/** Names that browsers give to what has none. */
const NAMELESS = /^(image|blob|grafik|bild)\.\w+$/i;

/** The files in the clipboard. Screenshots come without a name of their own and get one. */
export function filesOfPaste({ clipboardData }: { clipboardData: DataTransfer | null }): File[] {
  const files = [...(clipboardData?.files ?? [])];
  return files.map((file, index) => {
    if (file.name && !NAMELESS.test(file.name)) return file;
    const extension = file.type.split('/')[1]?.replace(/\+.*$/, '') || 'bin';
    const number = index > 0 ? ` ${index + 1}` : '';
    return new File([file], `${stampOf(new Date())}${number}.${extension.replace('jpeg', 'jpg')}`, {
      type: file.type,
    });
  });
}

/** A text as a file, for what is too long for a message. */
export function textAsFile(text: string): File {
  return new File([text], `${stampOf(new Date())}.txt`, { type: 'text/plain' });
}
