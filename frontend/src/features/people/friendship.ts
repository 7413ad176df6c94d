import type { User } from '@banter/client';

import { api, chat } from '@/api/client';
import { queries, useFriendsQuery } from '@/api/queries';
import type { AppThunk, RootState } from '@/app/store';
import { selectMyId } from '@/features/account/slice';
import { type RoomEntry, otherOf, roomChanged } from '@/features/rooms/slice';
import { peopleOfRoom, selectUser, usersMet } from './slice';

/** Makes a friend, at once: nobody has to accept. Answers with the room of the two, also for friends of old. */
export function befriend(userId: number): AppThunk<Promise<number>> {
  return async (dispatch) => {
    const room = await api.addFriend(userId);
    dispatch(usersMet(peopleOfRoom(room)));
    dispatch(roomChanged(room));
    chat.track(room.id, room.lastRev);
    const friend = peopleOfRoom(room).find((user) => user?.id === userId);
    // Told at once, so that their room does not open as one that is closed.
    dispatch(
      queries.util.updateQueryData('friends', undefined, (friends) => {
        if (friend && !friends.some(({ id }) => id === userId)) friends.push(friend);
      }),
    );
    dispatch(queries.util.invalidateTags(['Friends']));
    return room.id;
  };
}

/** Ends a friendship for both; their room keeps what was said and takes nothing more. */
export function unfriend(userId: number): AppThunk<Promise<void>> {
  return async (dispatch) => {
    await api.removeFriend(userId);
    dispatch(queries.util.invalidateTags(['Friends']));
  };
}

/** The room of the user and somebody else, if there is one. */
function selectDirectRoomId(state: RootState, userId: number): number | undefined {
  const myId = selectMyId(state);
  return Object.values(state.rooms.byId).find((room) => otherOf(room, myId) === userId)?.id;
}

/** How the user stands to somebody. `isFriend` is undefined until the server has said. */
export function useFriendship(userId: number) {
  const { data: friends } = useFriendsQuery();
  const roomId = useAppSelector((state) => selectDirectRoomId(state, userId));
  return { isFriend: friends?.some((friend) => friend.id === userId), roomId };
}

/** True for a direct room whose two are known to be friends no more: it takes nothing new. */
export function isClosed(room: RoomEntry, myId: number, friends: User[] | undefined): boolean {
  const otherId = otherOf(room, myId);
  return otherId !== undefined && friends?.some(({ id }) => id === otherId) === false;
}

/** With whom one was friends in a direct room that takes no messages any more. */
export function useFormerFriend(room: RoomEntry): User | undefined {
  const myId = useAppSelector(selectMyId);
  const otherId = otherOf(room, myId);
  const other = useAppSelector((state) => selectUser(state, otherId));
  const { data: friends } = useFriendsQuery(undefined, { skip: otherId === undefined });
  return isClosed(room, myId, friends) ? other : undefined;
}
