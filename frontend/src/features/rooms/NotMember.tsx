import { DoorClosed, DoorOpen } from 'lucide-react';
import { useNavigate } from 'react-router';

import { useOpenRoomsQuery } from '@/api/queries';
import { useAction } from '@/features/account/useAction';
import { paths } from '@/lib/paths';
import { Alert } from '@/ui/Alert';
import { Button } from '@/ui/Button';
import { Empty } from '@/ui/Empty';
import { joinRoom } from './enter';

/** Stands at a room's address for those who are not in it: they may join, if the room lets them. */
export function NotMember({ roomId }: { roomId: number }) {
  const { t } = useTranslation('rooms');
  const dispatch = useAppDispatch();
  const navigate = useNavigate();
  const { run, isBusy, failure, error } = useAction();
  // Its name, if it is among the first open ones; there is no way to ask for just one.
  const { data: open } = useOpenRoomsQuery('');
  const room = open?.find(({ id }) => id === roomId);
  const isKnownToFail = !Number.isSafeInteger(roomId) || roomId <= 0;
  const isRefused = isKnownToFail || failure === 'forbidden' || failure === 'gone' || failure === 'invalid';

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
