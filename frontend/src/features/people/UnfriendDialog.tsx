import { useAction } from '@/features/account/useAction';
import { toast } from '@/features/shell/toasts';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { unfriend } from './friendship';
import { selectUser } from './slice';

/** Asks before a friendship ends, and names what is lost with it. */
export default function UnfriendDialog({ userId, onClose }: { userId: number; onClose: () => void }) {
  const { t } = useTranslation(['people', 'common']);
  const dispatch = useAppDispatch();
  const { run, isBusy, error } = useAction();
  const name = useAppSelector((state) => selectUser(state, userId)?.userName ?? '');

  const remove = async () => {
    if (!(await run(() => dispatch(unfriend(userId))))) return;
    onClose();
    dispatch(toast(t('friendRemoved', { name })));
  };

  return (
    <Dialog
      isOpen
      onClose={onClose}
      role="alertdialog"
      title={t('removeTitle', { name })}
      text={t('removeText')}
      footer={
        <>
          <Button look="quiet" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button look="danger" isBusy={isBusy} onClick={() => void remove()}>
            {t('removeFriend')}
          </Button>
        </>
      }
    >
      {error && (
        <p role="alert" className="text-sm text-danger">
          {error}
        </p>
      )}
    </Dialog>
  );
}
