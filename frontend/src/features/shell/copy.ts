import type { AppThunk } from '@/app/store';
import { copyText } from '@/lib/copy-text';
import { toast } from './toasts';

/** Copies a text, says that it is done or that the browser did not let it, and answers with what was said. */
export function copy(text: string, words: { done: string; failed: string }): AppThunk<Promise<string>> {
  return async (dispatch) => {
    const said = await copyText(text).then(
      () => words.done,
      () => words.failed,
    );
    dispatch(toast(said));
    return said;
  };
}
