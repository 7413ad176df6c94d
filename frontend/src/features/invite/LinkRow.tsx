import type { Invitation } from '@banter/client';
import clsx from 'clsx';
import { Copy, Trash2 } from 'lucide-react';

import { selectMyId } from '@/features/account/slice';
import { shortMoment } from '@/lib/format';
import { IconButton } from '@/ui/IconButton';

interface Props {
  invitation: Invitation;
  /** Was made just now: copying it is what comes next. */
  isNew: boolean;
  onCopy: (link: string) => void;
  onTakeBack: () => void;
}

/** A link, how far it is used, and when it ends. */
export function LinkRow({ invitation, isNew, onCopy, onTakeBack }: Props) {
  const { t, i18n } = useTranslation('invite');
  const myId = useAppSelector(selectMyId);
  const { uses, maxUses, expiresAt, inviter } = invitation;
  // Where the server does not know its own address, this page's is right.
  const link = new URL(invitation.url, location.origin).href;
  const facts = [
    maxUses ? t('left', { uses, maxUses }) : t('used', { count: uses }),
    expiresAt ? t('until', { time: shortMoment(expiresAt, i18n.language) }) : t('forEver'),
    inviter.id === myId ? null : t('by', { name: inviter.userName }),
  ];
  return (
    <li className={clsx('flex min-h-13 items-center gap-1 rounded-md py-1 pl-2', isNew && 'bg-accent-tint')}>
      <span className="min-w-0 flex-1">
        <span className="block truncate text-md" dir="ltr">
          {link.replace(/^https?:\/\//, '')}
        </span>
        <span className="block text-xs text-fg-3">{facts.filter(Boolean).join(' · ')}</span>
      </span>
      <IconButton
        label={t('copy')}
        icon={<Copy size={18} />}
        autoFocus={isNew}
        onClick={() => onCopy(link)}
      />
      <IconButton label={t('takeBack')} icon={<Trash2 size={18} />} onClick={onTakeBack} />
    </li>
  );
}
