import type { Message } from '@banter/client';
import { expect, test } from 'vitest';

import { makeMessage } from '@/testing/builders';
import { messagesReceived, pageLoaded, timelines } from './slice';

const said = (seq: number, rev: number, text: string, rest: Partial<Message> = {}) =>
  makeMessage({ id: seq * 100, seq, rev, textMessage: { text, mention: [] }, ...rest });

const first = said(1, 1, 'first');
const answer = said(2, 2, 'answer', { replyId: first.id, reply: first });
const edited = said(1, 3, 'edited', { isEdited: true });
const answered = said(3, 4, 'to the edited one', { replyId: first.id, reply: edited });
const recalled = said(1, 5, '', { textMessage: null, isRecalled: true });
const history = [first, answer, edited, answered, recalled];

function after(events: Message[]) {
  let state = timelines.reducer(undefined, pageLoaded({ roomId: 1, messages: [], newest: true }));
  for (const message of events) {
    state = timelines.reducer(state, messagesReceived({ roomId: 1, messages: [message] }));
  }
  return state;
}

function permutations<T>(list: T[]): T[][] {
  if (list.length < 2) return [list];
  return list.flatMap((one, index) => permutations(list.toSpliced(index, 1)).map((rest) => [one, ...rest]));
}

test('in whatever order and however often changes come, the end is the same', () => {
  const end = after(history);
  expect(end.byRoom[1]?.seqs).toEqual([1, 2, 3]);
  for (const seq of [2, 3]) expect(end.byRoom[1]?.bySeq[seq]?.reply?.isRecalled).toBe(true);
  for (const events of permutations(history)) {
    expect(after(events)).toEqual(end);
    expect(after([...events, ...events.toReversed()])).toEqual(end);
  }
});
