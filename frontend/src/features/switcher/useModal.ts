import type { MouseEvent, SyntheticEvent } from 'react';

/**
 * Opens a `<dialog>` as long as it is mounted. The browser itself keeps the focus inside and gives it back, without
 * any code to wait for.
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
    onCancel: (event: SyntheticEvent) => {
      event.preventDefault();
      onClose();
    },
    // Beside the dialog lies its backdrop, which counts as the dialog itself.
    onClick: (event: MouseEvent) => {
      if (event.target === dialog.current) onClose();
    },
  };
}
