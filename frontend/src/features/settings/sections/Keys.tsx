import { Keyboard } from 'lucide-react';

import { layerOpened } from '@/features/shell/slice';
import { Button } from '@/ui/Button';
import { Card } from '../Card';
import { Setting } from '../Setting';

/** The way to the list of all keys. */
export function Keys() {
  const { t } = useTranslation('settings');
  const dispatch = useAppDispatch();
  return (
    <Card>
      <Setting id="keyList">
        {() => (
          <>
            <p className="mb-3 text-md text-fg-2">{t('keysText')}</p>
            <Button look="quiet" icon={<Keyboard size={16} />} onClick={() => dispatch(layerOpened('keys'))}>
              {t('showKeys')}
            </Button>
          </>
        )}
      </Setting>
    </Card>
  );
}
