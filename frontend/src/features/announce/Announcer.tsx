import { setLiveRegion } from './region';

/** How long a text stays, in milliseconds: long enough to be noticed, and gone before it could be read as a part of the page. */
const STAYS_MS = 1500;

/** The one place of the page that speaks up to screen readers. */
export function Announcer() {
  const [said, setSaid] = useState({ id: 0, text: '' });
  useEffect(() => {
    setLiveRegion((text) => setSaid(({ id }) => ({ id: id + 1, text })));
    return () => setLiveRegion(undefined);
  }, []);
  useEffect(() => {
    if (!said.text) return;
    const timer = setTimeout(() => setSaid(({ id }) => ({ id, text: '' })), STAYS_MS);
    return () => clearTimeout(timer);
  }, [said]);
  return (
    <div aria-live="polite" className="sr-only">
      {/* A new element each time, since a text that stays the same is no news. */}
      <span key={said.id}>{said.text}</span>
    </div>
  );
}
