import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';

import { selectMyId } from '@/features/account/slice';
import { PersonDetails } from '@/features/people/PersonDetails';
import { SidePanel } from '@/features/shell/SidePanel';
import { paths } from '@/lib/paths';
import { type RoomEntry, otherOf } from '../slice';
import { AddPeopleDialog } from './AddPeopleDialog';
import { roleIn } from './can';
import { MediaStrip } from './MediaStrip';
import { MemberRow } from './MemberRow';
import { groupMembers } from './members';
import { RoomEnd } from './RoomEnd';
import { RoomHead } from './RoomHead';
import { RoomRules } from './RoomRules';
import { Tiles } from './Tiles';
import { useMembers } from './useMembers';

/** Members that are shown without opening the list of all. */
const SHOWN = 8;

/** What a room is, who is in it, and what can be done with it. */
export function DetailsPanel({ room }: { room: RoomEntry }) {
  const { t } = useTranslation('panel');
  const otherId = otherOf(room, useAppSelector(selectMyId));
  const [isAdding, setAdding] = useState(false);
  return (
    <SidePanel title={t('details')}>
      <div className="flex flex-col gap-6 px-5 pt-1 pb-8">
        {otherId ? <PersonDetails userId={otherId} size="card" /> : <RoomHead room={room} />}
        <Tiles room={room} onAdd={() => setAdding(true)} />
        <MediaStrip room={room} />
        {!room.isDirect && (
          <>
            <SomeMembers room={room} />
            <RoomRules room={room} />
            <RoomEnd room={room} />
          </>
        )}
      </div>
      <AddPeopleDialog room={room} isOpen={isAdding} onClose={() => setAdding(false)} />
    </SidePanel>
  );
}

function SomeMembers({ room }: { room: RoomEntry }) {
  const { t, i18n } = useTranslation('panel');
  const { people } = useMembers(room);
  const shown = groupMembers(room, people, '', i18n.language)
    .flatMap((group) => group.people)
    .slice(0, SHOWN);
  return (
    <section>
      <PanelHead to={paths.room(room.id, { panel: 'members' })} count={room.memberCount}>
        {t('members')}
      </PanelHead>
      <ul className="-mx-2">
        {shown.map((user) => {
          const role = roleIn(room, user.id);
          return (
            <MemberRow key={user.id} user={user} role={role === 'member' ? undefined : t(`role.${role}`)} />
          );
        })}
      </ul>
    </section>
  );
}

interface HeadProps {
  to: string;
  count?: number;
  children: ReactNode;
}

/** The name of a part of the panel, and the way to all of it. */
export function PanelHead({ to, count, children }: HeadProps) {
  return (
    <h3 className="mb-2">
      <Link
        to={to}
        className="-mx-2 flex min-h-8 items-center gap-1 rounded-md px-2 text-md font-bold hover:bg-hover coarse:min-h-11"
      >
        <span className="flex-1">{children}</span>
        {count !== undefined && <span className="font-normal text-fg-3 tabular-nums">{count}</span>}
        <ChevronRight aria-hidden size={17} className="text-fg-3" />
      </Link>
    </h3>
  );
}
