import { CheckCheck, MessagesSquare, Search } from 'lucide-react';
import { useNavigate } from 'react-router';

import { layerOpened } from '@/features/shell/slice';
import { paths } from '@/lib/paths';
import { Button } from '@/ui/Button';
import { Empty } from '@/ui/Empty';
import type { Filter } from './useListedRooms';

/** No rooms at all: three ways to the first one. */
export function NoRooms() {
  const { t } = useTranslation('rooms');
  const dispatch = useAppDispatch();
  const navigate = useNavigate();
  return (
    <Empty icon={<MessagesSquare />} title={t('empty')} text={t('emptyText')}>
      <Button onClick={() => dispatch(layerOpened('new-room'))}>{t('newRoom')}</Button>
      <Button look="quiet" onClick={() => dispatch(layerOpened('browse-rooms'))}>
        {t('browseRooms')}
      </Button>
      <Button look="quiet" onClick={() => void navigate(paths.people())}>
        {t('addFriend')}
      </Button>
    </Empty>
  );
}

/** Rooms, but none of the chosen kind. */
export function NoneOfKind({ filter }: { filter: Exclude<Filter, 'all'> }) {
  const { t } = useTranslation('rooms');
  const icon = filter === 'unread' ? <CheckCheck /> : <MessagesSquare />;
  return <Empty icon={icon} title={t(`none.${filter}`)} text={t(`noneText.${filter}`)} />;
}

/** No room has the name that was typed. */
export function NoMatch({ onBrowse, children }: { onBrowse: () => void; children: React.ReactNode }) {
  const { t } = useTranslation('rooms');
  return (
    <Empty icon={<Search />} title={t('none.all')} text={t('noneText.all')}>
      {children}
      <Button look="quiet" onClick={onBrowse}>
        {t('browseRooms')}
      </Button>
    </Empty>
  );
}
