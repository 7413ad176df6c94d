import type { Panel } from '@/lib/paths';
import type { RoomEntry } from '../slice';
import { DetailsPanel } from './DetailsPanel';
import { MediaPanel } from './MediaPanel';
import { MembersPanel } from './MembersPanel';

/** What stands beside a conversation: about the room, its members, or its files. */
export default function RoomPanel({ room, panel }: { room: RoomEntry; panel: Panel }) {
  if (panel === 'members' && !room.isDirect) return <MembersPanel key={room.id} room={room} />;
  if (panel === 'media') return <MediaPanel key={room.id} room={room} />;
  return <DetailsPanel key={room.id} room={room} />;
}
