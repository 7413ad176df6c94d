import { api, chat } from '@/api/client';
import type { AppThunk } from '@/app/store';
import { flushPreferences } from '@/features/settings/sync';
import { selectRooms } from '@/features/rooms/slice';
import { selectMyId, signedOut } from './slice';

/** Signs this device out. `leave` is called once that is done, while the page is still there. */
export function signOut(leave: () => void): AppThunk<Promise<void>> {
  return async (dispatch, getState) => {
    const myId = selectMyId(getState());
    // Drafts and settings are to be there after the next sign-in; without a network signing out fails anyway.
    await dispatch(flushPreferences()).catch(() => undefined);
    // The server closes the socket of an ended session, which is no news to who ended it.
    chat.stop();
    try {
      await api.logout();
    } catch (error) {
      for (const { id, lastRev } of selectRooms(getState())) chat.track(id, lastRev);
      chat.start(myId);
      throw error;
    }
    leave();
    dispatch(signedOut(null));
  };
}
