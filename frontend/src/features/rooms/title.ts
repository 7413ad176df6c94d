const APP = 'Banter';

/** What waits in all rooms together. */
export interface Waiting {
  count: number;
  isMentioned: boolean;
}

/** "(3 @) Room – Banter": how much waits, whether somebody is called by name, and where one is. */
export function titleOf(room: string | undefined, { count, isMentioned }: Waiting): string {
  const signs = [count > 99 ? '99+' : count > 0 && String(count), isMentioned && '@'].filter(Boolean);
  const waiting = signs.length > 0 ? `(${signs.join(' ')}) ` : '';
  return waiting + (room ? `${room} – ${APP}` : APP);
}
