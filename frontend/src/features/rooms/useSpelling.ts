import { type Spelling, hasHan, isSpelled } from './match';

let loaded: Spelling | undefined;

async function load(): Promise<Spelling> {
  const { default: pinyin } = await import('pinyin-match');
  loaded = (name, query) => pinyin.match(name, query) !== false;
  return loaded;
}

/** What knows how Chinese is spelled, loaded once somebody searches Chinese names in Latin letters. */
export function useSpelling(query: string, names: string[]): Spelling | undefined {
  const [spelling, setSpelling] = useState(() => loaded);
  const isNeeded = !spelling && query.trim() !== '' && isSpelled(query) && names.some(hasHan);
  useEffect(() => {
    if (!isNeeded) return;
    let isOver = false;
    load().then(
      (next) => {
        if (!isOver) setSpelling(() => next);
      },
      // Offline and not at hand: names are found as they are written.
      () => undefined,
    );
    return () => {
      isOver = true;
    };
  }, [isNeeded]);
  return spelling;
}
