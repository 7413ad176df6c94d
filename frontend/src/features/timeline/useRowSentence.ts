import { selectUsers } from '@/features/people/slice';
import { clock, duration } from '@/lib/format';
import type { Row } from './rows';
import { plainLine } from './useSnippet';

/** A row as one sentence for screen readers: sender, time, what it answers, words, file, reactions, state. */
export function useRowSentence(row: Row): string {
  const { t, i18n } = useTranslation('timeline');
  const users = useAppSelector(selectUsers);
  const { message, pending } = row;
  const nameOf = (id: number | null | undefined) => (id ? users[id]?.userName : undefined) ?? t('somebody');

  if (row.kind === 'notice') return message?.isRecalled ? t('recalled') : '';
  const parts: string[] = [row.isOwn ? t('you') : (message?.user?.userName ?? nameOf(message?.userId))];
  parts.push(clock(message?.createdAt ?? pending?.createdAt ?? 0, i18n.language));
  if (message?.reply) parts.push(t('inReplyTo', { name: nameOf(message.reply.userId) }));
  const text = message?.textMessage?.text ?? pending?.text;
  if (text) parts.push(plainLine(text));
  const media = message?.mediaMessage ?? pending?.media;
  if (media) {
    if (media.kind === 'audio') parts.push(t('kind.audio', { length: duration(media.duration ?? 0) }));
    else if (media.kind === 'file') parts.push(t('kind.file', { name: media.name }));
    else parts.push(t(`kind.${media.kind}`));
  }
  for (const { emoji, count } of message?.reactions ?? []) parts.push(`${emoji} ${count}`);
  if (message?.isEdited) parts.push(t('edited'));
  if (pending) parts.push(pending.state === 'failed' ? t('notSent') : t('waiting'));
  return parts.join(', ');
}
