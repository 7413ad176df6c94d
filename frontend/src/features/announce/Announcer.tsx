import { setLiveRegion } from './region';

/** The one place of the page that speaks up to screen readers. */
export function Announcer() {
  const [said, setSaid] = useState({ id: 0, text: '' });
  useEffect(() => {
    setLiveRegion((text) => setSaid(({ id }) => ({ id: id + 1, text })));
    return () => setLiveRegion(undefined);
  }, []);
  return (
    <div aria-live="polite" className="sr-only">
      {/* A new element each time, since a text that stays the same is no news. */}
      <span key={said.id}>{said.text}</span>
    </div>
  );
}
