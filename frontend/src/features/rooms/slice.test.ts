import { expect, test } from 'vitest';

import { makeMessage, makeRoom } from '@/testing/builders';
import { messagesArrived, rooms, roomsRestored } from './slice';

type Notice = NonNullable<ReturnType<typeof makeMessage>['systemMessage']>;

const start = () =>
  rooms.reducer(undefined, roomsRestored([makeRoom({ adminIds: [3], memberCount: 3, lastSeq: 5 })]));

function told(seq: number, kind: Notice['kind'], subject: number) {
  const systemMessage = { kind, actor: 1, subject, text: '' };
  const notice = makeMessage({ seq, contentType: 'SYSTEM_MESSAGE', textMessage: null, systemMessage });
  return messagesArrived({ roomId: 1, messages: [notice], myId: 1, counted: false });
}

test('notices say who came and who went', () => {
  const joined = rooms.reducer(start(), told(6, 'memberJoined', 4));
  expect(joined.byId[1]).toMatchObject({ memberIds: [2, 4], memberCount: 4 });
  const removed = rooms.reducer(joined, told(7, 'memberRemoved', 3));
  expect(removed.byId[1]).toMatchObject({ adminIds: [], memberIds: [2, 4], memberCount: 3 });
});

test('a notice from before the room was loaded changes nothing', () => {
  const state = rooms.reducer(start(), told(5, 'memberLeft', 2));
  expect(state.byId[1]).toMatchObject({ memberIds: [2], memberCount: 3 });
});
