const startOfDay = (moment: number) => new Date(moment).setHours(0, 0, 0, 0);

/** The moment at which the reader's day began; changes at midnight. */
export function useToday(): number {
  const [today, setToday] = useState(() => startOfDay(Date.now()));
  useEffect(() => {
    const midnight = new Date(today).setHours(24, 0, 0, 0);
    const look = () => setToday(startOfDay(Date.now()));
    const timer = setTimeout(look, midnight - Date.now());
    // Timers stand still while a device sleeps.
    document.addEventListener('visibilitychange', look);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [today]);
  return today;
}
