import type { Profile as ProfileData } from '@banter/client';

import { useUpdateProfileMutation } from '@/api/queries';
import { formErrorOf } from '@/features/account/form-error';
import { textOf } from '@/features/account/form-text';
import { profileChanged, selectMe } from '@/features/account/slice';
import { useFailureText } from '@/features/account/useFailureText';
import { usersMet } from '@/features/people/slice';
import { Alert } from '@/ui/Alert';
import { Button } from '@/ui/Button';
import { Field, TextArea } from '@/ui/Field';
import { Card } from '../Card';
import { PictureSetting } from '../PictureSetting';
import { Setting } from '../Setting';

const NAME_MAX = 32;
const BIO_MAX = 500;
const HANDLE_MAX = 64;
const FIELDS = ['userName', 'bio', 'email', 'github', 'qq', 'wechat'] as const;
type FieldName = (typeof FIELDS)[number];

/** Who the user is to others. */
export function Profile() {
  const me = useAppSelector(selectMe);
  if (!me) return null;
  return (
    <>
      <Card>
        <PictureSetting me={me} />
      </Card>
      <ProfileForm me={me} />
    </>
  );
}

function ProfileForm({ me }: { me: ProfileData }) {
  const { t } = useTranslation(['settings', 'common', 'account']);
  const dispatch = useAppDispatch();
  const failureText = useFailureText();
  const [update, { isLoading, error }] = useUpdateProfileMutation();
  const [isChanged, setChanged] = useState(false);
  const [isNameMissing, setNameMissing] = useState(false);

  const submit = async (form: FormData, saved: () => void) => {
    const change: Partial<Record<FieldName, string>> = {};
    for (const field of FIELDS) {
      const value = textOf(form, field).trim();
      if (value !== me[field]) change[field] = value;
    }
    setNameMissing(change.userName === '');
    if (change.userName === '') return;
    const answer = await update(change);
    if (!answer.data) return;
    dispatch(profileChanged(answer.data));
    dispatch(usersMet([answer.data]));
    setChanged(false);
    saved();
  };

  const failure = error && formErrorOf(error);
  const isAtField = failure === 'nameTaken' || failure === 'emailTaken';
  return (
    <Card>
      <Setting id="userName">
        {(saved) => (
          <form
            className="flex flex-col gap-4"
            onChange={() => setChanged(true)}
            onSubmit={(event) => {
              event.preventDefault();
              void submit(new FormData(event.currentTarget), saved);
            }}
          >
            <Field
              label={t('account:userName')}
              name="userName"
              defaultValue={me.userName}
              maxLength={NAME_MAX}
              autoComplete="nickname"
              error={
                isNameMissing
                  ? t('nameMissing')
                  : failure === 'nameTaken'
                    ? t('account:error.nameTaken')
                    : null
              }
            />
            <TextArea
              label={t('setting.bio')}
              name="bio"
              defaultValue={me.bio}
              maxLength={BIO_MAX}
              hint={t('bioHint')}
            />
            <Field
              label={t('account:email')}
              name="email"
              type="email"
              defaultValue={me.email}
              required
              autoComplete="email"
              hint={t('emailHint')}
              error={failure === 'emailTaken' ? t('account:error.emailTaken') : null}
            />
            <div className="grid gap-4 sm:grid-cols-3">
              {(['github', 'qq', 'wechat'] as const).map((name) => (
                <Field
                  key={name}
                  label={t(`setting.${name}`)}
                  name={name}
                  defaultValue={me[name]}
                  maxLength={HANDLE_MAX}
                  autoComplete="off"
                />
              ))}
            </div>
            <Alert text={failure && !isAtField ? failureText(error) : null} />
            <Button
              type="submit"
              isBusy={isLoading}
              disabled={!isChanged || isLoading}
              className="self-start"
            >
              {t('common:save')}
            </Button>
          </form>
        )}
      </Setting>
    </Card>
  );
}
