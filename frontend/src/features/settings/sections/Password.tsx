import { useChangePasswordMutation } from '@/api/queries';
import { formErrorOf } from '@/features/account/form-error';
import { textOf } from '@/features/account/form-text';
import { isPasswordLong } from '@/features/account/password';
import { selectMe } from '@/features/account/slice';
import { useFailureText } from '@/features/account/useFailureText';
import { Alert } from '@/ui/Alert';
import { Button } from '@/ui/Button';
import { Field } from '@/ui/Field';
import { Card } from '../Card';
import { Setting } from '../Setting';

/** A new password for the old one. */
export function Password() {
  const { t } = useTranslation(['settings', 'account']);
  const failureText = useFailureText();
  const me = useAppSelector(selectMe);
  const [change, { isLoading, error, isSuccess }] = useChangePasswordMutation();
  const [isLengthWrong, setLengthWrong] = useState(false);

  const submit = async (form: HTMLFormElement, saved: () => void) => {
    const data = new FormData(form);
    const newPassword = textOf(data, 'newPassword');
    const isLong = isPasswordLong(newPassword);
    setLengthWrong(!isLong);
    if (!isLong) return;
    const answer = await change({ oldPassword: textOf(data, 'oldPassword'), newPassword });
    if (answer.error) return;
    form.reset();
    saved();
  };

  const isOldWrong = error !== undefined && formErrorOf(error) === 'wrongPassword';
  return (
    <Card text={t('passwordText')}>
      <Setting id="changePassword">
        {(saved) => (
          <form
            className="flex max-w-80 flex-col gap-4"
            onSubmit={(event) => {
              event.preventDefault();
              void submit(event.currentTarget, saved);
            }}
          >
            {/* Tells password managers whose password this is. */}
            <input type="text" name="email" autoComplete="username" value={me?.email ?? ''} readOnly hidden />
            <Field
              label={t('oldPassword')}
              name="oldPassword"
              type="password"
              autoComplete="current-password"
              required
              error={isOldWrong ? t('oldPasswordWrong') : null}
            />
            <Field
              label={t('newPassword')}
              name="newPassword"
              type="password"
              autoComplete="new-password"
              required
              hint={t('account:passwordHint')}
              error={isLengthWrong ? t('account:error.passwordLength') : null}
            />
            <Alert text={error && !isOldWrong ? failureText(error) : null} />
            {isSuccess && (
              <p role="status" className="text-sm text-fg-2">
                {t('passwordChanged')}
              </p>
            )}
            <Button type="submit" isBusy={isLoading} className="self-start">
              {t('setting.changePassword')}
            </Button>
          </form>
        )}
      </Setting>
    </Card>
  );
}
