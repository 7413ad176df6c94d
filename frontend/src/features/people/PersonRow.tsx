import type { User } from '@banter/client';
import clsx from 'clsx';
import { Link } from 'react-router';

import { paths } from '@/lib/paths';
import { Avatar } from '@/ui/Avatar';

interface Props {
  user: User;
  isOpen: boolean;
}

/** One person in the list, with the note about themselves. */
export function PersonRow({ user, isOpen }: Props) {
  const { t } = useTranslation('people');
  return (
    <li>
      <Link
        to={paths.person(user.id)}
        aria-current={isOpen ? 'page' : undefined}
        className={clsx(
          'focus-inside flex min-h-16 items-center gap-3 rounded-md px-2.5 py-2 compact:min-h-13 compact:py-1',
          isOpen ? 'bg-selected' : 'hover:bg-hover',
        )}
      >
        <Avatar
          id={user.id}
          name={user.userName}
          image={user.image}
          size={44}
          presence={user.online ? 'online' : null}
          ring={isOpen ? 'border-selected' : undefined}
        />
        <span className="min-w-0 flex-1">
          <span dir="auto" className="block truncate text-md font-medium">
            {user.userName}
          </span>
          {user.online && <span className="sr-only">{t('online')}</span>}
          {user.bio && (
            <span dir="auto" className="block truncate text-sm text-fg-3">
              {user.bio}
            </span>
          )}
        </span>
      </Link>
    </li>
  );
}
