import { useNavigate } from 'react-router';

import { selectMyId } from '@/features/account/slice';
import { paths } from '@/lib/paths';
import { leaveRoom } from './leave';
import type { RoomEntry } from './slice';

/**
 * Leaves rooms, with a way back for some seconds. A creator has to hand over first: `handOver` is the room of which
 * that is to be said.
 */
export function useLeave(openId: number) {
  const { t } = useTranslation('rooms');
  const dispatch = useAppDispatch();
  const navigate = useNavigate();
  const myId = useAppSelector(selectMyId);
  const [handOver, setHandOver] = useState<RoomEntry | null>(null);

  const leave = useCallback(
    (room: RoomEntry) => {
      if (room.creatorId === myId) {
        setHandOver(room);
        return;
      }
      const { id, name } = room;
      const isOpen = id === openId;
      const texts = { left: t('left', { name }), undo: t('undo'), failed: t('leaveFailed', { name }) };
      dispatch(leaveRoom(id, texts, () => isOpen && void navigate(paths.room(id))));
      if (isOpen) void navigate(paths.home());
    },
    [dispatch, navigate, t, myId, openId],
  );
  return { leave, handOver, closeHandOver: () => setHandOver(null) };
}
