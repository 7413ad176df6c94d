import type { User } from '@banter/client';
import clsx from 'clsx';
import { UsersRound } from 'lucide-react';
import type { Ref } from 'react';

import { useFailureText } from '@/features/account/useFailureText';
import { Button } from '@/ui/Button';
import { Empty } from '@/ui/Empty';
import { FindField } from './FindField';
import { PersonRow } from './PersonRow';
import { usePeopleSearch } from './usePeopleSearch';

interface Props {
  openId: number;
  fieldRef: Ref<HTMLInputElement>;
}

/** Friends, and a field that finds everybody else. */
export function PeopleList({ openId, fieldRef }: Props) {
  const { t } = useTranslation('people');
  const failureText = useFailureText();
  const [typed, setTyped] = useState('');
  const { friends, others, isLoading, failure, retry } = usePeopleSearch(typed);
  const isSearching = typed.trim() !== '';
  const isEmpty = friends.length === 0 && others.length === 0;
  return (
    <nav aria-label={t('people')} data-region tabIndex={-1} className="flex min-h-0 flex-1 flex-col">
      <header className="flex h-15 shrink-0 items-center px-5 lg:h-16">
        <h1 className="text-2xl font-bold sm:text-xl">{t('people')}</h1>
      </header>
      <FindField
        ref={fieldRef}
        label={t('find')}
        value={typed}
        onChange={setTyped}
        className="mx-4 mb-2 shrink-0"
      />
      <div className="flex min-h-0 flex-1 flex-col overflow-y-auto px-2 pb-3">
        <p role="status" className="sr-only">
          {isSearching && !isLoading && t('foundCount', { count: friends.length + others.length })}
        </p>
        <Section title={t('friends')} people={friends} openId={openId} />
        <Section title={t('others')} people={others} openId={openId} />
        {isLoading && isEmpty && <Skeleton />}
        {failure && !isLoading && (
          <div role="alert" className="flex flex-col items-center gap-3 p-5 text-center text-md text-fg-2">
            {failureText(failure)}
            <Button look="quiet" onClick={retry}>
              {t('tryAgain')}
            </Button>
          </div>
        )}
        {isEmpty && !isLoading && !failure && (
          // Without friends the place beside the list says so, where there is one.
          <div className={clsx('flex flex-1', !isSearching && 'sm:hidden')}>
            <Empty
              icon={<UsersRound />}
              title={isSearching ? t('nobody') : t('noFriends')}
              text={isSearching ? t('nobodyText') : t('noFriendsText')}
            />
          </div>
        )}
      </div>
    </nav>
  );
}

function Section({ title, people, openId }: { title: string; people: User[]; openId: number }) {
  const id = useId();
  if (people.length === 0) return null;
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className="px-2.5 pt-3 pb-1 text-xs font-semibold text-fg-3">
        {title}
      </h2>
      <ul>
        {people.map((user) => (
          <PersonRow key={user.id} user={user} isOpen={user.id === openId} />
        ))}
      </ul>
    </section>
  );
}

/** Shapes of rows to come, once waiting is long enough to be noticed. */
function Skeleton() {
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 150);
    return () => clearTimeout(timer);
  }, []);
  if (!isLate) return null;
  return (
    <div aria-hidden className="pt-8">
      {[0, 1, 2, 3].map((row) => (
        <div key={row} className="flex h-16 items-center gap-3 px-2.5">
          <span className="size-11 rounded-full bg-sunken" />
          <span className="flex-1">
            <span className="mb-2 block h-3 w-2/5 rounded-full bg-sunken" />
            <span className="block h-3 w-3/5 rounded-full bg-sunken" />
          </span>
        </div>
      ))}
    </div>
  );
}
