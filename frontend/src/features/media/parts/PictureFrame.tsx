import type { ReactNode } from 'react';

import { fit } from './fit';
import { UploadRing } from './UploadRing';
import type { MediaPartProps } from '../MediaPart';

interface Props extends MediaPartProps {
  /** What a press does, in words. */
  label: string;
  onPress?: (event: React.MouseEvent) => void;
  children: ReactNode;
}

/** The shape of a picture or video in the flow: its room is reserved, a press opens it, and an upload shows its ring. */
export function PictureFrame({ view, seq, clientMsgId, state, progress, label, onPress, children }: Props) {
  const { width, height } = fit(view.width, view.height);
  const isUploading = clientMsgId && (state === 'waiting' || state === 'uploading' || state === 'sending');
  return (
    <div className="max-w-full" style={{ width }}>
      <div
        className="relative overflow-hidden rounded-lg bg-sunken"
        style={{ aspectRatio: `${width} / ${height}` }}
      >
        <button
          type="button"
          aria-label={label}
          data-viewer-seq={seq}
          disabled={!onPress}
          onClick={onPress}
          // What is inside is exchanged under the pointer, and a press on what goes would be none.
          className="focus-inside absolute inset-0 block size-full overflow-hidden rounded-lg *:pointer-events-none"
        >
          {children}
        </button>
        {isUploading && (
          <UploadRing
            clientMsgId={clientMsgId}
            progress={progress}
            className="absolute! top-1/2 left-1/2 -translate-1/2 animate-fade"
          />
        )}
      </div>
    </div>
  );
}
