import { UserPlus, UserX } from 'lucide-react';

import { selectAsker } from '@/features/account/slice';
import { useFailureText } from '@/features/account/useFailureText';
import { FindField } from '@/features/people/FindField';
import { ConfirmDialog, type Question } from '@/features/shell/ConfirmDialog';
import { SidePanel } from '@/features/shell/SidePanel';
import { Button } from '@/ui/Button';
import { Empty } from '@/ui/Empty';
import { IconButton } from '@/ui/IconButton';
import type { RoomEntry } from '../slice';
import { AddPeopleDialog } from './AddPeopleDialog';
import { BackToDetails } from './BackToDetails';
import { can } from './can';
import { MemberRow } from './MemberRow';
import { groupMembers } from './members';
import { useMemberMenu } from './useMemberMenu';
import { useMembers } from './useMembers';
import { useReached } from './useReached';

/** Everybody in a room, in groups by what they may do. */
export function MembersPanel({ room }: { room: RoomEntry }) {
  const { t, i18n } = useTranslation(['panel', 'people']);
  const failureText = useFailureText();
  const me = useAppSelector(selectAsker);
  const [filter, setFilter] = useState('');
  const [question, setQuestion] = useState<Question | null>(null);
  const [isAdding, setAdding] = useState(false);
  const { people, isMore, loadMore, error, retry } = useMembers(room);
  const menuOf = useMemberMenu(room, setQuestion);
  const end = useReached(loadMore);
  const groups = groupMembers(room, people, filter, i18n.language);

  return (
    <SidePanel
      title={t('members')}
      start={<BackToDetails roomId={room.id} />}
      actions={
        can.manage(room, me) && (
          <IconButton label={t('addPeople')} icon={<UserPlus size={19} />} onClick={() => setAdding(true)} />
        )
      }
    >
      <FindField
        label={t('findMember')}
        value={filter}
        onChange={setFilter}
        className="sticky top-0 z-10 mx-4 mb-1 bg-surface"
      />
      <div className="px-3 pb-6">
        {groups.map(({ role, count, people: ofRole }) => (
          <section key={role} aria-label={t(`group.${role}`)}>
            <h3 className="flex justify-between px-2 pt-3 pb-1 text-xs font-semibold text-fg-3">
              {t(`group.${role}`)} <span className="tabular-nums">{count}</span>
            </h3>
            <ul>
              {ofRole.map((user) => (
                <MemberRow key={user.id} user={user} menu={menuOf(user)} />
              ))}
            </ul>
          </section>
        ))}
        {isMore && <div key={people.length} ref={end} aria-hidden className="h-11" />}
        {groups.length === 0 && filter && !isMore && (
          <Empty icon={<UserX />} title={t('noMember')} text={t('noMemberText')} />
        )}
        {error !== undefined && (
          <div role="alert" className="flex flex-col items-center gap-3 p-4 text-center text-md text-fg-2">
            {failureText(error)}
            <Button look="quiet" onClick={retry}>
              {t('people:tryAgain')}
            </Button>
          </div>
        )}
      </div>
      <ConfirmDialog question={question} onClose={() => setQuestion(null)} />
      <AddPeopleDialog room={room} isOpen={isAdding} onClose={() => setAdding(false)} />
    </SidePanel>
  );
}
