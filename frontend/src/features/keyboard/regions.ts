/** The parts of the page that F6 goes through, as far as they are to be seen, in the order of the page. */
function regions(): HTMLElement[] {
  const all = document.querySelectorAll<HTMLElement>('[data-region]');
  return [...all].filter((region) => region.checkVisibility?.() ?? true);
}

/** Moves the focus to the next region, or with -1 to the one before; after the last comes the first. */
export function focusRegion(step: 1 | -1): void {
  const all = regions();
  const here = all.findLastIndex((region) => region.contains(document.activeElement));
  const start = here < 0 && step < 0 ? 0 : here;
  const region = all[(start + step + all.length) % all.length];
  if (!region) return;
  const target = region.querySelector<HTMLElement>('[data-region-focus]') ?? region;
  if (!target.matches('a[href], button, input, textarea, select, [tabindex], [contenteditable=true]')) {
    target.tabIndex = -1;
  }
  target.focus({ preventScroll: true });
}
