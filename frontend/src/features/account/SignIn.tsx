import { paths } from '@/lib/paths';
import { sessionMark } from '@/lib/session-mark';
import { Field } from '@/ui/Field';
import { AccountForm } from './AccountForm';
import { type Faults, faultsOfSignIn } from './form-check';
import { textOf } from './form-text';
import { selectSession } from './slice';
import { useAction } from './useAction';
import { useEnter } from './useSignIn';

/** Lets somebody in who has an account. */
export default function SignIn() {
  const { t } = useTranslation('account');
  const { endedBecause } = useAppSelector(selectSession);
  const enter = useEnter();
  const { run, isBusy, failure, error } = useAction();

  const [faults, setFaults] = useState<Faults | null>(null);
  const [wasHere] = useState(() => sessionMark.wasEverSet());

  const submit = (form: FormData) => {
    const email = textOf(form, 'email').trim();
    const password = textOf(form, 'password');
    const found = faultsOfSignIn(email, password);
    setFaults(found);
    if (!found) void run(() => enter({ email, password }));
  };

  return (
    <AccountForm
      title={wasHere ? t('welcomeBack') : t('signInTo')}
      notice={
        endedBecause && (
          <p role="status" className="mb-4 rounded-md bg-signal-tint p-3 text-md">
            {t(`ended.${endedBecause}`)}
          </p>
        )
      }
      action={t('signIn')}
      isBusy={isBusy}
      wrong={faults ?? failure}
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
        error={faults?.email && t(`error.${faults.email}`)}
      />
      <Field
        label={t('password')}
        name="password"
        type="password"
        autoComplete="current-password"
        required
        error={faults ? faults.password && t(`error.${faults.password}`) : error}
      />
    </AccountForm>
  );
}
