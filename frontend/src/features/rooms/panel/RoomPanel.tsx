import type { Panel } from '@/lib/paths';
import type { RoomEntry } from '../slice';
export default function RoomPanel(_props: { room: RoomEntry; panel: Panel }) { return null; }
