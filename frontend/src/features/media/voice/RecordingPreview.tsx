import { Pause, Play } from 'lucide-react';

import { duration } from '@/lib/format';
import { IconButton } from '@/ui/IconButton';
import { type Track, pause, play, seek, stop, usePlayback } from './player';
import { Waveform } from './Waveform';

interface Props {
  roomId: number;
  seconds: number;
  url: string;
  peaks: number[];
}

/** What was recorded, to be heard before it goes. */
export function RecordingPreview({ roomId, seconds, url, peaks }: Props) {
  const { t } = useTranslation('media');
  const track: Track = { roomId, clientMsgId: url, userId: null, url, duration: seconds };
  const { isPlaying, time, track: current } = usePlayback(track);
  // Its bytes go with the row.
  useEffect(() => stop, [url]);
  return (
    <>
      <IconButton
        label={isPlaying ? t('pause') : t('play')}
        icon={
          isPlaying ? (
            <Pause size={18} fill="currentColor" strokeWidth={0} />
          ) : (
            <Play size={18} fill="currentColor" strokeWidth={0} />
          )
        }
        onClick={() => (isPlaying ? pause() : play(track))}
      />
      <div className="max-w-60 min-w-0 flex-1">
        <Waveform
          peaks={peaks}
          time={time}
          length={seconds}
          onSeek={(to) => (current ? seek(to) : play(track, { from: to }))}
        />
      </div>
      <span className="flex-1 text-md tabular-nums">{duration(current ? time : seconds)}</span>
    </>
  );
}
