import type { Message } from '@banter/client';
import { type PayloadAction, createSlice } from '@reduxjs/toolkit';

import { insertSorted } from './segments';

/**
 * The loaded messages of one room. seqs have no gaps, so a jump between two neighbours in `seqs` is a hole
 * that is yet to be loaded; a run without jumps is a segment. The view shows the segment of its anchor.
 */
export interface Timeline {
  bySeq: Record<number, Message>;
  /** Ascending. */
  seqs: number[];
  /** seq whose segment is shown; null shows the newest one. */
  anchor: number | null;
  /** True once the newest page was here, so that an empty timeline is an empty room. */
  isLoaded: boolean;
}

interface TimelinesState {
  byRoom: Record<number, Timeline>;
}

const initialState: TimelinesState = { byRoom: {} };

const fresh = (): Timeline => ({ bySeq: {}, seqs: [], anchor: null, isLoaded: false });

/** Keeps the newest state of each message, in whatever order and however often they come. */
function take(timeline: Timeline, messages: Message[]) {
  for (const message of messages) {
    const known = timeline.bySeq[message.seq];
    if (known && known.rev >= message.rev) continue;
    if (!known) insertSorted(timeline.seqs, message.seq);
    timeline.bySeq[message.seq] = withNewestQuote(timeline, message);
    if (known || message.isEdited || message.isRecalled) quoteAnew(timeline, message);
  }
}

/** A message may come with a quote that is older than what is known of the quoted one. */
function withNewestQuote(timeline: Timeline, message: Message): Message {
  const quoted = message.reply && timeline.bySeq[message.reply.seq];
  const isNewer = quoted && message.reply && quoted.rev > message.reply.rev;
  return isNewer ? { ...message, reply: { ...quoted, reply: null } } : message;
}

/** What was changed is quoted as it is now; above all, what was recalled is quoted no more. */
function quoteAnew(timeline: Timeline, changed: Message) {
  for (const seq of timeline.seqs) {
    const message = timeline.bySeq[seq];
    if (message?.reply?.id === changed.id && message.reply.rev < changed.rev) {
      message.reply = { ...changed, reply: null };
    }
  }
}

export const timelines = createSlice({
  name: 'timelines',
  initialState,
  reducers: {
    /** A page of history. `newest`: it ends with the room's newest message. */
    pageLoaded(state, { payload }: PayloadAction<{ roomId: number; messages: Message[]; newest?: boolean }>) {
      const timeline = (state.byRoom[payload.roomId] ??= fresh());
      take(timeline, payload.messages);
      if (payload.newest) timeline.isLoaded = true;
    },
    /** Pushes and catch-up: changes of loaded messages, and new ones. */
    messagesReceived(
      state,
      { payload }: PayloadAction<{ roomId: number; messages: Message[]; reset?: boolean }>,
    ) {
      if (payload.reset) state.byRoom[payload.roomId] = { ...fresh(), isLoaded: true };
      const timeline = state.byRoom[payload.roomId];
      if (timeline) take(timeline, payload.messages);
    },
    timelineRestored(state, { payload }: PayloadAction<{ roomId: number; messages: Message[] }>) {
      if (state.byRoom[payload.roomId]) return;
      const timeline = (state.byRoom[payload.roomId] = fresh());
      take(timeline, payload.messages);
      timeline.isLoaded = payload.messages.length > 0;
    },
    anchored(state, { payload }: PayloadAction<{ roomId: number; seq: number | null }>) {
      const timeline = (state.byRoom[payload.roomId] ??= fresh());
      timeline.anchor = payload.seq;
    },
    timelineDropped(state, { payload }: PayloadAction<number>) {
      delete state.byRoom[payload];
    },
  },
  selectors: {
    selectTimeline: (state, roomId: number) => state.byRoom[roomId],
    selectTimelines: (state) => state.byRoom,
    selectMessage: (state, roomId: number, seq: number | undefined) =>
      seq ? state.byRoom[roomId]?.bySeq[seq] : undefined,
  },
});

export const { pageLoaded, messagesReceived, timelineRestored, anchored, timelineDropped } =
  timelines.actions;
export const { selectTimeline, selectTimelines, selectMessage } = timelines.selectors;
