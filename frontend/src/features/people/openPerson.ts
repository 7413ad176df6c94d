/** What the one host of the page is asked to show. */
export type PersonHostRequest =
  | { kind: 'card'; userId: number; anchor: HTMLElement }
  | { kind: 'unfriend'; userId: number; anchor: HTMLElement };

type Host = (request: PersonHostRequest) => void;

let host: Host | undefined;

/** The one host of the page says that it is there. */
export function setPersonHost(next: Host | undefined): void {
  host = next;
}

/** Opens somebody's card beside an element, to which focus goes back. There is one for the whole page. */
export function openPerson(userId: number, anchor: HTMLElement): void {
  host?.({ kind: 'card', userId, anchor });
}

/** Asks whether a friendship is to end. */
export function askToUnfriend(userId: number, anchor: HTMLElement): void {
  host?.({ kind: 'unfriend', userId, anchor });
}
