import type { User } from '@banter/client';
import { Crown, ShieldPlus, UserMinus } from 'lucide-react';

import { selectAsker } from '@/features/account/slice';
import type { Question } from '@/features/shell/ConfirmDialog';
import type { MenuItem } from '@/ui/menu';
import type { RoomEntry } from '../slice';
import { can } from './can';
import { changeRoom, removeMember } from './change';

/** What the user may do with a member; each asks first. */
export function useMemberMenu(room: RoomEntry, ask: (question: Question) => void) {
  const { t } = useTranslation('panel');
  const dispatch = useAppDispatch();
  const me = useAppSelector(selectAsker);

  return ({ id, userName: name }: User): MenuItem[] => {
    const items: (MenuItem | false)[] = [
      can.nameAdmin(room, me, id) && {
        id: 'admin',
        label: t('makeAdmin'),
        icon: <ShieldPlus />,
        onSelect: () =>
          ask({
            title: t('makeAdminTitle', { name }),
            text: t('makeAdminText'),
            action: t('makeAdmin'),
            run: () => dispatch(changeRoom({ id: room.id, adminIds: [id] })),
          }),
      },
      can.handOver(room, me, id) && {
        id: 'handOver',
        label: t('handOver'),
        icon: <Crown />,
        onSelect: () =>
          ask({
            title: t('handOverTitle', { name }),
            text: t('handOverText', { name }),
            action: t('handOver'),
            isDanger: true,
            run: () => dispatch(changeRoom({ id: room.id, creatorId: id })),
          }),
      },
      can.remove(room, me, id) && {
        id: 'remove',
        label: t('remove'),
        icon: <UserMinus />,
        isDanger: true,
        onSelect: () =>
          ask({
            title: t('removeTitle', { name, room: room.name }),
            text: room.joinPolicy === 'open' ? t('removeTextOpen', { name }) : t('removeText', { name }),
            action: t('remove'),
            isDanger: true,
            run: () => dispatch(removeMember(room.id, id)),
          }),
      },
    ];
    return items.filter((item) => item !== false);
  };
}
