import { Dialog } from '@chakra-ui/react/dialog';
import { Portal } from '@chakra-ui/react/portal';
import clsx from 'clsx';
import { X } from 'lucide-react';

import { IconButton } from '../IconButton';
import type { DialogProps } from '../Dialog';
import ChakraLayer from './ChakraLayer';

export default function DialogFrame({
  isOpen,
  onClose,
  title,
  text,
  role = 'dialog',
  size = 'md',
  footer,
  children,
}: DialogProps) {
  const { t } = useTranslation();
  useFocusBack();
  return (
    <ChakraLayer>
      <Dialog.Root
        open={isOpen}
        onOpenChange={(change) => {
          if (!change.open) onClose();
        }}
        role={role}
        lazyMount
        unmountOnExit
      >
        <Portal>
          <Dialog.Backdrop className="fixed inset-0 z-40 bg-shade data-[state=open]:animate-fade" />
          <Dialog.Positioner className="fixed inset-0 z-40 flex items-end justify-center overflow-hidden sm:items-center sm:p-6">
            <Dialog.Content
              className={clsx(
                'flex max-h-[92dvh] w-full flex-col rounded-t-2xl bg-raised text-fg shadow-4 data-[state=open]:animate-rise sm:rounded-2xl',
                size === 'md' ? 'sm:max-w-[440px]' : 'sm:max-w-[640px]',
              )}
            >
              <header className="flex items-start gap-3 px-6 pt-6">
                <div className="min-w-0 flex-1">
                  <Dialog.Title className="text-title font-bold">{title}</Dialog.Title>
                  {text && <Dialog.Description className="mt-1 text-md text-fg-2">{text}</Dialog.Description>}
                </div>
                <IconButton
                  label={t('close')}
                  icon={<X size={19} />}
                  onClick={onClose}
                  className="-mt-1 -mr-2"
                />
              </header>
              <div className="min-h-0 flex-1 overflow-y-auto px-6 py-4">{children}</div>
              {footer && (
                <footer className="flex flex-wrap justify-end gap-2 px-6 pb-[max(1.5rem,env(safe-area-inset-bottom))]">
                  {footer}
                </footer>
              )}
            </Dialog.Content>
          </Dialog.Positioner>
        </Portal>
      </Dialog.Root>
    </ChakraLayer>
  );
}

/** Chakra gives the focus back when a dialog closes, not when it is taken out of the page while open. */
function useFocusBack() {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      const isLost = document.activeElement === document.body || !document.activeElement;
      if (isLost && before instanceof HTMLElement) before.focus();
    },
    [before],
  );
}
