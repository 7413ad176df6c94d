import { LANGUAGES } from '@/features/account/LanguagePicker';
import { Card } from '../Card';
import { Setting } from '../Setting';
import { deviceChanged, selectDevice } from '../slice';

/** The language of the page, each in its own words. */
export function LanguageSettings() {
  const { t } = useTranslation('settings');
  const { language } = useAppSelector(selectDevice);
  const dispatch = useAppDispatch();
  const name = useId();
  return (
    <Card text={t('onThisDevice')}>
      <Setting id="pageLanguage">
        {(saved) => (
          <fieldset>
            <legend className="sr-only">{t('setting.pageLanguage')}</legend>
            {LANGUAGES.map(({ id, name: words, lang }) => (
              <label key={id} lang={lang} className="flex min-h-11 cursor-pointer items-center gap-3 text-md">
                <input
                  type="radio"
                  name={name}
                  checked={id === language}
                  onChange={() => {
                    dispatch(deviceChanged({ language: id }));
                    saved();
                  }}
                  className="size-4.5 accent-accent"
                />
                {words}
              </label>
            ))}
          </fieldset>
        )}
      </Setting>
    </Card>
  );
}
