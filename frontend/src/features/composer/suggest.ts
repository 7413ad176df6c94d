// What the word before the caret asks for: somebody of the room, or an emoji.

export interface Query {
  kind: 'person' | 'emoji';
  /** What was typed behind the sign. */
  typed: string;
  /** Where the sign stands. */
  start: number;
}

const PERSON = /(?:^|[\s(（,，。])@([\p{L}\p{N}_.-]{0,32})$/u;
const EMOJI = /(?:^|\s):([a-z0-9_+\-\p{Script=Han}]{2,24})$/iu;

export function queryAt(text: string, caret: number): Query | null {
  const before = text.slice(0, caret);
  const person = PERSON.exec(before);
  if (person?.[1] !== undefined)
    return { kind: 'person', typed: person[1], start: caret - person[1].length - 1 };
  const emoji = EMOJI.exec(before);
  if (emoji?.[1] !== undefined) return { kind: 'emoji', typed: emoji[1], start: caret - emoji[1].length - 1 };
  return null;
}

/** Puts a choice in the place of what was typed, and a space behind it. */
export function complete(text: string, query: Query, choice: string): { text: string; caret: number } {
  const end = query.start + 1 + query.typed.length;
  const head = `${text.slice(0, query.start)}${choice} `;
  return { text: head + text.slice(end).replace(/^ /, ''), caret: head.length };
}

/** Ids of the people whom a text mentions, of those who were chosen or are known by exactly that name. */
export function mentionsIn(text: string, people: readonly { id: number; userName: string }[]): number[] {
  const found = people.filter(({ userName }) => {
    const at = text.toLowerCase().indexOf(`@${userName.toLowerCase()}`);
    if (at < 0) return false;
    // "@Ann Lee" mentions Ann Lee and not Ann.
    const isLongerName = people.some(
      (other) =>
        other.userName.length > userName.length &&
        other.userName.toLowerCase().startsWith(userName.toLowerCase()) &&
        text.toLowerCase().startsWith(`@${other.userName.toLowerCase()}`, at),
    );
    return !isLongerName;
  });
  return found.map(({ id }) => id);
}
