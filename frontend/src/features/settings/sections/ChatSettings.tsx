import { modName } from '@/features/keyboard/keys';
import { TOUCH, useMedia } from '@/lib/useMedia';
import { Switch } from '@/ui/Switch';
import { Card } from '../Card';
import { Setting } from '../Setting';
import { personalChanged, selectPersonal } from '../slice';

/** How writing and reading work, on all devices of the user. */
export function ChatSettings() {
  const { t } = useTranslation('settings');
  const personal = useAppSelector(selectPersonal);
  const switches = useMedia(TOUCH)
    ? (['showReceipts'] as const)
    : (['enterSends', 'showReceipts', 'singleKeys'] as const);
  const dispatch = useAppDispatch();
  return (
    <Card text={t('onAllDevices')}>
      {switches.map((id) => (
        <Setting key={id} id={id}>
          {(saved) => (
            <Switch
              label={t(`setting.${id}`)}
              hint={t(`hint.${id}`, { mod: modName() })}
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
