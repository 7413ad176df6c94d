import { api } from '@/api/client';
import { paths } from '@/lib/paths';
import { Alert } from '@/ui/Alert';
import { Field } from '@/ui/Field';
import { AccountForm } from './AccountForm';
import { textOf } from './form-text';
import { isPasswordLong } from './password';
import { useAction } from './useAction';
import { useEnter } from './useSignIn';

/** Makes an account and signs in with it. */
export function SignUp() {
  const { t } = useTranslation('account');
  const enter = useEnter();
  const { run, isBusy, failure } = useAction();
  const [isLengthWrong, setLengthWrong] = useState(false);

  const submit = (form: FormData) => {
    const email = textOf(form, 'email').trim();
    const password = textOf(form, 'password');
    const isLong = isPasswordLong(password);
    setLengthWrong(!isLong);
    if (!isLong) return;
    void run(async () => {
      await api.register({ email, password, userName: textOf(form, 'userName').trim() || undefined });
      await enter({ email, password });
    });
  };

  const error = isLengthWrong ? 'passwordLength' : failure;
  const at = (...errors: (typeof error)[]) => (error && errors.includes(error) ? t(`error.${error}`) : null);

  return (
    <AccountForm
      title={t('welcome')}
      action={t('createAccount')}
      isBusy={isBusy}
      onSubmit={submit}
      other={{ question: t('haveAccount'), action: t('signIn'), path: paths.signIn() }}
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
      <Alert text={at('tooMany', 'invalid', 'offline', 'server', 'wrongPassword')} />
    </AccountForm>
  );
}
