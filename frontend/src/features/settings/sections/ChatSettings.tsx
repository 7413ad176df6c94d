import { Switch } from '@/ui/Switch';
import { Card } from '../Card';
import { Setting } from '../Setting';
import { personalChanged, selectPersonal } from '../slice';

const SWITCHES = ['enterSends', 'showReceipts', 'singleKeys'] as const;

/** How writing and reading work, on all devices of the user. */
export function ChatSettings() {
  const { t } = useTranslation('settings');
  const personal = useAppSelector(selectPersonal);
  const dispatch = useAppDispatch();
  return (
    <Card text={t('onAllDevices')}>
      {SWITCHES.map((id) => (
        <Setting key={id} id={id}>
          {(saved) => (
            <Switch
              label={t(`setting.${id}`)}
              hint={t(`hint.${id}`)}
              isOn={personal[id]}
              onChange={(isOn) => {
                dispatch(personalChanged({ [id]: isOn }));
                saved();
              }}
            />
          )}
        </Setting>
      ))}
    </Card>
  );
}
