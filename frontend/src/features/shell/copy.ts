import type { AppThunk } from '@/app/store';
import { copyText } from '@/lib/copy-text';
import { toast } from './toasts';

/** Copies a text, and says that it is done or that the browser did not let it. */
export function copy(text: string, said: { done: string; failed: string }): AppThunk<Promise<void>> {
  return (dispatch) =>
    copyText(text).then(
      () => void dispatch(toast(said.done)),
      () => void dispatch(toast(said.failed)),
    );
}
