import { useTypingNames } from './useTypingNames';

/** Who is writing in a room, in words; null while nobody does. Between two people it is clear who. */
export function useTypingText(roomId: number, isDirect = false): string | null {
  const { t } = useTranslation('typing');
  const [first, second, third] = useTypingNames(roomId);
  if (first === undefined) return null;
  if (isDirect) return t('direct');
  if (third !== undefined) return t('many');
  return second === undefined ? t('one', { name: first }) : t('two', { first, second });
}
