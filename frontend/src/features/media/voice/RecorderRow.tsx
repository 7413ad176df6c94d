import { ArrowUp, Square, Trash2 } from 'lucide-react';

import { duration } from '@/lib/format';
import { IconButton } from '@/ui/IconButton';
import { LevelBars } from './LevelBars';
import { MicrophoneTrouble } from './MicrophoneTrouble';
import { RecordingPreview } from './RecordingPreview';
import { SECONDS_MAX, discard, halt, send } from './recording';
import { useRecorderRow } from './useRecorderRow';

interface Props {
  roomId: number;
  onDone?: (wasSent: boolean) => void;
}

/** Seconds before the end from which on they are counted down. */
const WARN = 10;

export default function RecorderRow(props: Props) {
  const { t } = useTranslation('media');
  const { recording, row } = useRecorderRow(props);
  if (!recording) return <div className="h-9 coarse:h-11" />;
  const { phase, seconds, isHeld, isLeaving, levels, result } = recording;
  if (phase === 'trouble') return <MicrophoneTrouble recording={recording} />;
  const left = SECONDS_MAX - seconds;

  return (
    <div
      ref={row}
      role="group"
      aria-label={t('recorder')}
      className="flex min-h-9 items-center gap-2 coarse:min-h-11"
    >
      <IconButton
        label={t('discard')}
        icon={<Trash2 size={19} />}
        onClick={discard}
        className={isLeaving ? 'bg-signal-tint text-danger!' : undefined}
      />
      {phase === 'preview' && result ? (
        <RecordingPreview roomId={recording.roomId} seconds={seconds} url={result.url} peaks={result.peaks} />
      ) : (
        <>
          <span aria-hidden className="size-2.5 shrink-0 animate-pulse-dot rounded-full bg-signal" />
          <span className="w-9 shrink-0 text-md tabular-nums">{duration(Math.floor(seconds))}</span>
          {isHeld ? (
            <span className="flex-1 truncate text-center text-sm text-fg-3">
              {isLeaving ? t('letGoToDiscard') : t('slideToCancel')}
            </span>
          ) : (
            <LevelBars levels={levels} />
          )}
          {left <= WARN && (
            <span className="shrink-0 text-xs text-signal-text tabular-nums">
              {t('secondsLeft', { count: Math.ceil(left) })}
            </span>
          )}
          {!isHeld && (
            <IconButton
              label={t('halt')}
              icon={<Square size={15} fill="currentColor" strokeWidth={0} />}
              disabled={phase === 'asking'}
              onClick={() => void halt()}
            />
          )}
        </>
      )}
      <IconButton
        label={t('sendVoice')}
        look="filled"
        icon={<ArrowUp size={20} strokeWidth={2.2} />}
        data-send
        disabled={phase === 'asking'}
        onClick={() => void send()}
        className="rounded-full"
      />
      <span role="status" className="sr-only">
        {phase === 'recording' && t('isRecording')}
        {phase === 'preview' && t('isRecorded', { time: duration(seconds) })}
      </span>
    </div>
  );
}
