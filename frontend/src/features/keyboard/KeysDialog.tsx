import { Dialog } from '@/ui/Dialog';
import { KeyTables } from './KeyTables';

/** The list of keys, over whatever is open. */
export default function KeysDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('keyboard');
  return (
    <Dialog isOpen onClose={onClose} title={t('title')} text={t('text')} size="lg">
      {/* Longer than the window, and without anything else that takes the focus to scroll it by keys. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div role="group" aria-label={t('title')} tabIndex={0} className="rounded-md pb-2">
        <KeyTables />
      </div>
    </Dialog>
  );
}
