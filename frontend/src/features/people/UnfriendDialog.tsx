import { ConfirmDialog } from '@/features/shell/ConfirmDialog';
import { toast } from '@/features/shell/toasts';
import { unfriend } from './friendship';
import { selectUser } from './slice';

/** Asks before a friendship ends, and names what is lost with it. */
export default function UnfriendDialog({ userId, onClose }: { userId: number; onClose: () => void }) {
  const { t } = useTranslation('people');
  const dispatch = useAppDispatch();
  const name = useAppSelector((state) => selectUser(state, userId)?.userName ?? '');

  const run = async () => {
    await dispatch(unfriend(userId));
    dispatch(toast(t('friendRemoved', { name })));
  };

  return (
    <ConfirmDialog
      question={{
        title: t('removeTitle', { name }),
        text: t('removeText'),
        action: t('removeFriend'),
        isDanger: true,
        run,
      }}
      onClose={onClose}
    />
  );
}
