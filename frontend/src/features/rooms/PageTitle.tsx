import { useMatch } from 'react-router';

import { selectMyId } from '@/features/account/slice';
import { selectUser } from '@/features/people/slice';
import { otherOf, selectRoom } from './slice';
import { type TabSign, tabIcon } from './tab-icon';
import { titleOf } from './title';
import { useUnreadTotal } from './useUnreadTotal';

/** Says outside the page, on its tab and on the icon of the installed app, what waits inside. */
export function PageTitle() {
  const waiting = useUnreadTotal();
  const roomId = Number(useMatch('/r/:roomId')?.params.roomId ?? 0);
  const room = useAppSelector((state) => selectRoom(state, roomId));
  const myId = useAppSelector(selectMyId);
  const other = useAppSelector((state) => selectUser(state, room && otherOf(room, myId)));
  const { count, isMentioned } = waiting;

  const title = titleOf(other?.userName ?? room?.name, waiting);
  useEffect(() => {
    document.title = title;
  }, [title]);

  const sign: TabSign = isMentioned ? 'mention' : count > 0 ? 'unread' : null;
  useEffect(() => {
    let isOver = false;
    void tabIcon(sign).then(
      (address) => {
        const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
        if (isOver || !link) return;
        link.type = address.startsWith('data:') ? 'image/png' : 'image/svg+xml';
        link.href = address;
      },
      // The plain icon stays.
      () => undefined,
    );
    return () => {
      isOver = true;
    };
  }, [sign]);

  useEffect(() => {
    if (!('setAppBadge' in navigator)) return;
    const done =
      count > 0
        ? navigator.setAppBadge(count)
        : isMentioned
          ? navigator.setAppBadge()
          : navigator.clearAppBadge();
    // Browsers refuse where the app is not installed.
    done.catch(() => undefined);
  }, [count, isMentioned]);

  return null;
}
