import { api, chat } from '@/api/client';
import type { AppThunk } from '@/app/store';
import { selectMyId } from '@/features/account/slice';
import { toast, toastWithUndo } from '@/features/shell/toasts';
import { timelineDropped } from '@/features/timeline/slice';
import { leaveBegun, leaveTakenBack, roomGone } from './slice';

/** A little longer than the offer to take it back stands there. */
const LEAVE_MS = 5500;

interface Texts {
  left: string;
  undo: string;
  failed: string;
}

/** Takes the room out of the list, and leaves it on the server unless that is taken back in time. */
export function leaveRoom(id: number, texts: Texts, undone?: () => void): AppThunk {
  return (dispatch) => {
    dispatch(leaveBegun(id));
    const timer = setTimeout(() => void dispatch(leaveForGood(id, texts.failed)), LEAVE_MS);
    const undo = () => {
      clearTimeout(timer);
      dispatch(leaveTakenBack(id));
      undone?.();
    };
    dispatch(toastWithUndo(texts.left, texts.undo, undo));
  };
}

function leaveForGood(id: number, failed: string): AppThunk<Promise<void>> {
  return async (dispatch, getState) => {
    try {
      await api.removeMember(id, selectMyId(getState()));
      chat.untrack(id);
      dispatch(roomGone(id));
      dispatch(timelineDropped(id));
    } catch {
      dispatch(leaveTakenBack(id));
      dispatch(toast(failed));
    }
  };
}
