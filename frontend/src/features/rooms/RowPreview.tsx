import { AlertCircle, Check, CheckCheck, Clock, FileText, Image, Mic, Music, Video } from 'lucide-react';
import { Fragment } from 'react';

import { selectMyId } from '@/features/account/slice';
import { selectDraft } from '@/features/composer/drafts-slice';
import { selectPendingOf } from '@/features/composer/outbox-slice';
import { selectUsers } from '@/features/people/slice';
import { useTypingText } from '@/features/typing/useTypingText';
import { selectPersonal } from '@/features/settings/slice';
import { type MediaSign, type Progress, previewOf } from './preview';
import type { RoomEntry } from './slice';

const SIGNS: Record<MediaSign, typeof Image> = {
  photo: Image,
  video: Video,
  voice: Mic,
  audio: Music,
  file: FileText,
};
const TICKS: Record<Progress, typeof Check> = {
  waiting: Clock,
  failed: AlertCircle,
  stored: Check,
  read: CheckCheck,
};

/** The second line of a room's row: who writes, a draft, or the last message. */
export function RowPreview({ room, isOpen }: { room: RoomEntry; isOpen: boolean }) {
  const { t } = useTranslation('rooms');
  const users = useAppSelector(selectUsers);
  const myId = useAppSelector(selectMyId);
  const draft = useAppSelector((state) => selectDraft(state, room.id));
  const pending = useAppSelector((state) => selectPendingOf(state, room.id)).at(-1);
  const typing = useTypingText(room.id, room.isDirect);
  const preview = previewOf(
    // What is being written stands in the field already.
    { room, typing, draft: isOpen ? undefined : draft, pending },
    { t, myId, nameOf: (id) => users[id]?.userName },
  );

  if (preview.kind === 'empty') return <>{t('noMessages')}</>;
  if (preview.kind === 'typing') return <span className="text-accent-text">{preview.text}</span>;
  if (preview.kind === 'notice') return <bdi>{preview.text}</bdi>;
  if (preview.kind !== 'message') {
    return (
      <>
        <span className="text-signal-text">{t('draft')}</span> <bdi>{preview.text}</bdi>
      </>
    );
  }
  const { progress, sign, sender, text } = preview;
  const Sign = sign && SIGNS[sign];
  return (
    // Other words are another element: these came, none moved.
    <Fragment key={`${sender} ${text}`}>
      {progress && <Ticks progress={progress} />}
      {Sign && <Sign aria-hidden size={14} className="mr-1 inline-block align-[-2px]" />}
      {sender && (
        // In direct rooms the ticks say for the eye whose words these are.
        <span className={room.isDirect ? 'sr-only' : 'text-fg-2'}>{t('sender', { name: sender })}</span>
      )}
      <bdi>{text}</bdi>
    </Fragment>
  );
}

function Ticks({ progress: known }: { progress: Progress }) {
  const { t } = useTranslation('rooms');
  const { showReceipts } = useAppSelector(selectPersonal);
  const progress = known === 'read' && !showReceipts ? 'stored' : known;
  const Icon = TICKS[progress];
  const colour = { waiting: '', failed: 'text-signal-text', stored: '', read: 'text-accent-text' }[progress];
  return (
    <>
      <Icon aria-hidden size={15} className={`mr-1 inline-block align-[-3px] ${colour}`} />
      <span className="sr-only">{t(`progress.${progress}`)} </span>
    </>
  );
}
