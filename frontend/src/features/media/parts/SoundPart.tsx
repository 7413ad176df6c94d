import clsx from 'clsx';
import { Download, Pause, Play } from 'lucide-react';
import { useStore } from 'react-redux';

import type { RootState } from '@/app/store';
import { selectMessage } from '@/features/timeline/slice';
import { duration } from '@/lib/format';
import type { MediaPartProps } from '../MediaPart';
import { isVoice } from '../view';
import { isHeard, useIsHeard } from '../voice/heard';
import { nextUnheard } from '../voice/nextUnheard';
import { type Track, pause, play, seek, usePlayback } from '../voice/player';
import { RateChip } from '../voice/RateChip';
import { Waveform } from '../voice/Waveform';
import { FileName } from './FilePart';
import { UploadRing } from './UploadRing';

/** A voice message, or a file with sound. */
export function SoundPart({ view, roomId, seq, clientMsgId, isOwn, state, progress }: MediaPartProps) {
  const { t } = useTranslation('media');
  const store = useStore<RootState>();
  const hasVoice = isVoice(view);
  const length = view.duration ?? 0;
  const track: Track = {
    roomId,
    seq,
    clientMsgId,
    userId: null,
    title: hasVoice ? undefined : view.name,
    url: view.url,
    duration: length,
  };
  const { isPlaying, time, track: current, hasFailed } = usePlayback(track);
  const wasHeard = useIsHeard(roomId, seq) || isOwn;
  const quiet = isOwn ? 'text-bubble-own-2' : 'text-fg-3';
  const isUploading = clientMsgId && (state === 'waiting' || state === 'uploading' || state === 'sending');

  const startFrom = (from?: number) => {
    // Only somebody who listens to news wants to hear what follows.
    const isNews = hasVoice && !isOwn && seq !== undefined && !isHeard(roomId, seq);
    const next = isNews ? (ended: Track) => nextUnheard(store.getState(), ended) : undefined;
    const { userId } = selectMessage(store.getState(), roomId, seq) ?? {};
    play({ ...track, userId: userId ?? null }, { from, next });
  };

  return (
    <div className="flex w-[256px] max-w-full items-center gap-3 p-0.5">
      {isUploading ? (
        <UploadRing clientMsgId={clientMsgId} progress={progress} className="text-accent-text!" />
      ) : (
        <button
          type="button"
          aria-label={isPlaying ? t('pause') : t('play')}
          title={isPlaying ? t('pause') : t('play')}
          onClick={() => (isPlaying ? pause() : startFrom())}
          className="touch flex size-10 shrink-0 items-center justify-center rounded-full bg-accent text-accent-fg transition-[scale] duration-[90ms] hover:brightness-110 active:scale-[0.96]"
        >
          {isPlaying ? (
            <Pause aria-hidden size={18} fill="currentColor" strokeWidth={0} />
          ) : (
            <Play aria-hidden size={18} fill="currentColor" strokeWidth={0} className="ml-0.5" />
          )}
        </button>
      )}
      <div className="flex min-w-0 flex-1 flex-col">
        {!hasVoice && <FileName name={view.name} />}
        <Waveform
          peaks={view.peaks}
          time={time}
          length={length}
          isOwn={isOwn}
          onSeek={(to) => (current ? seek(to) : startFrom(to))}
        />
        <div className={clsx('flex h-5 items-center gap-2 text-xs tabular-nums', quiet)}>
          <span>{hasFailed ? t('cannotPlay') : duration(current ? time : length)}</span>
          {!wasHeard && hasVoice && (
            <span role="img" aria-label={t('unheard')} className="size-1.5 rounded-full bg-signal" />
          )}
          <span className="flex-1" />
          {!hasVoice && !state && (
            <a
              href={view.url}
              download={view.name}
              aria-label={t('downloadName', { name: view.name })}
              title={t('download')}
              className="flex size-6 items-center justify-center rounded-xs"
            >
              <Download aria-hidden size={16} />
            </a>
          )}
          <RateChip isOwn={isOwn} />
        </div>
      </div>
    </div>
  );
}
