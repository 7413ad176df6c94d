import { useAction } from '@/features/account/useAction';
import type { RoomEntry } from '@/features/rooms/slice';
import { copy } from '@/features/shell/copy';
import { toast } from '@/features/shell/toasts';
import { Alert } from '@/ui/Alert';
import { Button } from '@/ui/Button';
import { Choice } from '@/ui/Choice';
import { Dialog } from '@/ui/Dialog';
import { LinkRow } from './LinkRow';
import { useCreateInvitationMutation, useInvitationsQuery, useRemoveInvitationMutation } from './queries';

/** Seconds; null for ever. */
const EXPIRY = { day: 86_400, week: 7 * 86_400, never: null };
/** People; 0 for any number. */
const USES = { one: 1, ten: 10, any: 0 };
/** Links of a room that may hold at a time. */
const LINKS_MAX = 50;

type Expiry = keyof typeof EXPIRY;
type Uses = keyof typeof USES;

interface Props {
  room: RoomEntry;
  onClose: () => void;
}

/** Makes links into a room, and takes them back. */
export default function InviteDialog({ room, onClose }: Props) {
  const { t } = useTranslation('invite');
  const dispatch = useAppDispatch();
  const { run, isBusy, error } = useAction();
  const { data: links = [] } = useInvitationsQuery(room.id);
  const [create] = useCreateInvitationMutation();
  const [remove] = useRemoveInvitationMutation();
  const [expiry, setExpiry] = useState<Expiry>('week');
  const [uses, setUses] = useState<Uses>('ten');
  const [newest, setNewest] = useState<string | null>(null);
  const [said, setSaid] = useState('');
  const makeButton = useRef<HTMLButtonElement>(null);
  const isFull = links.length >= LINKS_MAX;

  const make = () =>
    run(async () => {
      const draft = { channelId: room.id, maxUses: USES[uses], expiresIn: EXPIRY[expiry] };
      setNewest((await create(draft).unwrap()).code);
      setSaid(t('made'));
    });
  const takeBack = (code: string) =>
    run(async () => {
      await remove(code).unwrap();
      // Its row goes, and the focus with it.
      makeButton.current?.focus();
      dispatch(toast(t('takenBack')));
      setSaid(t('takenBack'));
    });
  const copyLink = async (link: string) =>
    setSaid(await dispatch(copy(link, { done: t('copied'), failed: t('notCopied', { link }) })));

  return (
    <Dialog isOpen onClose={onClose} title={t('dialogTitle', { room: room.name })} text={t('dialogText')}>
      <Choice
        label={t('expiry')}
        value={expiry}
        options={(['day', 'week', 'never'] as const).map((value) => ({ value, label: t(`expiry.${value}`) }))}
        onChange={setExpiry}
      />
      <Choice
        label={t('uses')}
        value={uses}
        options={(['one', 'ten', 'any'] as const).map((value) => ({ value, label: t(`uses.${value}`) }))}
        onChange={setUses}
      />
      <Button
        ref={makeButton}
        isBusy={isBusy}
        disabled={isFull}
        onClick={() => !isBusy && void make()}
        className="mt-2 w-full"
      >
        {t('make')}
      </Button>
      <Alert text={isFull ? t('full') : error} className="mt-2" />
      <h3 className="mt-6 mb-1 text-sm font-semibold text-fg-3">{t('links')}</h3>
      {links.length === 0 && <p className="text-md text-fg-2">{t('none')}</p>}
      <ul className="-mx-2 flex flex-col">
        {links.map((link) => (
          <LinkRow
            key={link.code}
            invitation={link}
            isNew={link.code === newest}
            onCopy={(url) => void copyLink(url)}
            onTakeBack={() => void takeBack(link.code)}
          />
        ))}
      </ul>
      <p role="status" className="sr-only">
        {said}
      </p>
    </Dialog>
  );
}
