import type { RefObject } from 'react';

/** Opens a dialog over everything. Focus goes back to where it came from, or to the thumbnail of what was shown last. */
export function useModal(dialog: RefObject<HTMLDialogElement | null>, lastSeq: number) {
  const last = useRef(lastSeq);
  useEffect(() => {
    last.current = lastSeq;
  }, [lastSeq]);

  useEffect(() => {
    const element = dialog.current;
    const cameFrom = document.activeElement;
    element?.showModal();
    return () => {
      element?.close();
      const thumbnail = document.querySelector<HTMLElement>(`[data-viewer-seq="${last.current}"]`);
      if (thumbnail) thumbnail.focus();
      else if (cameFrom instanceof HTMLElement) cameFrom.focus();
    };
  }, [dialog]);
}
