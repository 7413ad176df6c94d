import { Link, useLocation } from 'react-router';

import { paths } from '@/lib/paths';
import { Button } from '@/ui/Button';
import { Field } from '@/ui/Field';
import { AccountFrame } from './AccountFrame';
import { selectSession } from './slice';
import { type FormError, formErrorOf } from './form-error';
import { textOf } from './form-text';
import { useEnter } from './useSignIn';

/** Lets somebody in who has an account. */
export function SignIn() {
  const { t } = useTranslation('account');
  const { endedBecause } = useAppSelector(selectSession);
  const state: unknown = useLocation().state;
  const enter = useEnter();
  const [error, setError] = useState<FormError | null>(null);
  const [isBusy, setBusy] = useState(false);

  const submit = async (form: FormData) => {
    setBusy(true);
    setError(null);
    try {
      await enter({ email: textOf(form, 'email').trim(), password: textOf(form, 'password') });
    } catch (failure) {
      setError(formErrorOf(failure));
      setBusy(false);
    }
  };

  return (
    <AccountFrame title={t('welcomeBack')}>
      {endedBecause && (
        <p role="status" className="mb-4 rounded-md bg-signal-tint p-3 text-md">
          {t(`ended.${endedBecause}`)}
        </p>
      )}
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void submit(new FormData(event.currentTarget));
        }}
      >
        <Field
          label={t('email')}
          name="email"
          autoComplete="username"
          required
          autoFocus
          hint={t('emailHint')}
        />
        <Field
          label={t('password')}
          name="password"
          type="password"
          autoComplete="current-password"
          required
          error={error && t(`error.${error}`)}
        />
        <Button type="submit" isBusy={isBusy}>
          {t('signIn')}
        </Button>
      </form>
      <p className="mt-5 text-center text-md text-fg-2">
        {t('noAccount')}{' '}
        <Link
          to={paths.signUp()}
          state={state}
          className="rounded-xs font-semibold text-accent-text underline"
        >
          {t('createAnAccount')}
        </Link>
      </p>
    </AccountFrame>
  );
}
