import { ArrowLeft } from 'lucide-react';
import { useNavigate } from 'react-router';

import { paths } from '@/lib/paths';
import { IconButton } from '@/ui/IconButton';

/** The way from a room's members or files to the room itself. */
export function BackToDetails({ roomId }: { roomId: number }) {
  const { t } = useTranslation('panel');
  const navigate = useNavigate();
  return (
    <IconButton
      label={t('backToDetails')}
      icon={<ArrowLeft size={20} />}
      onClick={() => void navigate(paths.room(roomId, { panel: 'details' }))}
    />
  );
}
