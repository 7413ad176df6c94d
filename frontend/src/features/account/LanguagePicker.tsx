import { deviceChanged, selectDevice } from '@/features/settings/slice';
import type { Language } from '@/lib/device';

/** Each language in its own words, since who needs the switch can't read the other. */
export const LANGUAGES: { id: Language; name: string; lang: string }[] = [
  { id: 'en', name: 'English', lang: 'en' },
  { id: 'zh', name: '简体中文', lang: 'zh-Hans' },
];

export function LanguagePicker() {
  const { language } = useAppSelector(selectDevice);
  const dispatch = useAppDispatch();
  return (
    <div className="flex justify-center gap-1">
      {LANGUAGES.map(({ id, name, lang }) => (
        <button
          key={id}
          type="button"
          lang={lang}
          aria-pressed={id === language}
          onClick={() => dispatch(deviceChanged({ language: id }))}
          className="min-h-8 rounded-md px-3 text-sm text-fg-2 hover:bg-hover aria-pressed:font-bold aria-pressed:text-accent-text coarse:min-h-11"
        >
          {name}
        </button>
      ))}
    </div>
  );
}
