import { UsersRound } from 'lucide-react';
import { useNavigate, useParams } from 'react-router';

import { useFriendsQuery } from '@/api/queries';
import { Frame } from '@/features/shell/Frame';
import { paths } from '@/lib/paths';
import { Button } from '@/ui/Button';
import { Empty } from '@/ui/Empty';
import { PeopleList } from './PeopleList';
import { PersonView } from './PersonView';

/** Friends and everybody else, and the one that was chosen. */
export default function PeoplePage() {
  const personId = Number(useParams().personId ?? 0);
  const field = useRef<HTMLInputElement>(null);
  const navigate = useNavigate();
  const find = async () => {
    await navigate(paths.people());
    field.current?.focus();
  };
  return (
    <Frame
      shows={personId ? 'main' : 'list'}
      list={<PeopleList openId={personId} fieldRef={field} />}
      main={
        personId ? (
          <PersonView key={personId} userId={personId} onFind={() => void find()} />
        ) : (
          <NobodyChosen onFind={() => field.current?.focus()} />
        )
      }
    />
  );
}

function NobodyChosen({ onFind }: { onFind: () => void }) {
  const { t } = useTranslation('people');
  const { data: friends } = useFriendsQuery();
  const hasFriends = friends === undefined || friends.length > 0;
  return (
    <main data-region tabIndex={-1} className="flex flex-1">
      <Empty
        icon={<UsersRound />}
        title={hasFriends ? t('pickPerson') : t('noFriends')}
        text={hasFriends ? t('pickPersonText') : t('noFriendsText')}
      >
        <Button look="quiet" onClick={onFind}>
          {t('findPeople')}
        </Button>
      </Empty>
    </main>
  );
}
