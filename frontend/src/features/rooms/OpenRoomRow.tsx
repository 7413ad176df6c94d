import { useAction } from '@/features/account/useAction';
import { Alert } from '@/ui/Alert';
import { Avatar } from '@/ui/Avatar';
import { Button } from '@/ui/Button';
import { joinRoom } from './enter';
import { selectRoom } from './slice';

interface OpenRoom {
  id: number;
  name: string;
  image: string;
  memberCount: number;
  joined: boolean;
}

/** A room that anybody may join. */
export function OpenRoomRow({ room, onOpen }: { room: OpenRoom; onOpen: () => void }) {
  const { t } = useTranslation('rooms');
  const dispatch = useAppDispatch();
  const { run, isBusy, error } = useAction();
  const isIn = useAppSelector((state) => selectRoom(state, room.id)) !== undefined || room.joined;
  const { name } = room;
  const join = async () => {
    if (await run(() => dispatch(joinRoom(room.id)))) onOpen();
  };

  return (
    <li className="rounded-md px-2 py-2 hover:bg-hover">
      <div className="flex items-center gap-3">
        <Avatar id={room.id} name={name} image={room.image} size={40} shape="group" />
        <div className="min-w-0 flex-1">
          <p dir="auto" className="truncate text-md font-semibold">
            {name}
          </p>
          <p className="text-sm text-fg-3">{t('members', { count: room.memberCount })}</p>
        </div>
        {isIn ? (
          <Button look="quiet" aria-label={t('browse.openNamed', { name })} onClick={onOpen}>
            {t('browse.open')}
          </Button>
        ) : (
          <Button aria-label={t('browse.joinNamed', { name })} isBusy={isBusy} onClick={() => void join()}>
            {t('browse.join')}
          </Button>
        )}
      </div>
      <Alert text={error} className="pt-1" />
    </li>
  );
}
