import { Link as LinkIcon, UserPlus } from 'lucide-react';

import { selectAsker } from '@/features/account/slice';
import { useAction } from '@/features/account/useAction';
import { copy } from '@/features/shell/copy';
import { paths } from '@/lib/paths';
import { Alert } from '@/ui/Alert';
import { Button } from '@/ui/Button';
import { Choice } from '@/ui/Choice';
import type { RoomEntry } from '../slice';
import { can } from './can';
import { changeRoom } from './change';

const InviteDialog = lazy(() => import('@/features/invite/InviteDialog'));

/** Who may come into a room, and the link that leads there. */
export function RoomRules({ room }: { room: RoomEntry }) {
  const { t } = useTranslation(['panel', 'rooms', 'invite']);
  const dispatch = useAppDispatch();
  const { run, error } = useAction();
  const mayChange = can.manage(room, useAppSelector(selectAsker));
  const [isInviting, setInviting] = useState(false);
  const link = location.origin + paths.room(room.id);
  const copyLink = () =>
    dispatch(copy(link, { done: t('rooms:linkCopied'), failed: t('rooms:linkNotCopied', { link }) }));
  return (
    <section>
      {mayChange && (
        <Choice
          label={t('whoMayJoin')}
          value={room.joinPolicy}
          options={[
            { value: 'open', label: t('join.open') },
            { value: 'invite', label: t('join.invite') },
          ]}
          onChange={(joinPolicy) => void run(() => dispatch(changeRoom({ id: room.id, joinPolicy })))}
        />
      )}
      <p className="mb-2 text-sm text-fg-3">{t(`joinHint.${room.joinPolicy}`)}</p>
      <Alert text={error} className="mb-2" />
      <div className="flex flex-col gap-2">
        {mayChange && (
          <Button look="quiet" icon={<UserPlus size={16} />} onClick={() => setInviting(true)}>
            {t('invite:byLink')}
          </Button>
        )}
        {room.joinPolicy === 'open' && (
          <Button look="quiet" icon={<LinkIcon size={16} />} onClick={() => void copyLink()}>
            {t('copyLink')}
          </Button>
        )}
      </div>
      {isInviting && (
        <Suspense fallback={null}>
          <InviteDialog room={room} onClose={() => setInviting(false)} />
        </Suspense>
      )}
    </section>
  );
}
