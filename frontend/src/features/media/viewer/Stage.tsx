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
  const { width = 0, height = 0 } = view;
  return (
    <div
      ref={stage}
      {...handlers}
      className="[container-type:size] relative flex min-h-0 flex-1 touch-none items-center justify-center overflow-hidden"
      style={{ cursor: place.scale > 1 ? 'grab' : undefined }}
    >
      <div
        className="pointer-events-none relative flex"
        style={{
          transform: `translate(${x}px, ${y}px) scale(${place.scale})`,
          aspectRatio: height ? `${width} / ${height}` : undefined,
          // As large as it is, and as the stage lets it be.
          width: height ? `min(${width}px, 100cqw, 100cqh * ${width / height})` : undefined,
        }}
      >
        {view.thumbnail && !isHere && (
          <img src={view.thumbnail} alt="" className="absolute inset-0 size-full object-contain blur-sm" />
        )}
        <img
          src={view.url}
          alt={view.caption ?? view.name}
          draggable={false}
          onLoad={() => setHere(true)}
          className="pointer-events-auto relative max-h-[100cqh] max-w-[100cqw] min-w-0 flex-1 object-contain select-none"
        />
      </div>
    </div>
  );
}
