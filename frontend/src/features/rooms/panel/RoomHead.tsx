import { Camera, Pencil } from 'lucide-react';

import { api } from '@/api/client';
import { selectAsker } from '@/features/account/slice';
import { useAction } from '@/features/account/useAction';
import { usePickedPicture } from '@/features/settings/usePickedPicture';
import { Alert } from '@/ui/Alert';
import { Avatar } from '@/ui/Avatar';
import { Button } from '@/ui/Button';
import { Field } from '@/ui/Field';
import { IconButton } from '@/ui/IconButton';
import type { RoomEntry } from '../slice';
import { can } from './can';
import { changeRoom } from './change';

const NAME_MAX = 64;
const SIZE = 80;

/** Picture and name of a room; who may can change them right here. */
export function RoomHead({ room }: { room: RoomEntry }) {
  const { t } = useTranslation(['panel', 'rooms']);
  const [isRenaming, setRenaming] = useState(false);
  const mayChange = can.manage(room, useAppSelector(selectAsker));
  return (
    <div className="flex flex-col items-center gap-3 text-center">
      {mayChange ? <Picture room={room} /> : <RoomAvatar room={room} />}
      {isRenaming ? (
        <Rename room={room} onDone={() => setRenaming(false)} />
      ) : (
        <div className="flex w-full flex-col items-center">
          <div className="flex max-w-full items-center gap-1">
            {/* Keeps the name in the middle. */}
            {mayChange && <span className="w-7 shrink-0" />}
            <h3 dir="auto" className="min-w-0 text-title font-bold break-words">
              {room.name}
            </h3>
            {mayChange && (
              <IconButton
                label={t('rename')}
                icon={<Pencil size={15} />}
                size="sm"
                onClick={() => setRenaming(true)}
              />
            )}
          </div>
          <p className="text-sm text-fg-3">{t('rooms:members', { count: room.memberCount })}</p>
        </div>
      )}
    </div>
  );
}

function RoomAvatar({ room }: { room: RoomEntry }) {
  return <Avatar id={room.id} name={room.name} image={room.image} size={SIZE} shape="group" />;
}

function Picture({ room }: { room: RoomEntry }) {
  const { t } = useTranslation(['panel', 'common', 'settings']);
  const dispatch = useAppDispatch();
  const { run, isBusy, error } = useAction();
  const { picked, url, pick, drop, input } = usePickedPicture();
  const save = async (file: File) => {
    const isDone = await run(async () => {
      const { url: image } = await api.upload(file, { scene: 'room' });
      await dispatch(changeRoom({ id: room.id, image }));
    });
    if (isDone) drop();
  };
  return (
    <>
      {input}
      {url ? (
        <img
          src={url}
          alt={t('picturePreview')}
          className="object-cover"
          style={{ width: SIZE, height: SIZE, borderRadius: SIZE * 0.32 }}
        />
      ) : (
        <button
          type="button"
          aria-label={t('changePicture')}
          title={t('changePicture')}
          onClick={pick}
          className="group relative rounded-[26px]"
        >
          <RoomAvatar room={room} />
          <span
            aria-hidden
            className="absolute -right-1 -bottom-1 flex size-7 items-center justify-center rounded-full border-2 border-surface bg-sunken text-fg-2 group-hover:bg-selected"
          >
            <Camera size={14} />
          </span>
        </button>
      )}
      {picked && (
        <div className="flex flex-wrap justify-center gap-2">
          <Button look="quiet" onClick={drop}>
            {t('common:cancel')}
          </Button>
          <Button isBusy={isBusy} onClick={() => void save(picked)}>
            {t('settings:usePicture')}
          </Button>
        </div>
      )}
      <Alert text={error} />
    </>
  );
}

function Rename({ room, onDone }: { room: RoomEntry; onDone: () => void }) {
  const { t } = useTranslation(['panel', 'common']);
  const dispatch = useAppDispatch();
  const { run, isBusy, error } = useAction();
  const [name, setName] = useState(room.name);
  const submit = async () => {
    const wanted = name.trim();
    if (wanted === room.name || (await run(() => dispatch(changeRoom({ id: room.id, name: wanted })))))
      onDone();
  };
  return (
    <form
      className="flex w-full flex-col gap-2 text-left"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Field
        label={t('roomName')}
        value={name}
        maxLength={NAME_MAX}
        autoFocus
        onFocus={(event) => event.target.select()}
        onChange={(event) => setName(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.preventDefault();
          onDone();
        }}
        error={error}
      />
      <div className="flex justify-end gap-2">
        <Button look="quiet" onClick={onDone}>
          {t('common:cancel')}
        </Button>
        <Button type="submit" isBusy={isBusy} disabled={isBusy || name.trim() === ''}>
          {t('common:save')}
        </Button>
      </div>
    </form>
  );
}
