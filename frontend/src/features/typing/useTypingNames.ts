import { selectMyId } from '@/features/account/slice';
import { selectTypingIn, selectUsers } from '@/features/people/slice';

/** Ids of the others whose marks have not run out. */
function activeTypists(typing: Record<number, number> | undefined, myId: number, now: number): number[] {
  return Object.entries(typing ?? {})
    .filter(([id, until]) => Number(id) !== myId && until > now)
    .map(([id]) => Number(id));
}

/** Names of the people who type in a room right now, never the user's own. */
export function useTypingNames(roomId: number): string[] {
  const typing = useAppSelector((state) => selectTypingIn(state, roomId));
  const myId = useAppSelector(selectMyId);
  const users = useAppSelector((state) => (typing ? selectUsers(state) : undefined));
  // Stands still between marks: an early clock shows no mark too few, and it is set when one runs out.
  const [now, setNow] = useState(() => Date.now());

  useEffect(() => {
    const ends = Object.values(typing ?? {}).filter((until) => until > now);
    if (ends.length === 0) return;
    const timer = setTimeout(() => setNow(Date.now()), Math.max(0, Math.min(...ends) - Date.now()));
    return () => clearTimeout(timer);
  }, [typing, now]);

  return useMemo(
    () =>
      activeTypists(typing, myId, now).flatMap((id) => {
        const user = users?.[id];
        return user ? [user.userName] : [];
      }),
    [typing, myId, users, now],
  );
}
