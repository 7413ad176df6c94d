import type { Message } from '@banter/client';

import type { RoomEntry } from '@/features/rooms/slice';

/** What the user may do with a message. The server decides; this keeps what it would refuse out of sight. */
export const can = {
  edit: (message: Message, myId: number) =>
    message.userId === myId && message.contentType === 'TEXT_MESSAGE' && !message.isRecalled,
  recall: (message: Message, room: Pick<RoomEntry, 'creatorId' | 'adminIds'>, myId: number) =>
    !message.isRecalled &&
    message.contentType !== 'SYSTEM_MESSAGE' &&
    (message.userId === myId || room.creatorId === myId || room.adminIds.includes(myId)),
};
