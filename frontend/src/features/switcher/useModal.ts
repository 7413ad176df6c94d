import type { KeyboardEvent, MouseEvent, SyntheticEvent } from 'react';

/**
 * Opens a `<dialog>` as long as it is mounted. The browser itself moves the focus to the first thing inside, keeps it
 * there and gives it back, without any code to wait for.
 */
export function useModal(onClose: () => void) {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    // Before it leaves the page, or the focus would be lost.
    return () => shown?.close();
  }, []);

  return {
    ref: dialog,
    // Said aloud, since the rest of the page asks for it: what lies behind a dialog is not being read.
    role: 'dialog',
    'aria-modal': true,
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.nativeEvent.isComposing) return;
      event.preventDefault();
      event.stopPropagation();
      onClose();
    },
    // Other ways to close it, such as the Back gesture of a phone.
    onCancel: (event: SyntheticEvent) => {
      event.preventDefault();
      onClose();
    },
    // Beside the dialog lies its backdrop, which counts as the dialog itself.
    onClick: (event: MouseEvent) => {
      if (event.target === dialog.current) onClose();
    },
  } as const;
}
