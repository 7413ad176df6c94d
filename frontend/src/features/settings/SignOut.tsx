import { LogOut } from 'lucide-react';
import { useNavigate } from 'react-router';

import { signOut } from '@/features/account/sign-out';
import { useAction } from '@/features/account/useAction';
import { selectPending } from '@/features/composer/outbox-slice';
import { paths } from '@/lib/paths';
import { Alert } from '@/ui/Alert';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';

/** Signs out; asks first when messages wait that were not sent yet. */
export function SignOut() {
  const { t } = useTranslation(['settings', 'common']);
  const dispatch = useAppDispatch();
  const navigate = useNavigate();
  const waiting = useAppSelector((state) => selectPending(state).length);
  const [isAsking, setAsking] = useState(false);
  const { run, isBusy, error } = useAction();

  const leave = () => {
    setAsking(false);
    void run(() => dispatch(signOut(() => void navigate(paths.home()))));
  };

  return (
    <>
      <Alert text={error} className="px-3 pb-2" />
      <Button
        look="danger"
        icon={<LogOut size={17} />}
        isBusy={isBusy}
        onClick={() => (waiting > 0 ? setAsking(true) : leave())}
        className="w-full"
      >
        {t('signOut')}
      </Button>
      <Dialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        role="alertdialog"
        title={t('unsentTitle', { count: waiting })}
        text={t('unsentText')}
        footer={
          <>
            <Button look="quiet" onClick={() => setAsking(false)}>
              {t('common:cancel')}
            </Button>
            <Button look="danger" onClick={leave}>
              {t('signOutAnyway')}
            </Button>
          </>
        }
      />
    </>
  );
}
