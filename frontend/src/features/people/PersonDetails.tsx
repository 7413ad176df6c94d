import clsx from 'clsx';
import { ExternalLink } from 'lucide-react';

import { Avatar } from '@/ui/Avatar';
import { PersonButtons } from './PersonButtons';
import { PresenceLine } from './PresenceLine';
import { selectUser } from './slice';
import { usePresence } from './usePresence';

interface Props {
  userId: number;
  size: 'card' | 'page';
  /** Class of what lies behind, for the ring around the presence sign. */
  ring?: string;
  onLeave?: () => void;
}

/** GitHub names are kept as people typed them, some with the whole address. */
function githubName(text: string): string {
  return text
    .trim()
    .replace(/^(https?:\/\/)?(www\.)?github\.com\//i, '')
    .replace(/^@|\/+$/g, '');
}

/** Picture, name, note and what can be done: the same on the page, in the card and in the panel. */
export function PersonDetails({ userId, size, ring, onLeave }: Props) {
  const { t } = useTranslation('people');
  const user = useAppSelector((state) => selectUser(state, userId));
  const { isOnline } = usePresence(userId);
  if (!user) return null;
  const github = githubName(user.github ?? '');
  const isPage = size === 'page';
  // The panel has a heading of its own above it.
  const Heading = isPage ? 'h1' : 'h3';
  return (
    <div className="flex flex-col items-center gap-4 text-center">
      <Avatar
        id={user.id}
        name={user.userName}
        image={user.image}
        size={isPage ? 112 : 80}
        // At the page's size the sign would be louder than the face; the line below says it.
        presence={isOnline && !isPage ? 'online' : null}
        ring={ring}
      />
      <div className="flex w-full flex-col items-center gap-1">
        <Heading
          dir="auto"
          className={clsx('max-w-full font-bold break-words', isPage ? 'text-2xl' : 'text-title')}
        >
          {user.userName}
        </Heading>
        <PresenceLine userId={userId} />
      </div>
      {user.bio && (
        <p dir="auto" className="max-w-full text-md break-words whitespace-pre-wrap text-fg-2">
          {user.bio}
        </p>
      )}
      {github && (
        <a
          href={`https://github.com/${encodeURIComponent(github)}`}
          target="_blank"
          rel="noopener noreferrer"
          className="touch inline-flex min-h-6 items-center gap-1.5 rounded-xs text-md text-accent-text hover:underline"
        >
          {t('onGithub', { name: github })}
          <ExternalLink aria-hidden size={14} />
        </a>
      )}
      <PersonButtons userId={userId} onLeave={onLeave} />
    </div>
  );
}
