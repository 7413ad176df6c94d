import { ExternalLink } from 'lucide-react';

import { fileUrl } from '@/api/client';
import { Logo } from '@/ui/Logo';
import { Card } from '../Card';
import { Setting } from '../Setting';
import { useServerVersion } from '../useServerVersion';

/** What this is, of which version, and under which licence. */
export function About() {
  const { t } = useTranslation('settings');
  const version = useServerVersion();
  return (
    <Card>
      <div className="flex items-center gap-4 py-2">
        <Logo size={48} />
        <p className="text-md text-fg-2">{t('aboutText')}</p>
      </div>
      <div className="mt-2 text-md">
        <Setting id="version">
          {() => (
            <p className="flex flex-wrap justify-between gap-x-4">
              <span className="font-medium">{t('setting.version')}</span>
              <span className="text-fg-2 tabular-nums">{version ?? t('unknownVersion')}</span>
            </p>
          )}
        </Setting>
        <Setting id="licence">
          {() => (
            <p className="flex flex-wrap justify-between gap-x-4">
              <span className="font-medium">{t('setting.licence')}</span>
              <span className="text-fg-2">{t('licenceName')}</span>
            </p>
          )}
        </Setting>
        <Setting id="interface">
          {() => (
            <p className="flex flex-wrap justify-between gap-x-4">
              <span className="font-medium">{t('setting.interface')}</span>
              <span>
                <a
                  href={fileUrl('/swagger/')}
                  target="_blank"
                  rel="noopener noreferrer"
                  className="touch inline-flex min-h-6 items-center gap-1.5 rounded-xs text-accent-text hover:underline"
                >
                  {t('interfaceLink')}
                  <ExternalLink aria-hidden size={14} />
                </a>
              </span>
            </p>
          )}
        </Setting>
      </div>
    </Card>
  );
}
