/** Puts a text into the clipboard. Fails where the browser allows no way to do it. */
export async function copyText(text: string): Promise<void> {
  try {
    // Missing where the page came over plain http, as in most home networks.
    await navigator.clipboard.writeText(text);
  } catch {
    if (!copySelected(text)) throw new Error('the browser does not allow copying');
  }
}

/** The way from before: selects the text in a field that nobody sees, and copies what is selected. */
function copySelected(text: string): boolean {
  const before = document.activeElement;
  const field = document.createElement('textarea');
  field.value = text;
  // No keyboard comes up for it.
  field.readOnly = true;
  field.style.cssText = 'position: fixed; inset: 0 auto auto 0; opacity: 0';
  // Dialogs keep the focus inside.
  (before?.closest('[role=dialog], dialog') ?? document.body).append(field);
  try {
    field.focus({ preventScroll: true });
    field.select();
    return document.execCommand('copy');
  } finally {
    field.remove();
    if (before instanceof HTMLElement) before.focus({ preventScroll: true });
  }
}
