import { Link, useLocation } from 'react-router';

import { api } from '@/api/client';
import { paths } from '@/lib/paths';
import { Button } from '@/ui/Button';
import { Field } from '@/ui/Field';
import { AccountFrame } from './AccountFrame';
import { type FormError, formErrorOf } from './form-error';
import { textOf } from './form-text';
import { isPasswordLong } from './password';
import { useEnter } from './useSignIn';

/** Makes an account and signs in with it. */
export function SignUp() {
  const { t } = useTranslation('account');
  const state: unknown = useLocation().state;
  const enter = useEnter();
  const [error, setError] = useState<FormError | 'passwordLength' | null>(null);
  const [isBusy, setBusy] = useState(false);

  const submit = async (form: FormData) => {
    const password = textOf(form, 'password');
    if (!isPasswordLong(password)) return setError('passwordLength');
    setBusy(true);
    setError(null);
    try {
      const email = textOf(form, 'email').trim();
      await api.register({ email, password, userName: textOf(form, 'userName').trim() || undefined });
      await enter({ email, password });
    } catch (failure) {
      setError(formErrorOf(failure));
      setBusy(false);
    }
  };

  const at = (...errors: (typeof error)[]) => (error && errors.includes(error) ? t(`error.${error}`) : null);

  return (
    <AccountFrame title={t('welcome')}>
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
          type="email"
          autoComplete="email"
          required
          autoFocus
          error={at('emailTaken')}
        />
        <Field
          label={t('userName')}
          name="userName"
          autoComplete="nickname"
          maxLength={32}
          hint={t('userNameHint')}
          error={at('nameTaken')}
        />
        <Field
          label={t('password')}
          name="password"
          type="password"
          autoComplete="new-password"
          required
          hint={t('passwordHint')}
          error={at('passwordLength')}
        />
        {at('tooMany', 'invalid', 'offline', 'server', 'wrongPassword') && (
          <p role="alert" className="text-sm text-danger">
            {at('tooMany', 'invalid', 'offline', 'server', 'wrongPassword')}
          </p>
        )}
        <Button type="submit" isBusy={isBusy}>
          {t('createAccount')}
        </Button>
      </form>
      <p className="mt-5 text-center text-md text-fg-2">
        {t('haveAccount')}{' '}
        <Link
          to={paths.signIn()}
          state={state}
          className="rounded-xs font-semibold text-accent-text underline"
        >
          {t('signIn')}
        </Link>
      </p>
    </AccountFrame>
  );
}
