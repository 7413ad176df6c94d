import type { RoomEntry } from '@/features/rooms/slice';

/** What stands above the first row: the beginning of the room, or a place that older messages will take. */
export function TimelineStart({ room, isStart }: { room: RoomEntry; isStart: boolean }) {
  const { t } = useTranslation('timeline');
  return (
    <div className="mx-auto flex h-full max-w-[820px] items-end justify-center px-6 pb-3 text-center text-xs text-fg-3">
      {isStart ? t(room.isDirect ? 'startDirect' : 'start', { name: room.name }) : t('loadingOlder')}
    </div>
  );
}
