import type { FocusEvent, KeyboardEvent } from 'react';

const STOPS = 'a[href], button:not(:disabled), input:not(:disabled), textarea, [tabindex]';

/** What Tab reaches inside of an element, in its order. */
function stopsIn(element: ParentNode): HTMLElement[] {
  return [...element.querySelectorAll<HTMLElement>(STOPS)].filter(
    (one) => one.tabIndex >= 0 && !one.closest('[inert]') && (one.checkVisibility?.() ?? true),
  );
}

let isTabbing = false;
window.addEventListener('keydown', (event) => (isTabbing = event.key === 'Tab'), true);
window.addEventListener('pointerdown', () => (isTabbing = false), true);

/**
 * Tab leaves the list from the row that has the focus, or from the last thing inside of it: without this it would
 * go through the links and buttons of all rows.
 */
export function leaveByTab(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'Tab' || event.ctrlKey || event.altKey || event.metaKey) return;
  const list = event.currentTarget;
  const target = event.target as HTMLElement;
  const row = target.closest<HTMLElement>('[data-row]');
  if (!row) return;
  if (event.shiftKey) {
    // The browser goes on from the beginning of the list.
    if (target === row) list.focus({ preventScroll: true });
    return;
  }
  if (target !== (stopsIn(row).at(-1) ?? row)) return;
  const isBehind = (one: Node) =>
    !list.contains(one) && list.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING;
  const next = stopsIn(document).find(isBehind);
  if (!next) return;
  event.preventDefault();
  next.focus();
}

/** Tab enters the list at its one stop, whatever stands nearer. */
export function enterByTab(event: FocusEvent<HTMLElement>, stop: HTMLElement | null): void {
  const isFromInside = event.currentTarget.contains(event.relatedTarget);
  const isAtStop = event.target === event.currentTarget || event.target === stop;
  if (isTabbing && !isFromInside && !isAtStop) stop?.focus();
}
