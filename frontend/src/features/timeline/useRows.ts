import type { Message } from '@banter/client';

import { selectMyId } from '@/features/account/slice';
import { selectPendingOf } from '@/features/composer/outbox-slice';
import type { RoomEntry } from '@/features/rooms/slice';
import { type Row, rowsOf } from './rows';
import { segmentAt } from './segments';
import { selectTimeline } from './slice';

export interface Shown {
  rows: Row[];
  /** True when nothing stands before the first row. */
  isStart: boolean;
  /** True when nothing stands behind the last stored row. */
  isEnd: boolean;
  isLoaded: boolean;
}

const NONE: Message[] = [];

/** What the conversation shows now: one segment without holes, and behind the newest one what is on its way. */
export function useRows(room: RoomEntry, firstNew: number): Shown {
  const timeline = useAppSelector((state) => selectTimeline(state, room.id));
  const pending = useAppSelector((state) => selectPendingOf(state, room.id));
  const myId = useAppSelector(selectMyId);
  return useMemo(() => {
    const [start, end] = timeline ? segmentAt(timeline.seqs, timeline.anchor) : [0, 0];
    const messages = timeline
      ? timeline.seqs.slice(start, end).flatMap((seq) => timeline.bySeq[seq] ?? [])
      : NONE;
    const isStart = (messages[0]?.seq ?? 0) <= 1;
    const isEnd = (messages.at(-1)?.seq ?? 0) >= room.lastSeq;
    const rows = rowsOf(messages, isEnd ? pending : [], { myId, firstNew });
    return {
      // Whether the first message begins a group or a day is not known before the one above it is. Shown only then,
      // no row ever changes its height because of what is loaded above it.
      rows: isStart || messages.length < 2 ? rows : rows.slice(1),
      isStart,
      isEnd,
      isLoaded: Boolean(timeline && (timeline.isLoaded || messages.length > 0)),
    };
  }, [timeline, pending, myId, firstNew, room.lastSeq]);
}
