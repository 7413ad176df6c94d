import { type Bar, barAt, brokenSince, nextLook } from './bar';
import { selectStatus } from './slice';

/** What the bar shows now; it changes with the connection and with time. */
export function useConnectionBar(): Bar {
  const status = useAppSelector(selectStatus);
  const [since, setSince] = useState(() => brokenSince(null, status));
  const [now, setNow] = useState(() => Date.now());

  const next = brokenSince(since, status);
  if (next !== since) setSince(next);

  useEffect(() => {
    const at = nextLook(since, status, Date.now());
    if (at === null) return;
    const timer = setTimeout(() => setNow(Date.now()), at - Date.now());
    return () => clearTimeout(timer);
  }, [since, status, now]);

  return barAt(next, status, Math.max(now, status.since));
}
