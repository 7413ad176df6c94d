/** The id of the one composer of the page. */
export const COMPOSER_ID = 'composer';

/** Puts the focus into the composer, with the caret at the end, once what is on its way to the page is there. */
export function focusComposer(): void {
  requestAnimationFrame(() => {
    const field = document.getElementById(COMPOSER_ID);
    if (!(field instanceof HTMLTextAreaElement)) return;
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
  });
}
