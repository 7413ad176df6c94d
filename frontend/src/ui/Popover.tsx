import type { ReactNode } from 'react';

import { preloadable } from '@/lib/preloadable';

const PopoverFrame = preloadable(() => import('./overlay/PopoverFrame'));

export interface PopoverProps {
  /** Its name for screen readers. */
  label: string;
  /** Opens beside this element, to which focus goes back; null is closed. */
  anchor: HTMLElement | null;
  onClose: () => void;
  placement?: 'top-end' | 'top-start' | 'bottom-start' | 'bottom-end' | 'right-start';
  children: ReactNode;
}

/** A small window that hangs on something. */
export function Popover(props: PopoverProps) {
  if (!props.anchor) return null;
  return (
    <Suspense fallback={null}>
      <PopoverFrame {...props} anchor={props.anchor} />
    </Suspense>
  );
}

/** Has it at hand, for what is to open at once. */
Popover.preload = () => PopoverFrame.preload();
