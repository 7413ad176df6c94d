import { LogOut, Trash2 } from 'lucide-react';
import { useNavigate } from 'react-router';

import { selectAsker } from '@/features/account/slice';
import { ConfirmDialog, type Question } from '@/features/shell/ConfirmDialog';
import { toast } from '@/features/shell/toasts';
import { paths } from '@/lib/paths';
import { Button } from '@/ui/Button';
import { HandOverHint } from '../HandOverHint';
import type { RoomEntry } from '../slice';
import { useLeave } from '../useLeave';
import { can } from './can';
import { deleteRoom } from './change';

/** Leaving a room, and deleting it. */
export function RoomEnd({ room }: { room: RoomEntry }) {
  const { t } = useTranslation(['panel', 'rooms']);
  const dispatch = useAppDispatch();
  const navigate = useNavigate();
  const me = useAppSelector(selectAsker);
  const { leave, handOver, closeHandOver } = useLeave(room.id);
  const [question, setQuestion] = useState<Question | null>(null);

  const askToDelete = () =>
    setQuestion({
      title: t('deleteTitle', { room: room.name }),
      text: t('deleteText', { count: room.memberCount }),
      action: t('delete'),
      isDanger: true,
      run: async () => {
        await dispatch(deleteRoom(room.id));
        dispatch(toast(t('deleted', { room: room.name })));
        await navigate(paths.home());
      },
    });

  return (
    <section className="flex flex-col gap-2">
      {can.leave(room) && (
        <Button look="danger" icon={<LogOut size={16} />} onClick={() => leave(room)}>
          {t('rooms:menu.leave')}
        </Button>
      )}
      {can.delete(room, me) && (
        <Button look="danger" icon={<Trash2 size={16} />} onClick={askToDelete}>
          {t('delete')}
        </Button>
      )}
      <HandOverHint room={handOver} onClose={closeHandOver} />
      <ConfirmDialog question={question} onClose={() => setQuestion(null)} />
    </section>
  );
}
