import { Play } from 'lucide-react';

import { duration } from '@/lib/format';
import { FirstFrame } from './FirstFrame';
import { PictureFrame } from './PictureFrame';
import { prefersStill, useInlinePlay } from './useInlinePlay';
import type { MediaPartProps } from '../MediaPart';

/** A video or moving picture: it plays without sound while a pointer rests on it, or after a tap; a press opens it. */
export function MovingPart(props: MediaPartProps) {
  const { t } = useTranslation('media');
  const { view, onOpenViewer } = props;
  const frame = useRef<HTMLDivElement>(null);
  const { isPlaying, start, stop } = useInlinePlay(frame);
  const isGif = view.kind === 'gif';

  const press = (event: React.MouseEvent) => {
    const byTouch = event.nativeEvent instanceof PointerEvent && event.nativeEvent.pointerType === 'touch';
    if (byTouch && !isPlaying && !prefersStill()) start();
    else onOpenViewer?.();
  };

  return (
    <div
      ref={frame}
      className="relative"
      onPointerEnter={(event) => {
        if (event.pointerType === 'mouse' && !prefersStill()) start();
      }}
      onPointerLeave={(event) => {
        if (event.pointerType === 'mouse') stop();
      }}
    >
      <PictureFrame
        {...props}
        label={t(isGif ? 'openGif' : 'openVideo', { name: view.name })}
        onPress={onOpenViewer && press}
      >
        {isGif ? <Gif view={view} isPlaying={isPlaying} /> : <Video view={view} isPlaying={isPlaying} />}
        {!isPlaying && <Signs {...props} />}
      </PictureFrame>
    </div>
  );
}

/** What lies on a still: that it can move, and how long. */
function Signs({ view, state }: MediaPartProps) {
  return (
    <>
      {view.kind === 'video' && !state && (
        <span className="absolute top-1/2 left-1/2 flex size-11 -translate-1/2 items-center justify-center rounded-full bg-shade text-white">
          <Play aria-hidden size={20} fill="currentColor" strokeWidth={0} className="ml-0.5" />
        </span>
      )}
      {(view.kind === 'gif' || view.duration !== undefined) && (
        <span className="absolute bottom-2 left-2 rounded-xs bg-shade px-1.5 text-2xs font-bold text-white tabular-nums">
          {view.kind === 'gif' ? 'GIF' : duration(view.duration ?? 0)}
        </span>
      )}
    </>
  );
}

interface Moving {
  view: MediaPartProps['view'];
  isPlaying: boolean;
}

function Gif({ view, isPlaying }: Moving) {
  if (isPlaying) return <img src={view.url} alt="" draggable={false} className="size-full object-cover" />;
  return <FirstFrame url={view.thumbnail ?? view.url} />;
}

function Video({ view, isPlaying }: Moving) {
  const player = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const video = player.current;
    if (!video) return;
    if (isPlaying) {
      // Refused only where the browser saves power: the still stays.
      video.play().catch(() => undefined);
    } else {
      video.pause();
    }
  }, [isPlaying]);
  return (
    <video
      ref={player}
      // Some browsers show nothing of a video that was never asked for a place in it.
      src={`${view.url}#t=0.001`}
      poster={view.thumbnail}
      muted
      loop
      playsInline
      preload="metadata"
      tabIndex={-1}
      className="size-full object-contain"
    />
  );
}
