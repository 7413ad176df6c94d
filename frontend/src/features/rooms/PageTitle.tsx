import { useMatch } from 'react-router';

import { selectMyId } from '@/features/account/slice';
import { selectUser } from '@/features/people/slice';
import { otherOf, selectRoom } from './slice';
import { type TabSign, tabIcon } from './tab-icon';
import { titleOf } from './title';
import { useUnreadTotal } from './useUnreadTotal';

/** Says outside the page, on its tab and on the icon of the installed app, where one is and what waits. */
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
    const request = new AbortController();
    void showIcon(sign, request.signal);
    return () => request.abort();
  }, [sign]);

  useEffect(() => setBadge(count, isMentioned), [count, isMentioned]);

  // Whoever signs in next does not see what waited for the one before.
  useEffect(
    () => () => {
      document.title = titleOf(undefined, { count: 0, isMentioned: false });
      void showIcon(null);
      setBadge(0, false);
    },
    [],
  );
  return null;
}

async function showIcon(sign: TabSign, signal?: AbortSignal): Promise<void> {
  // Where it cannot be drawn, the plain icon stays.
  const address = await tabIcon(sign).catch(() => null);
  const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
  if (!address || !link || signal?.aborted) return;
  link.type = address.startsWith('data:') ? 'image/png' : 'image/svg+xml';
  link.href = address;
}

function setBadge(count: number, isMentioned: boolean): void {
  if (!('setAppBadge' in navigator)) return;
  const isQuiet = count === 0 && !isMentioned;
  const done = isQuiet ? navigator.clearAppBadge() : navigator.setAppBadge(count > 0 ? count : undefined);
  // Browsers refuse where the app is not installed.
  done.catch(() => undefined);
}
