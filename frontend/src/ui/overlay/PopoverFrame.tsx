import { Popover } from '@chakra-ui/react/popover';
import { Portal } from '@chakra-ui/react/portal';

import type { PopoverProps } from '../Popover';
import ChakraLayer from './ChakraLayer';

export default function PopoverFrame({
  label,
  anchor,
  onClose,
  placement = 'bottom-start',
  children,
}: PopoverProps & { anchor: HTMLElement }) {
  useFocusBack(anchor);
  return (
    <ChakraLayer>
      <Popover.Root
        open
        onOpenChange={(change) => {
          if (!change.open) onClose();
        }}
        finalFocusEl={() => anchor}
        positioning={{ placement, gutter: 8, getAnchorRect: () => placeOf(anchor).getBoundingClientRect() }}
      >
        <Portal>
          <Popover.Positioner>
            {/* The positioner takes its height among the layers from here. */}
            <Popover.Content
              aria-label={label}
              className="z-50 max-w-[calc(100vw-16px)] animate-rise rounded-xl bg-raised text-fg shadow-3 outline-none"
            >
              {children}
            </Popover.Content>
          </Popover.Positioner>
        </Portal>
      </Popover.Root>
    </ChakraLayer>
  );
}

/** It is gone before it could give the focus back. What was opened from it has the focus by then, and keeps it. */
function useFocusBack(anchor: HTMLElement) {
  useEffect(
    () => () => {
      requestAnimationFrame(() => {
        const active = document.activeElement;
        if (!active || active === document.body) anchor.focus();
      });
    },
    [anchor],
  );
}

/** Inside a card that is to stay in sight, the card is what a popover opens beside. */
function placeOf(anchor: HTMLElement): Element {
  return anchor.closest('[data-popover-anchor]') ?? anchor;
}
