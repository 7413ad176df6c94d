import { type FormError, formErrorOf } from './form-error';

/** Something that a click or a form does on the server: whether it is under way, and what went wrong with it. */
export function useAction() {
  const { t } = useTranslation('account');
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<FormError | null>(null);

  /** Answers whether it went well. */
  const run = useCallback(async (work: () => Promise<unknown>): Promise<boolean> => {
    setBusy(true);
    setFailure(null);
    try {
      await work();
      return true;
    } catch (error) {
      setFailure(formErrorOf(error));
      return false;
    } finally {
      setBusy(false);
    }
  }, []);

  return { run, isBusy, failure, error: failure && t(`error.${failure}`) };
}
