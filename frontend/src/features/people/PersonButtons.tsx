import { MessageCircle, Pencil, UserMinus, UserPlus } from 'lucide-react';
import { useNavigate } from 'react-router';

import { selectMyId } from '@/features/account/slice';
import { useAction } from '@/features/account/useAction';
import { toast } from '@/features/shell/toasts';
import { paths } from '@/lib/paths';
import { Alert } from '@/ui/Alert';
import { Button } from '@/ui/Button';
import { befriend, useFriendship } from './friendship';
import { askToUnfriend } from './openPerson';
import { selectUser } from './slice';

interface Props {
  userId: number;
  /** Called when a click leads elsewhere. */
  onLeave?: () => void;
}

/** What can be done with a person. */
export function PersonButtons({ userId, onLeave }: Props) {
  const { t } = useTranslation('people');
  const dispatch = useAppDispatch();
  const navigate = useNavigate();
  const { run, isBusy, error } = useAction();
  const { isFriend, roomId } = useFriendship(userId);
  const isMe = useAppSelector(selectMyId) === userId;
  const name = useAppSelector((state) => selectUser(state, userId)?.userName ?? '');

  const go = (path: string) => {
    onLeave?.();
    void navigate(path);
  };
  const message = () => run(async () => go(paths.room(roomId ?? (await dispatch(befriend(userId))))));
  const add = async () => {
    if (await run(() => dispatch(befriend(userId)))) dispatch(toast(t('nowFriends', { name })));
  };

  if (isMe) {
    return (
      <Button look="quiet" icon={<Pencil size={16} />} onClick={() => go(paths.settings('profile'))}>
        {t('editProfile')}
      </Button>
    );
  }
  const canWrite = isFriend === true || roomId !== undefined;
  return (
    <>
      <div className="flex flex-wrap justify-center gap-2">
        {canWrite && (
          <Button icon={<MessageCircle size={16} />} isBusy={isBusy} onClick={() => void message()}>
            {isFriend === false ? t('openConversation') : t('message')}
          </Button>
        )}
        {isFriend === false && (
          <Button
            look={canWrite ? 'quiet' : 'filled'}
            icon={<UserPlus size={16} />}
            isBusy={isBusy}
            onClick={() => void add()}
          >
            {t('addFriend')}
          </Button>
        )}
        {isFriend && (
          <Button
            look="danger"
            icon={<UserMinus size={16} />}
            onClick={({ currentTarget }) => {
              onLeave?.();
              askToUnfriend(userId, currentTarget);
            }}
          >
            {t('removeFriend')}
          </Button>
        )}
      </div>
      <Alert text={error} />
    </>
  );
}
