import clsx from 'clsx';

import { MediaPart } from '@/features/media/MediaPart';
import { viewOfMessage, viewOfPending } from '@/features/media/view';
import { isOnlyEmoji } from '@/features/emoji/alone';
import type { RoomEntry } from '@/features/rooms/slice';
import { MessageText } from './MessageText';
import { Quote } from './Quote';
import type { Row } from './rows';

interface Props {
  row: Row;
  room: RoomEntry;
  onJump: (seq: number) => void;
}

/** What somebody said, in the shape that shows whose it is and where its group begins and ends. */
export function Bubble({ row, room, onJump }: Props) {
  const { t } = useTranslation('timeline');
  const { message, pending, isOwn } = row;
  const text = message?.textMessage?.text ?? pending?.text;
  const view = message ? viewOfMessage(message) : pending ? viewOfPending(pending) : null;
  const quoted = message?.reply ?? null;
  const replySeq = pending?.replyId;

  if (text && !quoted && !replySeq && isOnlyEmoji(text) > 0) {
    return <p className="px-1 font-emoji text-emoji">{text}</p>;
  }
  const isPicture = view && (view.kind === 'image' || view.kind === 'gif' || view.kind === 'video');
  return (
    <div
      className={clsx(
        'max-w-full min-w-0 rounded-xl text-body [text-wrap:pretty] [overflow-wrap:anywhere] shadow-1',
        isOwn ? 'bg-bubble-own text-bubble-own-fg' : 'bg-bubble text-fg',
        isOwn
          ? [!row.isFirst && 'rounded-tr-sm', 'rounded-br-sm']
          : [row.isFirst ? 'rounded-tl-sm' : 'rounded-tl-sm', !row.isLast && 'rounded-bl-sm'],
        pending?.state === 'failed' && 'outline-2 outline-signal',
      )}
    >
      {(quoted ?? replySeq) && (
        <Quote room={room} reply={quoted} replyId={replySeq} isOwn={isOwn} onJump={onJump} />
      )}
      {view && (
        <div className={clsx(isPicture ? 'p-1' : 'p-2.5')}>
          <MediaPart
            view={view}
            roomId={room.id}
            seq={message?.seq}
            clientMsgId={message?.clientMsgId ?? pending?.clientMsgId}
            isOwn={isOwn}
            progress={pending?.progress}
            state={pending?.state}
          />
          {view.caption && (
            <div className={clsx(isPicture ? 'px-2.5 pt-1.5 pb-1' : 'pt-1.5')}>
              <MessageText text={view.caption} mention={[]} isOwn={isOwn} />
            </div>
          )}
        </div>
      )}
      {text !== undefined && (
        <div className="px-3.5 py-2">
          <MessageText
            text={text}
            mention={message?.textMessage?.mention ?? pending?.mention ?? []}
            isOwn={isOwn}
          />
          {message?.isEdited && (
            <span className={clsx('text-xs', isOwn ? 'text-bubble-own-2' : 'text-fg-3')}> {t('edited')}</span>
          )}
        </div>
      )}
    </div>
  );
}
