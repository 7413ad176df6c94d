import { Pencil, Reply, X } from 'lucide-react';

import { selectMyId } from '@/features/account/slice';
import { selectUser } from '@/features/people/slice';
import type { RoomEntry } from '@/features/rooms/slice';
import { selectMessage } from '@/features/timeline/slice';
import { useSnippet } from '@/features/timeline/useSnippet';
import { IconButton } from '@/ui/IconButton';
import { selectDraft, selectEditing } from './drafts-slice';

/** Above the field: the message that is answered or edited. */
export function ContextBar({ room, onClose }: { room: RoomEntry; onClose: () => void }) {
  const { t } = useTranslation('composer');
  const snippet = useSnippet();
  const myId = useAppSelector(selectMyId);
  const editing = useAppSelector((state) => selectEditing(state, room.id));
  const replySeq = useAppSelector((state) => selectDraft(state, room.id)?.replySeq);
  const message = useAppSelector((state) => selectMessage(state, room.id, editing?.seq ?? replySeq));
  const user = useAppSelector((state) => selectUser(state, message?.userId));
  if (!message) return null;
  const Icon = editing ? Pencil : Reply;
  const name = message.userId === myId ? t('yourself') : (user?.userName ?? '');
  return (
    <div className="mb-1.5 flex animate-rise items-center gap-2.5 rounded-lg bg-quote py-1 pr-1 pl-3">
      <Icon aria-hidden size={17} className="shrink-0 text-accent-text" />
      <div className="min-w-0 flex-1">
        <p className="truncate text-sm font-bold text-accent-text">
          {editing ? t('editing') : t('replyingTo', { name })}
        </p>
        <p className="truncate text-sm text-fg-2 [text-autospace:no-autospace]">{snippet(message)}</p>
      </div>
      <IconButton
        label={editing ? t('cancelEdit') : t('cancelReply')}
        size="sm"
        icon={<X aria-hidden size={17} />}
        onClick={onClose}
      />
    </div>
  );
}
