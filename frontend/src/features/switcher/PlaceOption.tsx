import clsx from 'clsx';
import type { ComponentProps } from 'react';

import { Avatar } from '@/ui/Avatar';
import { Badge } from '@/ui/Badge';
import type { FacedPlace } from './usePlaces';

/** A place to go to, as an option of the list. */
export function PlaceOption({
  place,
  isActive,
  ...option
}: { place: FacedPlace; isActive: boolean } & ComponentProps<'div'>) {
  const { t } = useTranslation('rooms');
  return (
    <div
      {...option}
      className={clsx(
        'mx-2 flex h-12 cursor-pointer items-center gap-3 rounded-md px-2.5 coarse:h-14',
        isActive && 'bg-selected',
      )}
    >
      <Avatar {...place.face} size={32} ring={isActive ? 'border-selected' : 'border-raised'} />
      <span
        dir="auto"
        className={clsx('min-w-0 flex-1 truncate text-md', place.isWaiting ? 'font-bold' : 'font-medium')}
      >
        {place.name}
      </span>
      <span className="shrink-0 text-xs text-fg-3">{t(`switcher.kind.${place.kind}`)}</span>
      {place.isWaiting && (
        <>
          <span aria-hidden>
            {place.unreadCount > 0 ? (
              <Badge count={place.unreadCount} isQuiet={place.isQuiet} />
            ) : (
              <span
                className={clsx(
                  'mx-1 block size-3 rounded-full',
                  place.isQuiet ? 'bg-line-strong' : 'bg-accent',
                )}
              />
            )}
          </span>
          <span className="sr-only">
            {place.unreadCount > 0 ? t('unread', { count: place.unreadCount }) : t('markedUnread')}
          </span>
        </>
      )}
    </div>
  );
}
