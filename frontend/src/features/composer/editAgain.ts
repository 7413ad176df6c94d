import type { AppThunk } from '@/app/store';
import { drafted, selectDraft } from './drafts-slice';
import { focusComposer } from './focus';

/** Puts words back into the composer, behind what stands there. */
export function editAgain(roomId: number, text: string): AppThunk {
  return (dispatch, getState) => {
    const before = selectDraft(getState(), roomId)?.text;
    dispatch(drafted({ roomId, text: before ? `${before}\n${text}` : text, at: Date.now() }));
    focusComposer();
  };
}
