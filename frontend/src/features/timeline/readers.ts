import type { RoomEntry } from '@/features/rooms/slice';

/** Who of the others has read up to `seq`. */
export function readersOf(room: Pick<RoomEntry, 'readSeq'>, seq: number, myId: number): number[] {
  return Object.entries(room.readSeq)
    .filter(([id, mark]) => Number(id) !== myId && mark >= seq)
    .map(([id]) => Number(id));
}
