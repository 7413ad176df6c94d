import { Pause, Play, X } from 'lucide-react';
import { Link } from 'react-router';

import { selectUser } from '@/features/people/slice';
import { selectRoom } from '@/features/rooms/slice';
import { duration } from '@/lib/format';
import { paths } from '@/lib/paths';
import { IconButton } from '@/ui/IconButton';
import { type Track, pause, play, stop, usePlayer } from './player';
import { RateChip } from './RateChip';

/** What plays, and the way back to it. */
export default function MiniPlayerBar({ track }: { track: Track }) {
  const { t } = useTranslation('media');
  const { isPlaying, time } = usePlayer();
  const sender = useAppSelector((state) => selectUser(state, track.userId));
  const room = useAppSelector((state) => selectRoom(state, track.roomId));
  const title = track.title ?? sender?.userName ?? t('voice');
  return (
    <section
      aria-label={t('nowPlaying')}
      className="relative flex h-11 shrink-0 animate-fade items-center gap-2 border-b border-line bg-surface px-2"
    >
      <IconButton
        size="sm"
        label={isPlaying ? t('pause') : t('play')}
        icon={
          isPlaying ? (
            <Pause size={16} fill="currentColor" strokeWidth={0} />
          ) : (
            <Play size={16} fill="currentColor" strokeWidth={0} />
          )
        }
        onClick={() => (isPlaying ? pause() : play(track))}
      />
      <Link
        to={paths.room(track.roomId, { at: track.seq })}
        className="flex min-w-0 flex-1 items-baseline gap-2 rounded-sm"
      >
        <span className="truncate text-md font-semibold">{title}</span>
        {room && !room.isDirect && <span className="truncate text-sm text-fg-3">{room.name}</span>}
      </Link>
      <span className="text-xs text-fg-3 tabular-nums">
        {t('positionOf', { time: duration(time), length: duration(track.duration) })}
      </span>
      <RateChip />
      <IconButton size="sm" label={t('stopPlaying')} icon={<X size={16} />} onClick={stop} />
      <span
        aria-hidden
        className="absolute bottom-0 left-0 h-0.5 bg-accent"
        style={{ width: `${track.duration ? (time / track.duration) * 100 : 0}%` }}
      />
    </section>
  );
}
