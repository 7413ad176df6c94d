import { ArrowLeft, UserX } from 'lucide-react';
import { useNavigate } from 'react-router';

import { useUserQuery } from '@/api/queries';
import { useFailureText } from '@/features/account/useFailureText';
import { paths } from '@/lib/paths';
import { Button } from '@/ui/Button';
import { Empty } from '@/ui/Empty';
import { IconButton } from '@/ui/IconButton';
import { PersonDetails } from './PersonDetails';
import { selectUser } from './slice';

/** The page of one person. */
export function PersonView({ userId, onFind }: { userId: number; onFind: () => void }) {
  const { t } = useTranslation('people');
  const failureText = useFailureText();
  const navigate = useNavigate();
  const user = useAppSelector((state) => selectUser(state, userId));
  const { isSuccess, error, refetch } = useUserQuery(userId, { skip: user?.bio !== undefined });
  return (
    <main
      aria-label={user?.userName ?? t('person')}
      data-region
      tabIndex={-1}
      className="flex min-h-0 flex-1 flex-col overflow-y-auto"
    >
      <header className="flex h-15 shrink-0 items-center px-2 sm:hidden">
        <IconButton
          label={t('backToPeople')}
          icon={<ArrowLeft size={20} />}
          onClick={() => void navigate(paths.people())}
        />
      </header>
      {user && (
        <div className="m-auto w-full max-w-[480px] p-4 pb-16 sm:p-6">
          <div className="rounded-2xl bg-surface p-6 shadow-2 sm:p-8">
            <PersonDetails userId={userId} size="page" />
          </div>
        </div>
      )}
      {!user && isSuccess && (
        <Empty icon={<UserX />} title={t('unknownTitle')} text={t('unknownPerson')}>
          <Button look="quiet" onClick={onFind}>
            {t('findPeople')}
          </Button>
        </Empty>
      )}
      {!user && error && (
        <Empty icon={<UserX />} title={t('notLoaded')} text={failureText(error)}>
          <Button look="quiet" onClick={() => void refetch()}>
            {t('tryAgain')}
          </Button>
        </Empty>
      )}
    </main>
  );
}
