import type { TFunction } from 'i18next';

import { clock, duration } from '@/lib/format';
import type { Row } from './rows';
import { plainLine } from './useSnippet';

/** What is needed to say something of messages. */
interface Words {
  t: TFunction<'timeline'>;
  language: string;
  nameOf: (id: number) => string | undefined;
}

/** A row as one sentence for screen readers: sender, time, what it answers, words, file, reactions, state. */
export function sentenceOf(
  { kind, message, pending, isOwn }: Pick<Row, 'kind' | 'message' | 'pending' | 'isOwn'>,
  { t, language, nameOf }: Words,
): string {
  if (kind === 'notice') return message?.isRecalled ? t('recalled') : '';
  const name = (id: number | null | undefined) => (id ? nameOf(id) : undefined) ?? t('somebody');
  const parts: string[] = [isOwn ? t('you') : (message?.user?.userName ?? name(message?.userId))];
  parts.push(clock(message?.createdAt ?? pending?.createdAt ?? 0, language));
  if (message?.reply) parts.push(t('inReplyTo', { name: name(message.reply.userId) }));
  const media = message?.mediaMessage ?? pending?.media;
  const caption = message?.mediaMessage?.text ?? pending?.media?.caption;
  const text = message?.textMessage?.text ?? pending?.text ?? caption;
  if (text) parts.push(plainLine(text));
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
