import clsx from 'clsx';
import type { ReactNode } from 'react';

import { selectDevice } from '@/features/settings/slice';
import { ConnectionBar } from '@/features/connection/ConnectionBar';
import { MiniPlayer } from '@/features/media/MiniPlayer';
import { NARROW, PHONE, useMedia } from '@/lib/useMedia';
import { Rail } from './Rail';
import { TabBar } from './TabBar';

interface Props {
  /** The left column. */
  list: ReactNode;
  /** The middle: a conversation, a person, a page of settings. */
  main: ReactNode;
  /** The right column; lies over the middle on small windows. */
  panel?: ReactNode;
  /** Which one a phone shows. */
  shows: 'list' | 'main';
}

/** The columns of the page. Which of them are there depends on the window, from 320 px on. */
export function Frame({ list, main, panel, shows }: Props) {
  const { listWidth } = useAppSelector(selectDevice);
  const isPhone = useMedia(PHONE);
  const isCovered = useMedia(NARROW) && Boolean(panel);
  return (
    <div className="flex h-dvh overflow-hidden bg-canvas">
      <Rail />
      <div
        // On phones the list is all there is.
        role={isPhone && shows === 'list' ? 'main' : undefined}
        style={{ '--list-width': `${listWidth}px` } as React.CSSProperties}
        className={clsx(
          'min-h-0 w-full shrink-0 flex-col border-line bg-surface sm:flex sm:w-60 sm:border-r lg:w-[272px] xl:w-(--list-width)',
          shows === 'list' ? 'flex' : 'hidden',
        )}
      >
        {list}
        <TabBar />
      </div>
      <div className={clsx('relative min-w-0 flex-1 sm:flex', shows === 'main' ? 'flex' : 'hidden')}>
        <div inert={isCovered} className="relative flex min-w-0 flex-1 flex-col lg:min-w-[400px]">
          <ConnectionBar />
          <MiniPlayer />
          {main}
        </div>
        {panel}
      </div>
    </div>
  );
}
