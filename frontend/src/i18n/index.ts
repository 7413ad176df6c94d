import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';

import type { Language } from '@/lib/device';

/** One file a language and area; each language is a chunk of its own. */
const LOADERS = {
  en: () => import('./locales/en'),
  zh: () => import('./locales/zh'),
};

const DEFAULT_NAMESPACE = 'common';

/** Gets the texts of a language and switches to it. */
export async function setLanguage(language: Language): Promise<void> {
  const { default: texts } = await LOADERS[language]();
  if (i18next.isInitialized) {
    for (const [namespace, keys] of Object.entries(texts))
      i18next.addResourceBundle(language, namespace, keys);
    await i18next.changeLanguage(language);
    return;
  }
  await i18next.use(initReactI18next).init({
    lng: language,
    resources: { [language]: texts },
    defaultNS: DEFAULT_NAMESPACE,
    keySeparator: false,
    interpolation: { escapeValue: false },
    returnNull: false,
  });
}
