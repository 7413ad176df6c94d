import type { User } from '@banter/client';
import { useNavigate } from 'react-router';

import { useAction } from '@/features/account/useAction';
import { paths } from '@/lib/paths';
import { Alert } from '@/ui/Alert';
import { Button } from '@/ui/Button';
import { Choice } from '@/ui/Choice';
import { Dialog } from '@/ui/Dialog';
import { Field } from '@/ui/Field';
import { createRoom } from './enter';
import { PeoplePicker } from './PeoplePicker';

type JoinPolicy = 'open' | 'invite';

const NAME_MAX = 64;

/** The window in which a room is made. */
export default function NewRoomForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['rooms', 'common']);
  const dispatch = useAppDispatch();
  const navigate = useNavigate();
  const formId = useId();
  const [name, setName] = useState('');
  const [joinPolicy, setJoinPolicy] = useState<JoinPolicy>('invite');
  const [people, setPeople] = useState<User[]>([]);
  const [isNameMissing, setNameMissing] = useState(false);
  const { run, isBusy, error } = useAction();

  const create = async () => {
    setNameMissing(!name.trim());
    if (!name.trim() || isBusy) return;
    const memberIds = people.map(({ id }) => id);
    await run(async () => {
      const id = await dispatch(createRoom({ name: name.trim(), joinPolicy, memberIds }));
      onClose();
      void navigate(paths.room(id));
    });
  };

  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('newRoom')}
      text={t('create.text')}
      footer={
        <>
          <Button look="quiet" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button type="submit" form={formId} isBusy={isBusy}>
            {t('create.action')}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void create();
        }}
      >
        <Field
          label={t('create.name')}
          value={name}
          onChange={(event) => setName(event.target.value)}
          maxLength={NAME_MAX}
          autoComplete="off"
          autoFocus
          data-autofocus
          error={isNameMissing && !name.trim() ? t('create.nameMissing') : null}
        />
        <div>
          <Choice
            label={t('create.who')}
            value={joinPolicy}
            onChange={setJoinPolicy}
            options={[
              { value: 'invite', label: t('create.invite') },
              { value: 'open', label: t('create.open') },
            ]}
          />
          <p className="text-sm text-fg-3">{t(`create.${joinPolicy}Hint`)}</p>
        </div>
        <PeoplePicker value={people} onChange={setPeople} />
        <Alert text={error} />
      </form>
    </Dialog>
  );
}
