import { ArrowLeft } from 'lucide-react';
import type { ComponentType } from 'react';
import { useNavigate, useParams } from 'react-router';

import { Frame } from '@/features/shell/Frame';
import { paths } from '@/lib/paths';
import { TOUCH, useMedia } from '@/lib/useMedia';
import { IconButton } from '@/ui/IconButton';
import { About } from './sections/About';
import { Appearance } from './sections/Appearance';
import { ChatSettings } from './sections/ChatSettings';
import { Keys } from './sections/Keys';
import { LanguageSettings } from './sections/LanguageSettings';
import { Password } from './sections/Password';
import { Profile } from './sections/Profile';
import { Sessions } from './sections/Sessions';
import { type SectionId, sectionsFor } from './sections';
import { SettingsList } from './SettingsList';

const PAGES: Record<SectionId, ComponentType> = {
  profile: Profile,
  appearance: Appearance,
  language: LanguageSettings,
  chat: ChatSettings,
  sessions: Sessions,
  password: Password,
  keys: Keys,
  about: About,
};

/** The settings: sections at the left, the chosen one beside them. */
export default function SettingsPage() {
  const { t } = useTranslation('settings');
  const navigate = useNavigate();
  const { section } = useParams();
  const openId = sectionsFor(useMedia(TOUCH)).find(({ id }) => id === section)?.id ?? null;
  const shownId = openId ?? 'profile';
  const Page = PAGES[shownId];
  const title = t(`section.${shownId}`);
  return (
    <Frame
      shows={openId ? 'main' : 'list'}
      list={<SettingsList openId={openId} shownId={shownId} />}
      main={
        <main
          key={shownId}
          aria-label={title}
          data-region
          // A page without a control is come to by Tab itself, so that keys scroll it.
          tabIndex={shownId === 'keys' ? 0 : -1}
          className="flex min-h-0 flex-1 flex-col overflow-y-auto"
        >
          <header className="sticky top-0 z-20 flex h-15 shrink-0 items-center gap-1 bg-canvas px-2 sm:px-6 lg:h-16">
            <IconButton
              label={t('backToSettings')}
              icon={<ArrowLeft size={20} />}
              onClick={() => void navigate(paths.settings())}
              className="sm:hidden"
            />
            <h1 className="mx-auto w-full max-w-[600px] text-title font-bold">{title}</h1>
          </header>
          <div className="mx-auto w-full max-w-[648px] px-3 pb-10 sm:px-6">
            <Page />
          </div>
        </main>
      }
    />
  );
}
