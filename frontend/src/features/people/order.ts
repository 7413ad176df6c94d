import type { User } from '@banter/client';

/** People who are here first, then by name as the reader's language sorts. */
export function onlineFirst<Person extends Pick<User, 'online' | 'userName'>>(
  people: Person[],
  language: string,
): Person[] {
  const collator = new Intl.Collator(language, { sensitivity: 'base', numeric: true });
  return [...people].sort(
    (a, b) => Number(b.online) - Number(a.online) || collator.compare(a.userName, b.userName),
  );
}

/** Whether any part of a name is what somebody typed. */
export function nameMatches(name: string, typed: string): boolean {
  return fold(name).includes(fold(typed.trim()));
}

function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}
