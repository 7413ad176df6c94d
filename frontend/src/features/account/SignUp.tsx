import { useLocation } from 'react-router';

import { api } from '@/api/client';
import { invitationAt, paths } from '@/lib/paths';
import { Alert } from '@/ui/Alert';
import { Field } from '@/ui/Field';
import { AccountForm } from './AccountForm';
import { type Faults, faultsOfSignUp } from './form-check';
import type { FormError } from './form-error';
import { textOf } from './form-text';
import { useAction } from './useAction';
import { useEnter } from './useSignIn';

/** Makes an account and signs in with it. */
export default function SignUp() {
  const { t } = useTranslation('account');
  const enter = useEnter();
  const { run, isBusy, failure } = useAction();
  const [faults, setFaults] = useState<Faults | null>(null);
  const state = useLocation().state as { from?: string } | null;
  const invitation = invitationAt(state?.from);

  const submit = (form: FormData) => {
    const email = textOf(form, 'email').trim();
    const password = textOf(form, 'password');
    const found = faultsOfSignUp(email, password);
    setFaults(found);
    if (found) return;
    void run(async () => {
      const userName = textOf(form, 'userName').trim() || undefined;
      await api.register({ email, password, userName, invitation });
      await enter({ email, password });
    });
  };

  // Nothing of the try before.
  const failed = faults ? null : failure;
  const said = (fault: Faults[keyof Faults], ...failures: FormError[]) => {
    const found = fault ?? (failed && failures.includes(failed) ? failed : null);
    return found && t(`error.${found}`);
  };

  return (
    <AccountForm
      title={t('welcome')}
      action={t('createAccount')}
      isBusy={isBusy}
      wrong={faults ?? failure}
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
        error={said(faults?.email, 'emailTaken')}
      />
      <Field
        label={t('userName')}
        name="userName"
        autoComplete="nickname"
        maxLength={32}
        hint={t('userNameHint')}
        error={said(undefined, 'nameTaken')}
      />
      <Field
        label={t('password')}
        name="password"
        type="password"
        autoComplete="new-password"
        required
        hint={t('passwordHint')}
        error={said(faults?.password)}
      />
      <Alert text={failed === 'forbidden' ? t('invitationNeeded') : null} />
      <Alert text={failed === 'gone' ? t('invitationEnded') : null} />
      <Alert text={said(undefined, 'tooMany', 'invalid', 'offline', 'server', 'wrongPassword')} />
    </AccountForm>
  );
}
