import { useNavigate } from 'react-router';

import { paths } from '@/lib/paths';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import type { RoomEntry } from './slice';

/** Says why a creator cannot leave yet, and leads to where the room is handed over. */
export function HandOverHint({ room, onClose }: { room: RoomEntry | null; onClose: () => void }) {
  const { t } = useTranslation(['rooms', 'common']);
  const navigate = useNavigate();
  return (
    <Dialog
      isOpen={room !== null}
      onClose={onClose}
      title={t('handOver')}
      text={t('handOverText', { name: room?.name ?? '' })}
      footer={
        <>
          <Button look="quiet" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button
            onClick={() => {
              onClose();
              if (room) void navigate(paths.room(room.id, { panel: 'members' }));
            }}
          >
            {t('handOverAction')}
          </Button>
        </>
      }
    />
  );
}
