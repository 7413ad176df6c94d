import clsx from 'clsx';
import { Link, useLocation } from 'react-router';

import { selectMe } from '@/features/account/slice';
import { useUnreadTotal } from '@/features/rooms/useUnreadTotal';
import { paths } from '@/lib/paths';
import { Avatar } from '@/ui/Avatar';
import { Logo } from '@/ui/Logo';
import { DESTINATIONS } from './destinations';
import { WaitingSign } from './WaitingSign';

/** The dark edge at the left, on windows that have room for it. */
export function Rail() {
  const { t } = useTranslation('shell');
  const { pathname } = useLocation();
  const me = useAppSelector(selectMe);
  const unread = useUnreadTotal();
  return (
    <nav
      aria-label={t('places')}
      className="hidden w-[68px] shrink-0 flex-col items-center gap-2 bg-rail py-4 lg:flex"
    >
      <Link to={paths.home()} aria-label={t('home')} className="focus-on-rail mb-3 rounded-md">
        <Logo size={36} />
      </Link>
      {DESTINATIONS.map(({ id, to, match, icon: Icon }) => (
        <Link
          key={id}
          to={to}
          title={t(id)}
          aria-label={id === 'chats' && unread.count > 0 ? t('chatsUnread', { count: unread.count }) : t(id)}
          aria-current={match.test(pathname) ? 'page' : undefined}
          className={clsx(
            'focus-on-rail relative flex size-11 items-center justify-center rounded-md transition-colors',
            match.test(pathname)
              ? 'bg-rail-active text-white'
              : 'text-rail-fg hover:bg-rail-active hover:text-white',
            id === 'settings' && 'mt-auto',
          )}
        >
          <Icon aria-hidden size={21} strokeWidth={1.9} />
          {id === 'chats' && <WaitingSign count={unread.count} />}
        </Link>
      ))}
      {me && (
        <Link
          to={paths.settings('profile')}
          aria-label={t('profile')}
          title={me.userName}
          className="focus-on-rail rounded-full"
        >
          <Avatar
            id={me.id}
            name={me.userName}
            image={me.image}
            size={36}
            presence="online"
            ring="border-rail"
          />
        </Link>
      )}
    </nav>
  );
}
