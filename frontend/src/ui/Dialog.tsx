import type { ReactNode } from 'react';

import { preloadable } from '@/lib/preloadable';

const DialogFrame = preloadable(() => import('./overlay/DialogFrame'));

export interface DialogProps {
  isOpen: boolean;
  onClose: () => void;
  title: string;
  /** One sentence under the title. */
  text?: string;
  /** `alertdialog` asks before something that cannot be undone. */
  role?: 'dialog' | 'alertdialog';
  size?: 'md' | 'lg';
  /** Buttons, the safe one first. */
  footer?: ReactNode;
  children?: ReactNode;
}

/** A window over the page; on phones a sheet from below. Focus stays inside, and goes back when it closes. */
export function Dialog(props: DialogProps) {
  // Mounted with its first opening, so that its code is loaded when it is needed.
  const [wasOpened, setOpened] = useState(props.isOpen);
  if (props.isOpen && !wasOpened) setOpened(true);
  if (!wasOpened) return null;
  return (
    <Suspense fallback={null}>
      <DialogFrame {...props} />
    </Suspense>
  );
}

/** Has it at hand, for what is to open at once. */
Dialog.preload = () => DialogFrame.preload();
