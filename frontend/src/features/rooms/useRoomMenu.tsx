import { Bell, BellOff, Check, CircleDot, Link, LogOut, Pin, PinOff } from 'lucide-react';
import { useStore } from 'react-redux';

import type { AppStore } from '@/app/store';
import { selectMyId } from '@/features/account/slice';
import { FOR_EVER, isMuted, roomSettingsChanged, selectRoomSettings } from '@/features/settings/slice';
import { selectUsers } from '@/features/people/slice';
import { copy } from '@/features/shell/copy';
import { paths } from '@/lib/paths';
import { type MenuItem, openMenu } from '@/ui/menu';
import { faceOf } from './face';
import { isUnread } from './order';
import { markRead } from './read';
import type { OpenRoomMenu } from './RoomRow';
import { type RoomEntry, otherOf } from './slice';

const HOUR = 3_600_000;

/** Opens the menu of a room. `onLeave` is asked for rooms that can be left. */
export function useRoomMenu(onLeave: (room: RoomEntry) => void): OpenRoomMenu {
  const { t } = useTranslation('rooms');
  const store = useStore() as AppStore;

  return useCallback(
    (room, anchor, point) => {
      const { dispatch, getState } = store;
      const settings = selectRoomSettings(getState(), room.id);
      const change = (next: typeof settings) =>
        dispatch(roomSettingsChanged({ roomId: room.id, change: next }));
      const muteFor = (ms: number) => () =>
        change({ mutedUntil: ms === FOR_EVER ? FOR_EVER : Date.now() + ms });

      const items: (MenuItem | false)[] = [
        settings.pinned
          ? {
              id: 'unpin',
              label: t('menu.unpin'),
              icon: <PinOff />,
              onSelect: () => change({ pinned: undefined }),
            }
          : { id: 'pin', label: t('menu.pin'), icon: <Pin />, onSelect: () => change({ pinned: true }) },
        ...(isMuted(settings)
          ? [
              {
                id: 'unmute',
                label: t('menu.unmute'),
                icon: <Bell />,
                onSelect: () => change({ mutedUntil: undefined }),
              },
            ]
          : [
              { id: 'mute1', label: t('menu.mute1'), icon: <BellOff />, onSelect: muteFor(HOUR) },
              { id: 'mute8', label: t('menu.mute8'), icon: <BellOff />, onSelect: muteFor(8 * HOUR) },
              {
                id: 'muteForEver',
                label: t('menu.muteForEver'),
                icon: <BellOff />,
                onSelect: muteFor(FOR_EVER),
              },
            ]),
        isUnread(room, settings) && {
          id: 'markRead',
          label: t('menu.markRead'),
          icon: <Check />,
          onSelect: () => void dispatch(markRead(room.id, room.lastSeq)),
        },
        !isUnread(room, settings) &&
          room.lastSeq > 0 && {
            id: 'markUnread',
            label: t('menu.markUnread'),
            icon: <CircleDot />,
            onSelect: () => change({ unreadFrom: room.lastSeq }),
          },
        {
          id: 'copyLink',
          label: t('menu.copyLink'),
          icon: <Link />,
          onSelect: () => {
            const link = location.origin + paths.room(room.id);
            void dispatch(copy(link, { done: t('linkCopied'), failed: t('linkNotCopied', { link }) }));
          },
        },
        // A direct room goes with the friendship.
        !room.isDirect && {
          id: 'leave',
          label: t('menu.leave'),
          icon: <LogOut />,
          isDanger: true,
          onSelect: () => onLeave(room),
        },
      ];
      const otherId = otherOf(room, selectMyId(getState()));
      const { name } = faceOf(room, otherId === undefined ? undefined : selectUsers(getState())[otherId]);
      openMenu({ label: t('menu', { name }), items: items.filter((item) => item !== false), anchor, point });
    },
    [t, store, onLeave],
  );
}
