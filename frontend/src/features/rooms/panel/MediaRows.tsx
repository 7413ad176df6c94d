import type { Message } from '@banter/client';
import { Download, Link as LinkIcon, Pause, Play } from 'lucide-react';
import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';

import { typeLabel } from '@/features/media/fileName';
import { FileName, TypeTile } from '@/features/media/parts/FilePart';
import { isVoice, viewOfMessage } from '@/features/media/view';
import { pause, play, usePlayback } from '@/features/media/voice/player';
import { duration, fileSize } from '@/lib/format';
import { paths } from '@/lib/paths';
import { IconButton } from '@/ui/IconButton';
import { linksOf } from './links';
import { useSentBy } from './useSentBy';

interface RowProps {
  message: Message;
  start?: ReactNode;
  title: ReactNode;
  facts?: string;
  end?: ReactNode;
}

/** One found message; a press goes to where it was sent, and leaves the list open. */
function Row({ message, start, title, facts, end }: RowProps) {
  const { t } = useTranslation('panel');
  const navigate = useNavigate();
  const sentBy = useSentBy(message);
  return (
    <li className="flex items-center gap-2 rounded-md pl-2 hover:bg-hover">
      {start}
      <button
        type="button"
        title={t('goToMessage')}
        onClick={() => void navigate(paths.room(message.roomId, { at: message.seq, panel: 'media' }))}
        className="focus-inside min-h-14 min-w-0 flex-1 rounded-md py-1.5 pr-1 pl-1 text-left"
      >
        {title}
        <span className="block truncate text-xs text-fg-3">{facts ? `${facts} · ${sentBy}` : sentBy}</span>
      </button>
      {end}
    </li>
  );
}

export function FileRow({ message }: { message: Message }) {
  const { t, i18n } = useTranslation(['panel', 'media']);
  const view = viewOfMessage(message);
  if (!view) return null;
  return (
    <Row
      message={message}
      start={<TypeTile label={typeLabel(view.name, view.mime)} />}
      title={<FileName name={view.name} look="text-md font-medium" />}
      facts={fileSize(view.size, i18n.language)}
      end={
        <a
          href={view.url}
          download={view.name}
          aria-label={t('media:downloadName', { name: view.name })}
          title={t('media:download')}
          className="flex size-9 shrink-0 items-center justify-center rounded-md text-fg-2 hover:bg-selected coarse:size-11"
        >
          <Download aria-hidden size={18} />
        </a>
      }
    />
  );
}

export function VoiceRow({ message }: { message: Message }) {
  const { t } = useTranslation('media');
  const { isPlaying } = usePlayback({ roomId: message.roomId, seq: message.seq });
  const view = viewOfMessage(message);
  if (!view) return null;
  const { roomId, seq, userId } = message;
  const title = isVoice(view) ? t('voice') : view.name;
  const track = { roomId, seq, userId, url: view.url, duration: view.duration ?? 0 };
  return (
    <Row
      message={message}
      start={
        <IconButton
          label={isPlaying ? t('pause') : t('play')}
          look="filled"
          icon={isPlaying ? <Pause size={17} fill="currentColor" /> : <Play size={17} fill="currentColor" />}
          onClick={() => (isPlaying ? pause() : play(isVoice(view) ? track : { ...track, title }))}
          className="!rounded-full"
        />
      }
      title={<span className="block truncate text-md font-medium">{title}</span>}
      facts={view.duration ? duration(view.duration) : undefined}
    />
  );
}

export function LinkRows({ message }: { message: Message }) {
  const text = message.textMessage?.text ?? message.mediaMessage?.text ?? '';
  return linksOf(text).map((url) => (
    <Row
      key={url.href}
      message={message}
      start={
        <span
          aria-hidden
          className="flex size-10 shrink-0 items-center justify-center rounded-sm bg-sunken text-fg-2"
        >
          <LinkIcon size={18} />
        </span>
      }
      title={<span className="block truncate text-md font-medium">{url.host}</span>}
      end={<OpenLink url={url} />}
      facts={url.pathname === '/' ? undefined : url.pathname + url.search}
    />
  ));
}

function OpenLink({ url }: { url: URL }) {
  const { t } = useTranslation('panel');
  return (
    <a
      href={url.href}
      target="_blank"
      rel="noopener noreferrer"
      aria-label={t('openLinkTo', { address: url.host + url.pathname })}
      className="flex min-h-9 shrink-0 items-center rounded-md px-2.5 text-sm font-semibold text-accent-text hover:bg-selected coarse:min-h-11"
    >
      {t('openLink')}
    </a>
  );
}
