import type { SearchHit } from '@banter/client';
import clsx from 'clsx';
import { File, Image, type LucideIcon, Mic, Music, Video } from 'lucide-react';

import { selectMyId } from '@/features/account/slice';
import { selectUser } from '@/features/people/slice';
import { useFace } from '@/features/rooms/face';
import { type RoomEntry, selectRoom } from '@/features/rooms/slice';
import { selectDevice } from '@/features/settings/slice';
import { clock, fullTime } from '@/lib/format';
import { toneOf } from '@/lib/identity';
import { Avatar } from '@/ui/Avatar';
import { type Piece, excerptOf, spansOf } from './excerpt';
import { plainWithSpans } from './plain-spans';

interface Props {
  hit: SearchHit;
  /** What was searched for, for names of files. */
  words: string;
  /** Says in which room it is. */
  showsRoom: boolean;
  /** The one that was jumped to last. */
  isCurrent: boolean;
  /** The one that Tab reaches. */
  isStop: boolean;
  onOpen: () => void;
  onFocus: () => void;
}

/** A found message: who, where, when, and the words around the hit. */
export function HitRow({ hit, words, showsRoom, isCurrent, isStop, onOpen, onFocus }: Props) {
  const { t } = useTranslation('search');
  const { language } = useAppSelector(selectDevice);
  const myId = useAppSelector(selectMyId);
  const room = useAppSelector((state) => selectRoom(state, hit.roomId));
  const known = useAppSelector((state) => selectUser(state, hit.userId));
  const sender = known ?? hit.user;
  const senderId = sender?.id ?? 0;
  const name = senderId === myId ? t('you') : (sender?.userName ?? t('somebody'));
  const written = hit.textMessage?.text ?? hit.mediaMessage?.text ?? '';
  const { text, spans } = useMemo(() => plainWithSpans(written, hit.spans), [written, hit.spans]);
  return (
    <button
      type="button"
      data-hit
      tabIndex={isStop ? 0 : -1}
      aria-current={isCurrent || undefined}
      onClick={onOpen}
      onFocus={onFocus}
      className={clsx(
        'focus-inside flex w-full gap-2.5 rounded-md px-2.5 py-2 text-left',
        isCurrent ? 'bg-selected' : 'hover:bg-hover',
      )}
    >
      <Avatar
        id={senderId}
        name={sender?.userName ?? '?'}
        image={sender?.image}
        size={32}
        className="mt-0.5"
      />
      <span className="min-w-0 flex-1">
        <span className="flex items-baseline gap-2">
          <span
            className="min-w-0 flex-1 truncate text-sm font-bold"
            style={{ color: `var(--c-tone-${toneOf(senderId)})` }}
          >
            {name}
          </span>
          <time
            dateTime={hit.createdAt}
            title={fullTime(hit.createdAt, language)}
            className="shrink-0 text-xs text-fg-3 tabular-nums"
          >
            {clock(hit.createdAt, language)}
          </time>
        </span>
        {showsRoom && room && <RoomName room={room} />}
        {hit.mediaMessage && <FileLine media={hit.mediaMessage} words={words} />}
        {text && (
          <span
            dir="auto"
            className="line-clamp-4 text-sm [overflow-wrap:anywhere] whitespace-pre-line text-fg-2"
          >
            <Pieces pieces={excerptOf(text, spans)} />
          </span>
        )}
      </span>
    </button>
  );
}

function RoomName({ room }: { room: RoomEntry }) {
  const { t } = useTranslation('search');
  const { name } = useFace(room);
  return <span className="block truncate text-xs text-fg-3">{t('inRoom', { room: name })}</span>;
}

const SIGNS: Record<string, LucideIcon> = { image: Image, gif: Image, video: Video, audio: Music };

function FileLine({ media, words }: { media: NonNullable<SearchHit['mediaMessage']>; words: string }) {
  const { t } = useTranslation('search');
  const isVoice = media.kind === 'audio' && media.peaks;
  const Sign = isVoice ? Mic : (SIGNS[media.kind] ?? File);
  return (
    <span className="flex min-w-0 items-center gap-1.5 text-sm text-fg-2">
      <Sign size={14} aria-hidden className="shrink-0 text-fg-3" />
      <span className="truncate">
        {isVoice ? t('voiceMessage') : <Pieces pieces={excerptOf(media.name, spansOf(media.name, words))} />}
      </span>
    </span>
  );
}

function Pieces({ pieces }: { pieces: Piece[] }) {
  return pieces.map(({ text, isHit }, index) =>
    isHit ? (
      <mark key={index} className="rounded-xs bg-accent-tint font-semibold text-accent-text">
        {text}
      </mark>
    ) : (
      text
    ),
  );
}
