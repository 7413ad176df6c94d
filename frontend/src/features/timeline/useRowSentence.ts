import { selectUsers } from '@/features/people/slice';
import type { Row } from './rows';
import { sentenceOf } from './sentence';

/** What screen readers call a row. */
export function useRowSentence(row: Row): string {
  const { t, i18n } = useTranslation('timeline');
  const users = useAppSelector(selectUsers);
  return sentenceOf(row, { t, language: i18n.language, nameOf: (id) => users[id]?.userName });
}
