import type { OutboxItem } from '@banter/client';

import type { MediaView } from './view';

export interface MediaPartProps {
  view: MediaView;
  roomId: number;
  /** Once it is stored. */
  seq?: number;
  clientMsgId?: string;
  isOwn: boolean;
  /** How much is uploaded, 0 to 1. */
  progress?: number;
  /** Of a message on its way. */
  state?: OutboxItem['state'];
  /** Instead of the room's viewer. */
  onOpenViewer?: () => void;
}

/** The file in a bubble. */
export function MediaPart({ view }: MediaPartProps) {
  return <span>{view.name}</span>;
}
