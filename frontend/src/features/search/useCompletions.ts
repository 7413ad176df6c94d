import { useFindUsersQuery } from '@/api/queries';
import { selectMyId } from '@/features/account/slice';
import { selectUsers } from '@/features/people/slice';
import { useFaces } from '@/features/rooms/face';
import { FIT, fitOf } from '@/features/rooms/match';
import { byActivity } from '@/features/rooms/order';
import { selectRoom, selectRooms } from '@/features/rooms/slice';
import { selectDevice } from '@/features/settings/slice';
import { dayLabel } from '@/lib/format';
import { dayStart, parseDay, writeDay } from './days';
import { type Completable, writeToken } from './query';
import { FILTERS, type FilterName, KINDS, type Kind, ME } from './vocabulary';

export interface Completion {
  /** What is written into the field. */
  written: string;
  label: string;
  hint?: string;
}

const MOST = 7;
const NOBODY: Completion[] = [];

/** What may be meant where the caret stands, best first. `roomId` is the conversation that is open, 0 for none. */
export function useCompletions(place: Completable | null, roomId: number): Completion[] {
  const people = usePeople(place, roomId);
  const rooms = useRooms(place);
  const words = useWords(place);
  if (!place) return NOBODY;
  if (place.name === 'from') return people;
  if (place.name === 'in') return rooms;
  return words;
}

/** The best of some names, those that fit what was typed; all of them before something is. */
function bestOf<Named extends { name: string }>(all: Named[], typed: string): Named[] {
  if (!typed) return all.slice(0, MOST);
  return all
    .map((one) => ({ one, fit: fitOf(one.name, typed) }))
    .filter(({ fit }) => fit > FIT.NONE)
    .sort((a, b) => b.fit - a.fit)
    .slice(0, MOST)
    .map(({ one }) => one);
}

/** From so many letters on the server is asked for people whom the page has not met. */
const ASK_FROM = 2;

function usePeople(place: Completable | null, roomId: number): Completion[] {
  const { t } = useTranslation('search');
  const { language } = useAppSelector(selectDevice);
  const known = useAppSelector(selectUsers);
  const myId = useAppSelector(selectMyId);
  const members = useAppSelector((state) => selectRoom(state, roomId)?.memberIds);
  const isAsked = place?.name === 'from';
  const typed = isAsked ? place.typed.replace(/^@/, '') : '';
  const { data: found } = useFindUsersQuery(typed, { skip: typed.length < ASK_FROM });
  return useMemo(() => {
    if (!isAsked) return NOBODY;
    // Among equals the people of this conversation come first: they are the ones whose words are looked for here.
    const near = members?.flatMap((id) => known[id] ?? []) ?? [];
    const users = new Map(
      [...near, ...Object.values(known), ...(found ?? [])].map((user) => [user.id, user.userName]),
    );
    users.delete(myId);
    const people = [...users.values()].map((name) => ({ name, label: name, value: name }));
    const me = { name: ME.me[language], label: t('me'), value: ME.me[language] };
    return bestOf([me, ...people], typed).map(({ label, value }) => ({
      label,
      written: writeToken('from', value, language),
    }));
  }, [isAsked, typed, known, members, found, myId, language, t]);
}

function useRooms(place: Completable | null): Completion[] {
  const { language } = useAppSelector(selectDevice);
  const all = useAppSelector(selectRooms);
  const sorted = useMemo(() => [...all].sort(byActivity), [all]);
  const faces = useFaces(sorted);
  if (place?.name !== 'in') return NOBODY;
  return bestOf(faces, place.typed).map(({ name }) => ({
    label: name,
    written: writeToken('in', name, language),
  }));
}

/** Names of filters, days, kinds of content: a handful that is always the same. */
function useWords(place: Completable | null): Completion[] {
  const { t } = useTranslation('search');
  const { language } = useAppSelector(selectDevice);
  const [now] = useState(() => new Date());
  if (!place) return NOBODY;
  const { name, typed } = place;
  const begins = (word: string) => word.toLowerCase().startsWith(typed.toLowerCase());

  if (name === null) {
    const names = Object.keys(FILTERS) as FilterName[];
    return names
      .filter((filter) => Object.values(FILTERS[filter]).some(begins))
      .map((filter) => ({
        label: writeToken(filter, '', language),
        hint: t(`filter.${filter}`),
        written: writeToken(filter, '', language),
      }));
  }
  if (name === 'mentions') {
    return Object.values(ME.me).some(begins)
      ? [{ label: t('me'), written: writeToken('mentions', ME.me[language], language) }]
      : NOBODY;
  }
  if (name === 'has') {
    const kinds = Object.keys(KINDS) as Kind[];
    return kinds
      .filter((kind) => Object.values(KINDS[kind]).some(begins))
      .map((kind) => ({
        label: t(`kind.${kind}`),
        written: writeToken('has', KINDS[kind][language], language),
      }));
  }
  if (name === 'from' || name === 'in') return NOBODY;
  const dayOf = (label: string, day: Date) => ({
    label,
    hint: dayLabel(day.toISOString(), now.getTime(), language),
    written: writeToken(name, writeDay(day), language),
  });
  const typedDay = parseDay(typed, now);
  if (typedDay) return [dayOf(writeDay(typedDay), typedDay)];
  return [
    dayOf(t('today'), dayStart(now)),
    dayOf(t('yesterday'), dayStart(now, -1)),
    dayOf(t('weekAgo'), dayStart(now, -7)),
    dayOf(t('monthAgo'), dayStart(now, -30)),
  ].filter(({ label, written }) => begins(label) || written.includes(`:${typed}`));
}
