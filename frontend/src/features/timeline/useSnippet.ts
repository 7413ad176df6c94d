import type { Message } from '@banter/client';

import { oneLine } from '@/lib/plain';
import { duration } from '@/lib/format';

/** A message in one line, for quotes and announcements. */
export function useSnippet(): (message: Message) => string {
  const { t } = useTranslation('timeline');
  return (message) => {
    if (message.isRecalled) return t('recalled');
    const media = message.mediaMessage;
    if (!media) return plainLine(message.textMessage?.text ?? message.systemMessage?.text ?? '');
    if (media.kind === 'audio') return t('kind.audio', { length: duration(media.duration ?? 0) });
    if (media.kind === 'file') return t('kind.file', { name: media.name });
    const kind = t(`kind.${media.kind}`);
    return media.text ? `${kind} ${plainLine(media.text)}` : kind;
  };
}

/** The beginning of a text in one line, without the signs of formatting. */
export function plainLine(text: string): string {
  return oneLine(text).slice(0, 200);
}
