import type { Ref } from 'react';

import type { MediaView } from '../view';
import { useZoom } from './useZoom';

export interface StageHandle {
  zoomBy: (factor: number) => void;
  reset: () => void;
}

interface Props {
  view: MediaView;
  onSwipe: (by: -1 | 1) => void;
  onClose: () => void;
  ref: Ref<StageHandle>;
}

/** A picture in the full window. */
export function Stage({ view, onSwipe, onClose, ref }: Props) {
  const stage = useRef<HTMLDivElement>(null);
  const [isHere, setHere] = useState(false);
  const { view: place, slide, zoomBy, reset, handlers } = useZoom(stage, { onSwipe, onClose });
  useImperativeHandle(ref, () => ({ zoomBy, reset }), [zoomBy, reset]);
  const x = place.x + (slide?.x ?? 0);
  const y = place.y + Math.max(0, slide?.y ?? 0);
  return (
    <div
      ref={stage}
      {...handlers}
      className="relative flex min-h-0 flex-1 touch-none items-center justify-center overflow-hidden"
      style={{ cursor: place.scale > 1 ? 'grab' : undefined }}
    >
      <div
        className="pointer-events-none relative max-h-full max-w-full [&>img]:pointer-events-auto"
        style={{
          transform: `translate(${x}px, ${y}px) scale(${place.scale})`,
          aspectRatio: view.width && view.height ? `${view.width} / ${view.height}` : undefined,
        }}
      >
        {view.thumbnail && !isHere && (
          <img
            src={view.thumbnail}
            alt=""
            width={view.width}
            height={view.height}
            className="absolute inset-0 size-full object-contain blur-sm"
          />
        )}
        <img
          src={view.url}
          alt={view.caption ?? view.name}
          width={view.width}
          height={view.height}
          draggable={false}
          onLoad={() => setHere(true)}
          className="relative max-h-full max-w-full object-contain select-none"
        />
      </div>
    </div>
  );
}
