import type { Message } from '@banter/client';

import { useFriendsQuery } from '@/api/queries';
import { selectMyId } from '@/features/account/slice';
import { FindField } from '@/features/people/FindField';
import { isClosed } from '@/features/people/friendship';
import { useFaces } from '@/features/rooms/face';
import { FIT, fitOf } from '@/features/rooms/match';
import { byActivity } from '@/features/rooms/order';
import { selectRooms } from '@/features/rooms/slice';
import { toast } from '@/features/shell/toasts';
import { useSnippet } from '@/features/timeline/useSnippet';
import { Alert } from '@/ui/Alert';
import { Avatar } from '@/ui/Avatar';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { forward } from './forward';

const SHOWN_MAX = 30;

/** Where a message is to be sent on to: any number of the user's own conversations. */
export default function ForwardDialog({ message, onClose }: { message: Message; onClose: () => void }) {
  const { t } = useTranslation(['timeline', 'common']);
  const dispatch = useAppDispatch();
  const snippet = useSnippet();
  const all = useAppSelector(selectRooms);
  const myId = useAppSelector(selectMyId);
  const { data: friends } = useFriendsQuery();
  const rooms = useMemo(
    () => all.filter((room) => !isClosed(room, myId, friends)).sort(byActivity),
    [all, myId, friends],
  );
  const faces = useFaces(rooms);
  const [query, setQuery] = useState('');
  const [chosen, setChosen] = useState<number[]>([]);
  const [hasFailed, setFailed] = useState(false);
  const [isBusy, setBusy] = useState(false);

  const shown = rooms
    .map((room, index) => ({ room, face: faces[index] }))
    .filter(
      ({ room, face }) =>
        chosen.includes(room.id) || !query || fitOf(face?.name ?? room.name, query) !== FIT.NONE,
    )
    .slice(0, SHOWN_MAX);

  const send = async () => {
    setBusy(true);
    setFailed(false);
    try {
      await forward(message, chosen);
      dispatch(toast(t('forwarded')));
      onClose();
    } catch {
      setFailed(true);
      setBusy(false);
    }
  };

  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('forward')}
      text={snippet(message)}
      footer={
        <>
          <Button look="quiet" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button isBusy={isBusy} disabled={chosen.length === 0} onClick={() => void send()}>
            {t('forward')}
          </Button>
        </>
      }
    >
      <FindField label={t('forwardTo')} value={query} autoFocus onChange={setQuery} />
      <Alert text={hasFailed ? t('forwardFailed') : null} className="mt-2" />
      <ul className="mt-3 flex max-h-72 flex-col overflow-y-auto">
        {shown.map(({ room, face }) => (
          <li key={room.id}>
            <label className="flex min-h-11 cursor-pointer items-center gap-3 rounded-md px-2 hover:bg-hover">
              <input
                type="checkbox"
                checked={chosen.includes(room.id)}
                onChange={({ target }) =>
                  setChosen(target.checked ? [...chosen, room.id] : chosen.filter((id) => id !== room.id))
                }
                className="size-4 accent-accent"
              />
              {face && (
                <Avatar id={face.id} name={face.name} image={face.image} size={28} shape={face.shape} />
              )}
              <span className="truncate text-md">{face?.name ?? room.name}</span>
            </label>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
