import type { Message } from '@banter/client';

import { selectUser } from '@/features/people/slice';
import { shortTime } from '@/lib/format';

/** Who sent a message and when, in one line. */
export function useSentBy(message: Message): string {
  const { t, i18n } = useTranslation(['panel', 'rooms']);
  const [now] = useState(Date.now);
  const known = useAppSelector((state) => selectUser(state, message.userId));
  const name = known?.userName ?? message.user?.userName ?? t('rooms:somebody');
  return t('sentBy', { name, time: shortTime(message.createdAt, now, i18n.language, t('rooms:yesterday')) });
}
