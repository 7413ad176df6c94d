import { Plus } from 'lucide-react';

import { IconButton } from '@/ui/IconButton';
import { addFiles } from './attachments';
import { openFilePicker, registerPicker } from './picker';

/** Asks for files and puts them in the room's tray. */
export function AttachButton({ roomId }: { roomId: number }) {
  const { t } = useTranslation('media');
  const field = useRef<HTMLInputElement>(null);

  useEffect(() => (field.current ? registerPicker(roomId, field.current) : undefined), [roomId]);

  return (
    <>
      <IconButton label={t('attach')} icon={<Plus size={21} />} onClick={() => openFilePicker(roomId)} />
      <input
        ref={field}
        type="file"
        multiple
        hidden
        onChange={({ target }) => {
          if (target.files?.length) addFiles(roomId, target.files);
          // The same file can be picked again.
          target.value = '';
        }}
      />
    </>
  );
}
