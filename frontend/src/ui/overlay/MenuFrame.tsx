import { Menu } from '@chakra-ui/react/menu';
import { Portal } from '@chakra-ui/react/portal';
import clsx from 'clsx';

import type { MenuRequest } from '../menu';
import ChakraLayer from './ChakraLayer';

interface Props {
  request: MenuRequest;
  onClosed: () => void;
}

export default function MenuFrame({ request, onClosed }: Props) {
  const { anchor, point, items, label, quick = [] } = request;
  const close = () => {
    onClosed();
    // What an item opened has the focus by then, and keeps it.
    requestAnimationFrame(() => {
      const active = document.activeElement;
      if (!active || active === document.body) anchor.focus();
    });
  };
  return (
    <ChakraLayer>
      <Menu.Root
        open
        // A second request while open is another menu.
        key={label + items.map((item) => item.id).join()}
        onOpenChange={(change) => {
          if (!change.open) close();
        }}
        positioning={{
          placement: 'bottom-end',
          gutter: 6,
          getAnchorRect: () => (point ? { ...point, width: 1, height: 1 } : anchor.getBoundingClientRect()),
        }}
        aria-label={label}
      >
        <Portal>
          <Menu.Positioner>
            {/* The positioner takes its height among the layers from here. */}
            <Menu.Content
              aria-label={label}
              className="z-50 max-h-[80dvh] min-w-52 animate-rise overflow-y-auto rounded-lg bg-raised p-1.5 text-fg shadow-3 outline-none"
            >
              {quick.length > 0 && (
                <div className="mb-1 flex justify-between gap-1 border-b border-line pb-1">
                  {quick.map((item) => (
                    <Menu.Item
                      key={item.label}
                      value={item.label}
                      aria-label={item.label}
                      onSelect={item.onSelect}
                      className="flex size-9 cursor-pointer items-center justify-center rounded-md font-emoji text-xl data-[highlighted]:bg-hover coarse:size-11"
                    >
                      {item.sign}
                    </Menu.Item>
                  ))}
                </div>
              )}
              {items.map((item) => (
                <Menu.Item
                  key={item.id}
                  value={item.id}
                  disabled={item.isDisabled}
                  onSelect={item.onSelect}
                  className={clsx(
                    'flex min-h-9 cursor-pointer items-center gap-2.5 rounded-md px-2.5 text-md data-[disabled]:opacity-50 data-[highlighted]:bg-hover coarse:min-h-11',
                    item.isDanger && 'mt-1.5 text-danger',
                  )}
                >
                  <span aria-hidden className="flex w-4 shrink-0 justify-center [&_svg]:size-4">
                    {item.icon}
                  </span>
                  <span className="flex-1">{item.label}</span>
                  {item.keys && (
                    <kbd aria-hidden className="ml-4 font-sans text-2xs font-bold text-fg-3 coarse:hidden">
                      {item.keys}
                    </kbd>
                  )}
                </Menu.Item>
              ))}
            </Menu.Content>
          </Menu.Positioner>
        </Portal>
      </Menu.Root>
    </ChakraLayer>
  );
}
