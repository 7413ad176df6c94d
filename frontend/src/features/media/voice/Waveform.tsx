import clsx from 'clsx';

import { duration } from '@/lib/format';
import { BARS, barsOf } from './peaks';

interface Props {
  /** Nothing where nobody measured: a plain line. */
  peaks: readonly number[] | undefined;
  /** Seconds. */
  time: number;
  length: number;
  isOwn?: boolean;
  onSeek: (seconds: number) => void;
}

const STEP = 5;
const HEIGHT = 28;
/** Seconds that an arrow key goes. */
const ARROW = 1;
const PAGE = 5;

function pathOf(bars: number[]): string {
  return bars
    .map((peak, index) => {
      const half = Math.max(0.1, ((HEIGHT - 6) / 2) * (peak / 100));
      return `M${index * STEP + STEP / 2} ${HEIGHT / 2 - half}v${half * 2}`;
    })
    .join('');
}

/** The loudness of a sound, and a way to any place of it. */
export function Waveform({ peaks, time, length, isOwn, onSeek }: Props) {
  const { t } = useTranslation('media');
  const path = useMemo(() => pathOf(barsOf(peaks ?? [])), [peaks]);
  const share = length > 0 ? Math.min(1, time / length) : 0;

  const seekTo = (event: React.PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    onSeek(Math.max(0, Math.min(1, (event.clientX - box.left) / box.width)) * length);
  };

  const key = (event: React.KeyboardEvent) => {
    const steps: Record<string, number> = {
      ArrowLeft: time - ARROW,
      ArrowDown: time - ARROW,
      ArrowRight: time + ARROW,
      ArrowUp: time + ARROW,
      PageDown: time - PAGE,
      PageUp: time + PAGE,
      Home: 0,
      End: length,
    };
    const to = steps[event.key];
    if (to === undefined) return;
    event.preventDefault();
    // The list around it has arrows of its own.
    event.stopPropagation();
    onSeek(Math.max(0, Math.min(length, to)));
  };

  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label={t('position')}
      aria-valuemin={0}
      aria-valuemax={Math.round(length)}
      aria-valuenow={Math.round(time)}
      aria-valuetext={t('positionOf', { time: duration(time), length: duration(length) })}
      onKeyDown={key}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        seekTo(event);
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) seekTo(event);
      }}
      className="cursor-pointer touch-none rounded-xs"
    >
      <svg aria-hidden viewBox={`0 0 ${BARS * STEP} ${HEIGHT}`} className="block w-full overflow-visible">
        <g fill="none" strokeWidth="3" strokeLinecap="round">
          <path d={path} className={clsx(isOwn ? 'stroke-bubble-own-2 opacity-35' : 'stroke-line-strong')} />
          <path
            d={path}
            className="stroke-accent"
            style={{ clipPath: `inset(-4px ${(1 - share) * 100}% -4px -4px)` }}
          />
        </g>
      </svg>
    </div>
  );
}
