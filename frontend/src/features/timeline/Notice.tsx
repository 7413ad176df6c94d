import type { Message } from '@banter/client';

import { editAgain } from '@/features/composer/editAgain';
import { useNoticeText } from '@/features/rooms/notice';
import type { RoomEntry } from '@/features/rooms/slice';
import { recalledText } from './actions';
import { useAsking } from './useAsking';

interface Props {
  message: Message;
  room: RoomEntry;
  isOwn: boolean;
}

/** One quiet line: somebody joined, or took a message back. */
export function Notice({ message, room, isOwn }: Props) {
  return (
    <p className="w-full py-1 text-center text-xs text-fg-3">
      {message.isRecalled ? (
        <Recalled message={message} room={room} isOwn={isOwn} />
      ) : (
        <NoticeWords message={message} />
      )}
    </p>
  );
}

function NoticeWords({ message }: { message: Message }) {
  return useNoticeText()(message);
}

function Recalled({ message, room, isOwn }: Props) {
  const { t } = useTranslation('timeline');
  const dispatch = useAppDispatch();
  const { me, isClosed } = useAsking(room);
  const operatorId = message.recallMessage?.operator ?? message.userId;
  const text = isOwn && operatorId === me.id && !isClosed ? recalledText(message.id) : undefined;
  return (
    <>
      <NoticeWords message={message} />
      {text && (
        <button
          type="button"
          className="touch ml-1.5 min-h-6 rounded-xs font-semibold text-accent-text hover:underline"
          onClick={() => dispatch(editAgain(room.id, text))}
        >
          {t('editAgain')}
        </button>
      )}
    </>
  );
}
