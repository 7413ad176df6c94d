import type { User } from '@banter/client';
import { UserPlus } from 'lucide-react';

import { useAction } from '@/features/account/useAction';
import { befriend } from '@/features/people/friendship';
import { Alert } from '@/ui/Alert';
import { Button } from '@/ui/Button';
import { focusComposer } from './focus';

/** Stands where one wrote to a friend of old: says why nobody can, and offers to begin again. */
export function ClosedComposer({ friend }: { friend: User }) {
  const { t } = useTranslation(['composer', 'people']);
  const dispatch = useAppDispatch();
  const { run, isBusy, error } = useAction();
  const add = async () => {
    if (await run(() => dispatch(befriend(friend.id)))) focusComposer();
  };
  return (
    <section
      aria-label={t('compose')}
      data-region
      tabIndex={-1}
      className="mx-auto w-full max-w-[820px] shrink-0 px-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] sm:px-6 sm:pb-5"
    >
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 rounded-xl bg-sunken py-2.5 pr-2.5 pl-4 contrast:border contrast:border-line">
        <div className="min-w-0 flex-1 basis-60 text-md text-fg-2">
          <p>{t('closed', { name: friend.userName })}</p>
          <Alert text={error} />
        </div>
        <Button icon={<UserPlus aria-hidden size={16} />} isBusy={isBusy} onClick={() => void add()}>
          {t('people:addFriend')}
        </Button>
      </div>
    </section>
  );
}
