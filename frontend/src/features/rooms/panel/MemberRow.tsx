import type { User } from '@banter/client';
import { Ellipsis } from 'lucide-react';

import { selectMyId } from '@/features/account/slice';
import { openPerson } from '@/features/people/openPerson';
import { Avatar } from '@/ui/Avatar';
import { IconButton } from '@/ui/IconButton';
import { type MenuItem, openMenu } from '@/ui/menu';

interface Props {
  user: User;
  /** In words, where no heading says it. */
  role?: string;
  menu?: MenuItem[];
}

/** One member: a press opens their card. */
export function MemberRow({ user, role, menu = [] }: Props) {
  const { t } = useTranslation(['panel', 'people']);
  const isMe = useAppSelector(selectMyId) === user.id;
  return (
    <li className="flex items-center gap-1">
      <button
        type="button"
        onClick={(event) => openPerson(user.id, event.currentTarget)}
        className="focus-inside flex min-h-11.5 min-w-0 flex-1 items-center gap-3 rounded-md px-2 py-1 text-left hover:bg-hover compact:min-h-10 compact:py-0.5"
      >
        <Avatar
          id={user.id}
          name={user.userName}
          image={user.image}
          size={34}
          presence={user.online ? 'online' : null}
        />
        <span className="min-w-0 flex-1">
          <span className="block truncate text-md">
            <bdi>{user.userName}</bdi>
            {isMe && <span className="text-fg-3"> {t('you')}</span>}
          </span>
          {user.online && <span className="sr-only">{t('people:online')}</span>}
          {user.bio && (
            <span dir="auto" className="block truncate text-xs text-fg-3">
              {user.bio}
            </span>
          )}
        </span>
        {role && <span className="shrink-0 text-xs text-fg-3">{role}</span>}
      </button>
      {menu.length > 0 && (
        <IconButton
          label={t('actionsFor', { name: user.userName })}
          aria-haspopup="menu"
          size="sm"
          icon={<Ellipsis size={17} />}
          onClick={(event) =>
            openMenu({
              label: t('actionsFor', { name: user.userName }),
              items: menu,
              anchor: event.currentTarget,
            })
          }
        />
      )}
    </li>
  );
}
