import clsx from 'clsx';
import { SearchX } from 'lucide-react';
import { Link } from 'react-router';

import { FindField } from '@/features/people/FindField';
import { paths } from '@/lib/paths';
import { TOUCH, useMedia } from '@/lib/useMedia';
import { Empty } from '@/ui/Empty';
import { type SectionId, findSettings, sectionsFor } from './sections';
import { SignOut } from './SignOut';

interface Props {
  /** The section that the address names; null where it names none. */
  openId: SectionId | null;
  /** The section that is shown beside the list. */
  shownId: SectionId;
}

/** All sections, and a field that finds single settings. */
export function SettingsList({ openId, shownId }: Props) {
  const { t } = useTranslation('settings');
  const [typed, setTyped] = useState('');
  const sections = sectionsFor(useMedia(TOUCH));
  const matches = findSettings(
    sections,
    typed,
    (id) => t(`section.${id}`),
    (id) => t(`setting.${id}`),
  );
  return (
    <nav aria-label={t('settings')} data-region tabIndex={-1} className="flex min-h-0 flex-1 flex-col">
      <header className="flex h-15 shrink-0 items-center px-5 lg:h-16">
        <h1 className="text-2xl font-bold sm:text-xl">{t('settings')}</h1>
      </header>
      <FindField label={t('find')} value={typed} onChange={setTyped} className="mx-4 mb-3 shrink-0" />
      <div className="flex min-h-0 flex-1 flex-col overflow-y-auto px-2 pb-3">
        <ul className="flex flex-col gap-0.5">
          {matches.map(({ section: { id, icon: Icon }, settings }) => (
            <li key={id}>
              <Link
                to={paths.settings(id)}
                aria-current={id === openId ? 'page' : undefined}
                className={clsx(
                  'focus-inside flex min-h-11 items-center gap-3 rounded-md px-3 text-md font-medium',
                  id === openId && 'bg-selected',
                  id !== openId && id === shownId && 'sm:bg-selected',
                  id !== openId && 'hover:bg-hover',
                )}
              >
                <Icon aria-hidden size={19} strokeWidth={1.9} className="text-fg-2" />
                {t(`section.${id}`)}
              </Link>
              {settings.length > 0 && (
                <ul>
                  {settings.map((setting) => (
                    <li key={setting}>
                      <Link
                        to={paths.settings(id, setting)}
                        className="focus-inside flex min-h-9 items-center rounded-md pr-3 pl-11 text-md text-fg-2 hover:bg-hover coarse:min-h-11"
                      >
                        {t(`setting.${setting}`)}
                      </Link>
                    </li>
                  ))}
                </ul>
              )}
            </li>
          ))}
        </ul>
        {matches.length === 0 && <Empty icon={<SearchX />} title={t('noMatch')} text={t('noMatchText')} />}
      </div>
      <div className="shrink-0 p-2">
        <SignOut />
      </div>
    </nav>
  );
}
