import { MicOff } from 'lucide-react';

import { Button } from '@/ui/Button';
import { type Recording, discard, start } from './recording';

/** Why nothing can be recorded, and what to do about it. */
export function MicrophoneTrouble({ recording: { roomId, trouble = 'missing' } }: { recording: Recording }) {
  const { t } = useTranslation(['media', 'common']);
  return (
    <div role="alert" className="flex flex-wrap items-center gap-x-3 gap-y-2 px-2 py-1.5">
      <MicOff aria-hidden size={20} className="shrink-0 text-signal-text" />
      <p className="min-w-48 flex-1 text-sm text-fg-2">{t(`microphone.${trouble}`)}</p>
      <div className="flex gap-2">
        <Button look="plain" onClick={discard}>
          {t('common:close')}
        </Button>
        {trouble !== 'unsupported' && (
          <Button look="quiet" autoFocus onClick={() => void start(roomId, false)}>
            {t('tryAgain')}
          </Button>
        )}
      </div>
    </div>
  );
}
