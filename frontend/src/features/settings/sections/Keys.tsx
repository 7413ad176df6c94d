import { KeyTables } from '@/features/keyboard/KeyTables';
import { Card } from '../Card';
import { Setting } from '../Setting';

/** The list of all keys. */
export function Keys() {
  const { t } = useTranslation('keyboard');
  return (
    <Card>
      <Setting id="keyList">{() => <p className="mb-2 text-md text-fg-2">{t('text')}</p>}</Setting>
      <KeyTables />
    </Card>
  );
}
