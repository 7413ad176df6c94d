import type { OutboxItem } from '@banter/client';

import { FilePart } from './parts/FilePart';
import { ImagePart } from './parts/ImagePart';
import { MovingPart } from './parts/MovingPart';
import { SoundPart } from './parts/SoundPart';
import type { MediaView } from './view';
import { openViewer } from './viewerStore';

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

/** The file in a bubble. Its caption, and the padding around both, are the bubble's. */
export function MediaPart(props: MediaPartProps) {
  const { roomId, seq, view } = props;
  const openOwn = seq === undefined ? undefined : () => openViewer({ roomId, seq });
  const filled = { ...props, onOpenViewer: props.onOpenViewer ?? openOwn };
  switch (view.kind) {
    case 'image':
      return <ImagePart {...filled} />;
    case 'gif':
    case 'video':
      return <MovingPart {...filled} />;
    case 'audio':
      return <SoundPart {...filled} />;
    case 'file':
      return <FilePart {...filled} />;
  }
}
