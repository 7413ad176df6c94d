import { formErrorOf } from './form-error';

/** Words for a failure: what happened, whether anything was lost, and what to do. */
export function useFailureText(): (error: unknown) => string {
  const { t } = useTranslation('account');
  return (error) => t(`error.${formErrorOf(error)}`);
}
