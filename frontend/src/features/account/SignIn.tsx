import { paths } from '@/lib/paths';
import { Field } from '@/ui/Field';
import { AccountForm } from './AccountForm';
import { selectSession } from './slice';
import { textOf } from './form-text';
import { useAction } from './useAction';
import { useEnter } from './useSignIn';

/** Lets somebody in who has an account. */
export function SignIn() {
  const { t } = useTranslation('account');
  const { endedBecause } = useAppSelector(selectSession);
  const enter = useEnter();
  const { run, isBusy, error } = useAction();

  const submit = (form: FormData) =>
    void run(() => enter({ email: textOf(form, 'email').trim(), password: textOf(form, 'password') }));

  return (
    <AccountForm
      title={t('welcomeBack')}
      notice={
        endedBecause && (
          <p role="status" className="mb-4 rounded-md bg-signal-tint p-3 text-md">
            {t(`ended.${endedBecause}`)}
          </p>
        )
      }
      action={t('signIn')}
      isBusy={isBusy}
      onSubmit={submit}
      other={{ question: t('noAccount'), action: t('createAnAccount'), path: paths.signUp() }}
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
        error={error}
      />
    </AccountForm>
  );
}
