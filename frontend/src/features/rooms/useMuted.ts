import { type RoomSettings, isMuted } from '@/features/settings/slice';

/** Longer waits overflow the browser's timers. */
const TIMER_MAX = 2_147_483_647;

/** Whether a room makes no noise; changes when its time is over. */
export function useMuted(settings: RoomSettings): boolean {
  const [now, setNow] = useState(() => Date.now());
  const isOn = isMuted(settings, now);
  useEffect(() => {
    if (!isOn) return;
    const wait = Math.max(0, (settings.mutedUntil ?? 0) - Date.now()) + 1;
    const timer = setTimeout(() => setNow(Date.now()), Math.min(wait, TIMER_MAX));
    return () => clearTimeout(timer);
  }, [isOn, now, settings.mutedUntil]);
  return isOn;
}
