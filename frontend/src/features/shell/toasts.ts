import type { AppThunk } from '@/app/store';
import { toasted } from './slice';

const undos = new Map<number, () => void>();
let lastId = 0;

/** Says something for a few seconds. */
export function toast(text: string): AppThunk {
  return (dispatch) => {
    lastId += 1;
    dispatch(toasted({ id: lastId, text }));
  };
}

/** Says what was done, and offers to take it back. */
export function toastWithUndo(text: string, label: string, undo: () => void): AppThunk {
  return (dispatch) => {
    lastId += 1;
    undos.clear();
    undos.set(lastId, undo);
    dispatch(toasted({ id: lastId, text, undo: label }));
  };
}

export function runUndo(id: number): void {
  undos.get(id)?.();
  undos.delete(id);
}
