import type { DeviceSettings } from '@/lib/device';
import { Choice } from '@/ui/Choice';
import { Switch } from '@/ui/Switch';
import { Card } from '../Card';
import { Setting } from '../Setting';
import { deviceChanged, selectDevice } from '../slice';

const SIZE_MIN = 80;
const SIZE_MAX = 150;
const SIZE_STEP = 5;

/** How the page looks on this device. */
export function Appearance() {
  const { t } = useTranslation('settings');
  const dispatch = useAppDispatch();
  const device = useAppSelector(selectDevice);
  const set = (change: Partial<DeviceSettings>, saved: () => void) => {
    dispatch(deviceChanged(change));
    saved();
  };
  return (
    <Card text={t('onThisDevice')}>
      <Setting id="theme">
        {(saved) => (
          <Choice
            label={t('setting.theme')}
            value={device.theme}
            options={[
              { value: 'system', label: t('theme.system') },
              { value: 'light', label: t('theme.light') },
              { value: 'dark', label: t('theme.dark') },
            ]}
            onChange={(theme) => set({ theme }, saved)}
          />
        )}
      </Setting>
      <Setting id="contrast">
        {(saved) => (
          <Switch
            label={t('setting.contrast')}
            hint={t('contrastHint')}
            isOn={device.contrast}
            onChange={(contrast) => set({ contrast }, saved)}
          />
        )}
      </Setting>
      <Setting id="textSize">
        {(saved) => <TextSize value={device.textSize} onChange={(textSize) => set({ textSize }, saved)} />}
      </Setting>
      <Setting id="density">
        {(saved) => (
          <Choice
            label={t('setting.density')}
            value={device.density}
            options={[
              { value: 'roomy', label: t('density.roomy') },
              { value: 'compact', label: t('density.compact') },
            ]}
            onChange={(density) => set({ density }, saved)}
          />
        )}
      </Setting>
    </Card>
  );
}

function TextSize({ value, onChange }: { value: number; onChange: (value: number) => void }) {
  const { t, i18n } = useTranslation('settings');
  const id = useId();
  const percent = new Intl.NumberFormat(i18n.language, { style: 'percent' }).format(value / 100);
  return (
    <div className="py-2">
      <div className="flex justify-between text-md">
        <label htmlFor={id} className="font-medium">
          {t('setting.textSize')}
        </label>
        <output htmlFor={id} className="text-fg-2 tabular-nums">
          {percent}
        </output>
      </div>
      <input
        id={id}
        type="range"
        min={SIZE_MIN}
        max={SIZE_MAX}
        step={SIZE_STEP}
        value={value}
        aria-valuetext={percent}
        onChange={(event) => onChange(Number(event.target.value))}
        className="h-8 w-full cursor-pointer accent-accent coarse:h-11"
      />
    </div>
  );
}
