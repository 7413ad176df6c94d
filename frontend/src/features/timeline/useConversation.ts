import type { RefObject } from 'react';
import { useStore } from 'react-redux';

import type { AppStore } from '@/app/store';
import { selectMyId } from '@/features/account/slice';
import { THE_END, jumpedFrom } from '@/features/shell/slice';
import { selectRoomSettings } from '@/features/settings/slice';
import { type RoomEntry, selectRoom } from '@/features/rooms/slice';
import type { ListHandle } from './MessageList';
import { goTo, goToNewest } from './pages';
import { scrollMemory } from './scroll-memory';
import { segmentAt } from './segments';
import { selectTimeline } from './slice';
import { useRows } from './useRows';

/** A message that was jumped to stays marked for this long, in milliseconds. */
const HIGHLIGHT_MS = 2000;

/** Where a room opens, and how one moves in it. */
export function useConversation(room: RoomEntry, at: number, list: RefObject<ListHandle | null>) {
  const store = useStore() as AppStore;
  const dispatch = useAppDispatch();
  const [opened] = useState(() => openingOf(store, room));
  const [firstNew, setFirstNew] = useState(opened.firstNew);
  const [highlighted, setHighlighted] = useState(at);
  const [failure, setFailure] = useState(false);
  // What is to be shown as soon as it is in the page.
  const wanted = useRef<{ seq: number | null } | null>(null);
  const [jumps, setJumps] = useState(0);
  const shown = useRows(room, firstNew);
  // A jump from an open conversation has a way back; a link that opens one has not.
  const isOpen = useRef(false);

  const open = useCallback(async () => {
    const { roomId, start } = { roomId: room.id, start: opened.start };
    const isThere = await dispatch(start ? goTo(roomId, start) : goToNewest(roomId)).catch(() => false);
    setFailure(!isThere && !selectTimeline(store.getState(), roomId)?.seqs.length);
  }, [dispatch, room.id, opened.start, store]);

  const jump = useCallback(
    (seq: number | null) => {
      const go = seq === null ? goToNewest(room.id) : goTo(room.id, seq);
      void dispatch(go)
        .catch(() => false)
        .then((isThere) => {
          if (!isThere) return setHighlighted(0);
          wanted.current = { seq };
          setHighlighted(seq ?? 0);
          setJumps((count) => count + 1);
        });
    },
    [dispatch, room.id],
  );

  useEffect(() => {
    if (at) {
      if (isOpen.current)
        dispatch(jumpedFrom({ roomId: room.id, seq: scrollMemory.get(room.id)?.seq ?? THE_END }));
      jump(at);
      // Sets a state only once an answer came.
      // eslint-disable-next-line react-hooks/set-state-in-effect
    } else if (!selectTimeline(store.getState(), room.id)?.isLoaded || opened.start) void open();
    // Opening happens once a visit; later changes of these are no new visit.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [at, room.id]);

  // After the effect above: what was kept from an earlier visit is not open yet when that one runs first.
  useEffect(() => {
    isOpen.current ||= shown.rows.length > 0;
  }, [shown.rows.length]);

  useEffect(() => {
    const seq = wanted.current?.seq;
    if (seq === undefined) return;
    if (seq === null ? !shown.isEnd : !shown.rows.some((row) => row.message?.seq === seq)) return;
    if (seq === null) list.current?.toBottom();
    else list.current?.show(seq);
    wanted.current = null;
  }, [jumps, shown, list]);

  useEffect(() => {
    if (!highlighted) return;
    const timer = setTimeout(() => setHighlighted(0), HIGHLIGHT_MS);
    return () => clearTimeout(timer);
  }, [highlighted]);

  useEffect(() => {
    const toBottom = () => jump(null);
    window.addEventListener('banter:bottom', toBottom);
    return () => window.removeEventListener('banter:bottom', toBottom);
  }, [jump]);

  const onSent = () => {
    setFirstNew(0);
    jump(null);
  };
  return {
    shown,
    firstNew,
    newCount: opened.newCount,
    highlighted,
    jump,
    onSent,
    failure,
    retry: () => void open(),
  };
}

/** Where a visit begins: at the first unread message when there is one, else where one was, else at the end. */
function openingOf(store: AppStore, room: RoomEntry) {
  const state = store.getState();
  const mark = selectRoom(state, room.id)?.readSeq[selectMyId(state)] ?? 0;
  const byHand = selectRoomSettings(state, room.id).unreadFrom;
  const firstNew = byHand ?? (room.unreadCount > 0 ? mark + 1 : 0);
  if (firstNew) scrollMemory.set(room.id, null);
  const timeline = selectTimeline(state, room.id);
  const [start, end] = timeline ? segmentAt(timeline.seqs, firstNew || null) : [0, 0];
  const isShown = timeline?.seqs.slice(start, end).includes(firstNew) ?? false;
  return { firstNew, newCount: room.unreadCount, start: firstNew && !isShown ? firstNew : 0 };
}
