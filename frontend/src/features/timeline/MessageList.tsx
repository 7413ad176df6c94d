import clsx from 'clsx';
import type { Ref } from 'react';
import { Virtualizer, type VirtualizerHandle } from 'virtua';

import { selectMyId } from '@/features/account/slice';
import type { RoomEntry } from '@/features/rooms/slice';
import { DayPill } from './DayPill';
import { JumpButtons } from './JumpButtons';
import { MessageRow } from './MessageRow';
import { loadNewer, loadOlder } from './pages';
import type { Row } from './rows';
import { scrollMemory } from './scroll-memory';
import { TimelineStart } from './TimelineStart';
import { useBottom } from './useBottom';
import { useReading } from './useReading';
import { useSettled } from './useSettled';
import { useShow } from './useShow';
import { useRowKeys } from './useRowKeys';
import type { Shown } from './useRows';

/** Height of what stands above the first row, in pixels: the room's beginning, or a place for older messages. */
const START = 88;
/** The day of the uppermost message stays for this long after the last move, in milliseconds. */
const PILL_MS = 1200;
/** More is loaded when fewer screens than this remain. */
const SCREENS_AHEAD = 2;

export interface ListHandle {
  toBottom: () => void;
  /** Puts a message in the middle and marks it for a moment. */
  show: (seq: number) => void;
}

interface Props {
  room: RoomEntry;
  shown: Shown;
  firstNew: number;
  newCount: number;
  /** seq that is marked for a moment. */
  highlighted: number;
  ref: Ref<ListHandle>;
  onJump: (seq: number | null) => void;
  /** The list stands where it opens, and is seen from now on. */
  onSettled: () => void;
}

