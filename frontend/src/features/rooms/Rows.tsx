import { Fragment } from 'react';
import { Pin } from 'lucide-react';
import { Virtualizer } from 'virtua';

import { selectDevice } from '@/features/settings/slice';
import type { Face } from './face';
import type { Sections } from './order';
import { type OpenRoomMenu, RoomRow } from './RoomRow';
import type { RoomEntry } from './slice';
import type { useHold } from './useHold';
import { useRovingRows } from './useRovingRows';
import { useToday } from './useToday';

/** Shorter lists are in the page as a whole. */
const VIRTUAL_FROM = 100;

type Item = { kind: 'title'; title: 'pinned' | 'recent' } | { kind: 'room'; room: RoomEntry };

interface Props {
  sections: Sections;
  /** False lists them all in one, such as while searching. */
  hasTitles: boolean;
  faces: Map<number, Face>;
  openId: number;
  onMenu: OpenRoomMenu;
  /** What keeps the order while something rests on the rows. */
  holdProps: ReturnType<typeof useHold>['holdProps'];
  /** Gives others a way into the list by key. */
  ref?: React.Ref<RowsHandle>;
}

export interface RowsHandle {
  focusFirst: () => void;
}

/** The rows of the list, however many there are. */
export function Rows({ sections, hasTitles, faces, openId, onMenu, holdProps, ref }: Props) {
  const today = useToday();
  const isCompact = useAppSelector(selectDevice).density === 'compact';
  const box = useRef<HTMLDivElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const rooms = [...sections.pinned, ...sections.recent];
  const ids = rooms.map((room) => room.id);
  const items = itemsOf(sections, hasTitles);

  const { tabStop, moveTo, listProps } = useRovingRows({
    ids,
    nameOf: (id) => faces.get(id)?.name ?? '',
    startId: openId,
    box,
    onMenu: (id, row) => {
      const room = rooms.find((one) => one.id === id);
      if (room) onMenu(room, row);
    },
  });
  useImperativeHandle(ref, () => ({ focusFirst: () => moveTo(ids[0]) }));

  // A room that was opened from elsewhere, or was just made, comes into view.
  const isOpenListed = ids.includes(openId);
  useEffect(() => {
    if (isOpenListed)
      box.current?.querySelector(`[data-room="${openId}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [openId, isOpenListed]);

  const draw = (item: Item) => {
    if (item.kind === 'title') return <SectionTitle key={item.title} title={item.title} />;
    const face = faces.get(item.room.id);
    if (!face) return <Fragment key={item.room.id} />;
    return (
      <RoomRow
        key={item.room.id}
        room={item.room}
        face={face}
        isOpen={item.room.id === openId}
        isTabStop={item.room.id === tabStop}
        isCompact={isCompact}
        today={today}
        onMenu={onMenu}
      />
    );
  };

  const kept = items.flatMap((item, index) =>
    item.kind === 'room' && (item.room.id === tabStop || item.room.id === openId) ? [index] : [],
  );
  return (
    <div ref={scroller} {...holdProps} className="min-h-0 flex-1 overflow-y-auto overscroll-contain pb-2">
      <div ref={box} {...listProps}>
        {ids.length > VIRTUAL_FROM ? (
          <Virtualizer scrollRef={scroller} keepMounted={kept} data={items}>
            {draw}
          </Virtualizer>
        ) : (
          items.map(draw)
        )}
      </div>
    </div>
  );
}

function itemsOf({ pinned, recent }: Sections, hasTitles: boolean): Item[] {
  const toItem = (room: RoomEntry): Item => ({ kind: 'room', room });
  const title = (name: 'pinned' | 'recent', rooms: RoomEntry[]): Item[] =>
    hasTitles && pinned.length > 0 && rooms.length > 0 ? [{ kind: 'title', title: name }] : [];
  return [
    ...title('pinned', pinned),
    ...pinned.map(toItem),
    ...title('recent', recent),
    ...recent.map(toItem),
  ];
}

function SectionTitle({ title }: { title: 'pinned' | 'recent' }) {
  const { t } = useTranslation('rooms');
  return (
    <h2 className="flex items-center gap-1.5 px-5 pt-2 pb-1.5 text-xs font-semibold text-fg-3">
      {title === 'pinned' && <Pin aria-hidden size={13} />}
      {t(title)}
    </h2>
  );
}
