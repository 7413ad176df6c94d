import { selectToast, toasted } from './slice';
import { runUndo } from './toasts';

const SHOWN_MS = 5000;

/** One short message above the composer, with a way back where there is one. */
export function Toast() {
  const toast = useAppSelector(selectToast);
  const dispatch = useAppDispatch();
  useEffect(() => {
    if (!toast) return;
    const timer = setTimeout(() => dispatch(toasted(null)), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [toast, dispatch]);
  return (
    <div
      role="status"
      className="pointer-events-none fixed inset-x-0 bottom-24 z-50 flex justify-center px-4"
    >
      {toast && (
        <div
          key={toast.id}
          className="pointer-events-auto flex max-w-md animate-rise items-center gap-3 rounded-lg bg-raised px-4 py-2.5 text-md shadow-3"
        >
          {toast.text}
          {toast.undo && (
            <button
              type="button"
              className="touch min-h-8 rounded-sm px-2 font-semibold text-accent-text hover:bg-hover"
              onClick={() => {
                runUndo(toast.id);
                dispatch(toasted(null));
              }}
            >
              {toast.undo}
            </button>
          )}
        </div>
      )}
    </div>
  );
}