/** The messages of a room, of which only those in view are in the page. */
export function MessageList(props: Props) {
  const { room, shown, firstNew, newCount, highlighted, ref, onJump, onSettled } = props;
  const { t } = useTranslation('timeline');
  const dispatch = useAppDispatch();
  const myId = useAppSelector(selectMyId);
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const list = useRef<VirtualizerHandle>(null);
  const { rows, isStart, isEnd } = shown;
  const bottom = useBottom(scroller, content);
  const [view, setView] = useState({ isAway: false, lastSeq: 0, topTime: '', isMoving: false });
  const resting = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(resting.current), []);
  const isPlaced = useRef(false);
  const isSettled = useSettled(scroller, isPlaced, onSettled);

  const seen = useCallback(
    () => (isSettled ? lastSeen(scroller.current, list.current, rows) : 0),
    [rows, isSettled],
  );
  const look = useReading(room.id, room.readSeq[myId] ?? 0, seen);

  // What stands in view, for the day above it and the buttons over it.
  const see = useCallback(() => {
    const element = scroller.current;
    const handle = list.current;
    if (!element || !handle || rows.length === 0) return;
    const top = rows[handle.findItemIndex(element.scrollTop)];
    setView((last) => ({
      ...last,
      isAway: belowOf(element) > element.clientHeight / 2,
      lastSeq: seen(),
      topTime: top?.message?.createdAt ?? '',
    }));
  }, [rows, seen]);
  useLayoutEffect(see, [see]);

  const isPrepend = useIsPrepend(rows);

  const more = useCallback(() => {
    const element = scroller.current;
    if (!element || !isPlaced.current) return;
    const ahead = element.clientHeight * SCREENS_AHEAD;
    if (!isStart && element.scrollTop < ahead) void dispatch(loadOlder(room.id));
    if (!isEnd && belowOf(element) < ahead) void dispatch(loadNewer(room.id));
  }, [dispatch, room.id, isStart, isEnd]);

  const onScroll = useCallback(() => {
    bottom.follow();
    more();
    look();
    const element = scroller.current;
    const handle = list.current;
    if (!element || !handle || rows.length === 0) return;
    scrollMemory.set(room.id, bottom.isThere.current ? null : placeOf(element, handle, rows));
    clearTimeout(resting.current);
    resting.current = setTimeout(() => setView((last) => ({ ...last, isMoving: false })), PILL_MS);
    const isMoving = belowOf(element) > element.clientHeight / 4;
    setView((last) => ({ ...last, isMoving: last.isMoving || isMoving }));
    see();
  }, [bottom, more, look, rows, room.id, see]);

  const { show, letGo } = useShow(scroller, list, rows, bottom.hasMovedSince);

  useImperativeHandle(ref, () => ({
    toBottom: () => {
      letGo();
      bottom.toBottom();
    },
    show: (seq) => {
      bottom.leave();
      isPlaced.current = true;
      show(seq);
    },
  }));

  // Where the room opens: at the place of before, at the first unread message, or at the end.
  useLayoutEffect(() => {
    if (isPlaced.current || rows.length === 0 || highlighted) return;
    const element = scroller.current;
    const handle = list.current;
    if (!element || !handle) return;
    isPlaced.current = true;
    const place = scrollMemory.get(room.id);
    const at = (seq: number) => rows.findIndex((row) => row.message?.seq === seq);
    if (place && at(place.seq) >= 0)
      handle.scrollToIndex(at(place.seq), { align: 'start', offset: -place.offset });
    else if (firstNew && at(firstNew) >= 0) {
      handle.scrollToIndex(at(firstNew), { align: 'start', offset: -element.clientHeight / 3 });
    } else bottom.toBottom();
  }, [rows, room.id, firstNew, highlighted, bottom]);

  // New rows may be in view, or leave room for more, without anybody scrolling.
  useEffect(() => {
    more();
    look();
  }, [rows, more, look, isSettled]);

  const keys = useRowKeys({ rows, list, toBottom: () => onJump(null) });

  return (
    <div className="relative min-h-0 flex-1" data-region-box>
      <DayPill time={view.topTime} isShown={view.isMoving} />
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys go from message to message */}
      <div
        ref={scroller}
        role="log"
        aria-label={room.name}
        aria-live="off"
        aria-busy={!shown.isLoaded}
        data-region
        tabIndex={rows.length ? -1 : 0}
        onKeyDown={keys.onKeyDown}
        onFocus={keys.onFocus}
        onScroll={onScroll}
        className="absolute inset-0 flex flex-col overflow-x-hidden overflow-y-auto focus-visible:-outline-offset-2"
        // The list keeps the place itself; the browser's own way would do it twice.
        style={{ overflowAnchor: 'none' }}
      >
        <div
          ref={content}
          className={clsx('flex min-h-full w-full shrink-0 flex-col', !isSettled && 'invisible')}
        >
          <div style={{ height: START }} className="shrink-0">
            {shown.isLoaded && <TimelineStart room={room} isStart={isStart} />}
          </div>
          <Virtualizer
            ref={list}
            data={rows}
            shift={isPrepend}
            startMargin={START}
            scrollRef={scroller}
            keepMounted={keys.kept}
            onResize={bottom.keep}
          >
            {(row: Row) => (
              <MessageRow
                key={row.key}
                row={row}
                room={room}
                newCount={row.isFirstNew ? newCount : 0}
                isHighlighted={highlighted > 0 && row.message?.seq === highlighted}
                isTabStop={row.key === keys.tabStop}
                onFocused={keys.onFocused}
                onJump={onJump}
              />
            )}
          </Virtualizer>
          {!isEnd && shown.isLoaded && (
            <p className="shrink-0 py-4 text-center text-xs text-fg-3">{t('loadingNewer')}</p>
          )}
          <div className="h-2 shrink-0" />
        </div>
      </div>
      {isSettled && (
        <JumpButtons
          room={room}
          isAway={view.isAway || !isEnd}
          below={room.lastSeq - view.lastSeq}
          onJump={onJump}
        />
      )}
    </div>
  );
}

/**
 * True for the one render in which rows were put before the first one. The list must hear of it in that very render:
 * a state would say it one too late.
 */
/* eslint-disable react-hooks/refs -- see above */
function useIsPrepend(rows: Row[]): boolean {
  const last = useRef<string | undefined>(undefined);
  const first = rows[0]?.key;
  const isPrepend =
    last.current !== undefined && first !== last.current && rows.some((row) => row.key === last.current);
  useLayoutEffect(() => {
    last.current = first;
  });
  return isPrepend;
}
/* eslint-enable react-hooks/refs */

/** How much there is below the view, in pixels. */
function belowOf(element: HTMLElement): number {
  return element.scrollHeight - element.clientHeight - element.scrollTop;
}

/** seq of the last message of which at least half, or the lower edge, is in view; 0 for none. */
function lastSeen(element: HTMLElement | null, handle: VirtualizerHandle | null, rows: Row[]): number {
  if (!element || !handle || rows.length === 0) return 0;
  const edge = element.scrollTop + element.clientHeight;
  let index = handle.findItemIndex(edge - 1);
  const half = START + handle.getItemOffset(index) + handle.getItemSize(index) / 2;
  if (half > edge) index -= 1;
  while (index >= 0 && !rows[index]?.message) index -= 1;
  return rows[index]?.message?.seq ?? 0;
}

function placeOf(element: HTMLElement, handle: VirtualizerHandle, rows: Row[]) {
  const index = handle.findItemIndex(element.scrollTop);
  const seq = rows[index]?.message?.seq;
  return seq ? { seq, offset: handle.getItemOffset(index) + START - element.scrollTop } : null;
}
