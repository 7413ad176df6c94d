import type { RoomEntry } from '@/features/rooms/slice';
export function Conversation({ room }: { room: RoomEntry }) { return <main>{room.name}</main>; }
