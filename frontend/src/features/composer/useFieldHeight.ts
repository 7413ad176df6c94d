import type { RefObject } from 'react';

/** Lets a text field grow with its text; a style sheet sets how far. */
export function useFieldHeight(field: RefObject<HTMLTextAreaElement | null>, text: string): void {
  useLayoutEffect(() => {
    const element = field.current;
    if (!element) return;
    element.style.setProperty('height', '0');
    element.style.setProperty('height', `${element.scrollHeight}px`);
    const isCut = element.scrollHeight > element.clientHeight + 1;
    element.style.setProperty('overflow-y', isCut ? 'auto' : 'hidden');
  }, [field, text]);
}
