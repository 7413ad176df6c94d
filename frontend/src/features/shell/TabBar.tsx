import clsx from 'clsx';
import { Link, useLocation } from 'react-router';

import { useUnreadTotal } from '@/features/rooms/useUnreadTotal';
import { DESTINATIONS } from './destinations';
import { WaitingSign } from './WaitingSign';

/** The places of the app at the foot of the list, where there is no rail. */
export function TabBar() {
  const { t } = useTranslation('shell');
  const { pathname } = useLocation();
  const unread = useUnreadTotal();
  return (
    <nav
      aria-label={t('places')}
      className="flex shrink-0 justify-around border-t border-line bg-surface px-2 pt-1.5 pb-[max(0.375rem,env(safe-area-inset-bottom))] lg:hidden"
    >
      {DESTINATIONS.map(({ id, to, match, icon: Icon }) => {
        const isHere = match.test(pathname);
        return (
          <Link
            key={id}
            to={to}
            aria-current={isHere ? 'page' : undefined}
            className={clsx(
              'flex min-w-16 flex-col items-center gap-0.5 rounded-md px-2 py-1 text-2xs',
              isHere ? 'text-accent-text' : 'text-fg-3',
            )}
          >
            <span
              className={clsx(
                'relative flex h-8 w-14 items-center justify-center rounded-full',
                isHere && 'bg-accent-tint',
              )}
            >
              <Icon aria-hidden size={20} strokeWidth={1.9} />
              {id === 'chats' && <WaitingSign count={unread.count} />}
            </span>
            {t(id)}
          </Link>
        );
      })}
    </nav>
  );
}
