import { DoorClosed, DoorOpen } from 'lucide-react';
import { useNavigate } from 'react-router';

import { OPEN_ROOMS_PAGE, useOpenRoomsQuery } from '@/api/queries';
import { useAction } from '@/features/account/useAction';
import { useFailureText } from '@/features/account/useFailureText';
import { paths } from '@/lib/paths';
import { Alert } from '@/ui/Alert';
import { Button } from '@/ui/Button';
import { Empty } from '@/ui/Empty';
import { joinRoom } from './enter';

/** Stands at a room's address for those who are not in it: they may join, if the room lets them. */
export default function NotMember({ roomId }: { roomId: number }) {
  const { t } = useTranslation('rooms');
  const dispatch = useAppDispatch();
  const navigate = useNavigate();
  const { run, isBusy, failure, error } = useAction();
  const failureText = useFailureText();
  const isId = Number.isSafeInteger(roomId) && roomId > 0;
  // There is no way to ask for just one.
  const list = useOpenRoomsQuery('', { skip: !isId, refetchOnMountOrArgChange: true });
  const room = list.data?.find(({ id }) => id === roomId);
  // One that a whole list leaves out is closed; behind a full page there may be more.
  const isLeftOut =
    list.data !== undefined && !list.isFetching && list.data.length < OPEN_ROOMS_PAGE && !room;
  const isRefused =
    !isId || isLeftOut || failure === 'forbidden' || failure === 'gone' || failure === 'invalid';

  const back = (
    <Button look="quiet" onClick={() => void navigate(paths.home())}>
      {t('outside.back')}
    </Button>
  );
  if (isRefused) {
    return (
      <main className="flex flex-1">
        <Empty icon={<DoorClosed />} title={t('outside.refused')} text={t('outside.refusedText')}>
          {back}
        </Empty>
      </main>
    );
  }
  if (list.error) {
    return (
      <main className="flex flex-1">
        <Empty icon={<DoorClosed />} title={t('outside.unknown')} text={failureText(list.error)}>
          <Button onClick={() => void list.refetch()}>{t('browse.retry')}</Button>
          {back}
        </Empty>
      </main>
    );
  }
  if (!room && list.isFetching) return <main className="flex-1" aria-busy />;
  const title = room ? t('outside.known', { name: room.name }) : t('outside.unknown');
  return (
    <main className="flex flex-1">
      <Empty icon={<DoorOpen />} title={title} text={t('outside.text')}>
        {/* With the room in the list, the conversation takes the place of this page. */}
        <Button isBusy={isBusy} onClick={() => void run(() => dispatch(joinRoom(roomId)))}>
          {t('browse.join')}
        </Button>
        {back}
        <Alert text={error} className="w-full" />
      </Empty>
    </main>
  );
}
