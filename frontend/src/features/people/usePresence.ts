import type { Presence } from '@banter/client';

import { chat } from '@/api/client';
import { selectMyId } from '@/features/account/slice';
import { selectIsOnline } from '@/features/connection/slice';
import { presenceChanged, selectLastSeen, selectUser } from './slice';

/** Whether somebody is here, else when they were. Asks the server for what no push has told. */
export function usePresence(userId: number) {
  const dispatch = useAppDispatch();
  const user = useAppSelector((state) => selectUser(state, userId));
  const lastSeen = useAppSelector((state) => selectLastSeen(state, userId));
  const isMe = useAppSelector(selectMyId) === userId;
  const isConnected = useAppSelector(selectIsOnline);
  const isOnline = isMe ? isConnected : (user?.online ?? false);
  const asks = isConnected && Boolean(user) && !isOnline && !lastSeen;

  useEffect(() => {
    if (!asks) return;
    chat
      .request<Presence[]>('presence.get', { userIds: [userId] })
      .then((answers) => answers.forEach((presence) => dispatch(presenceChanged(presence))))
      .catch(() => {
        // Nothing is said about when they were here.
      });
  }, [asks, userId, dispatch]);

  return { isOnline, lastSeen };
}
