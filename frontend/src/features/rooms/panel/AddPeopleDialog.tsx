import { UserX } from 'lucide-react';

import { useAction } from '@/features/account/useAction';
import { FindField } from '@/features/people/FindField';
import { usePeopleSearch } from '@/features/people/usePeopleSearch';
import { toast } from '@/features/shell/toasts';
import { Alert } from '@/ui/Alert';
import { Avatar } from '@/ui/Avatar';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { Empty } from '@/ui/Empty';
import type { RoomEntry } from '../slice';
import { changeRoom } from './change';
import { useMembers } from './useMembers';

interface Props {
  room: RoomEntry;
  isOpen: boolean;
  onClose: () => void;
}

/** Takes people into a room, friends first. */
export function AddPeopleDialog(props: Props) {
  // Each opening begins anew.
  return props.isOpen ? <OpenDialog {...props} /> : null;
}

function OpenDialog({ room, onClose }: Props) {
  const { t } = useTranslation(['panel', 'common', 'people']);
  const dispatch = useAppDispatch();
  const { run, isBusy, error } = useAction();
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const { friends, others, isLoading } = usePeopleSearch(typed);
  const memberIds = new Set(useMembers(room).people.map(({ id }) => id));
  const people = [...friends, ...others];

  const toggle = (id: number) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  };
  const add = async () => {
    if (!(await run(() => dispatch(changeRoom({ id: room.id, memberIds: [...chosen] }))))) return;
    onClose();
    dispatch(toast(t('added', { count: chosen.size })));
  };

  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('addTitle', { room: room.name })}
      text={t('addText')}
      footer={
        <>
          <Button look="quiet" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button isBusy={isBusy} disabled={chosen.size === 0 || isBusy} onClick={() => void add()}>
            {chosen.size ? t('addCount', { count: chosen.size }) : t('add')}
          </Button>
        </>
      }
    >
      <FindField label={t('people:find')} value={typed} onChange={setTyped} autoFocus />
      <ul className="-mx-2 mt-2 flex h-72 flex-col overflow-y-auto">
        {people.map((user) => (
          <li key={user.id}>
            <label className="flex min-h-11 cursor-pointer items-center gap-3 rounded-md px-2 hover:bg-hover has-focus-visible:bg-hover has-disabled:cursor-default has-disabled:opacity-60">
              <Avatar
                id={user.id}
                name={user.userName}
                image={user.image}
                size={34}
                presence={user.online ? 'online' : null}
                ring="border-raised"
              />
              <span className="min-w-0 flex-1 truncate text-md">
                <bdi>{user.userName}</bdi>
                {memberIds.has(user.id) && <span className="block text-xs text-fg-3">{t('alreadyIn')}</span>}
              </span>
              <input
                type="checkbox"
                checked={memberIds.has(user.id) || chosen.has(user.id)}
                disabled={memberIds.has(user.id)}
                onChange={() => toggle(user.id)}
                className="size-4.5 accent-accent"
              />
            </label>
          </li>
        ))}
        {people.length === 0 && !isLoading && (
          <li className="m-auto">
            {typed.trim() ? (
              <Empty icon={<UserX />} title={t('people:nobody')} text={t('people:nobodyText')} />
            ) : (
              <p className="p-6 text-center text-md text-fg-2">{t('addHint')}</p>
            )}
          </li>
        )}
      </ul>
      <Alert text={error} className="mt-2" />
    </Dialog>
  );
}
