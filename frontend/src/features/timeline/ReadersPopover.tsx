import { useMembersQuery } from '@/api/queries';
import { selectMyId } from '@/features/account/slice';
import type { RoomEntry } from '@/features/rooms/slice';
import { Avatar } from '@/ui/Avatar';
import { Popover } from '@/ui/Popover';

interface Props {
  room: RoomEntry;
  seq: number;
  anchor: HTMLElement;
  onClose: () => void;
}

/** Who has read a message, and who has not. */
export default function ReadersPopover({ room, seq, anchor, onClose }: Props) {
  const { t } = useTranslation('timeline');
  return (
    <Popover label={t('readers')} anchor={anchor} onClose={onClose} placement="top-end">
      <Readers room={room} seq={seq} />
    </Popover>
  );
}

function Readers({ room, seq }: { room: RoomEntry; seq: number }) {
  const { t } = useTranslation('timeline');
  const myId = useAppSelector(selectMyId);
  const { data } = useMembersQuery({ id: room.id });
  const others = (data ?? []).map((member) => member.user).filter((user) => user.id !== myId);
  const groups = [
    { title: t('hasRead'), users: others.filter((user) => (room.readSeq[user.id] ?? 0) >= seq) },
    { title: t('hasNotRead'), users: others.filter((user) => (room.readSeq[user.id] ?? 0) < seq) },
  ];
  return (
    <div className="max-h-80 w-60 overflow-y-auto p-3">
      {groups.map(
        ({ title, users }) =>
          users.length > 0 && (
            <section key={title} className="mb-2">
              <h3 className="py-1 text-xs font-semibold text-fg-3">
                {title} {users.length}
              </h3>
              <ul>
                {users.map((user) => (
                  <li key={user.id} className="flex items-center gap-2 py-1">
                    <Avatar id={user.id} name={user.userName} image={user.image} size={24} />
                    <span className="truncate text-md">{user.userName}</span>
                  </li>
                ))}
              </ul>
            </section>
          ),
      )}
    </div>
  );
}
