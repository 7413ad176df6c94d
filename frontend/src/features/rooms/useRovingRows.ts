import type { KeyboardEvent, RefObject } from 'react';

/** Letters that follow each other faster belong to one name. */
const TYPING_MS = 700;
const PAGE = 8;
const FRAMES_MAX = 20;

interface Rows {
  /** Ids in the order in which they stand. */
  ids: number[];
  nameOf: (id: number) => string;
  /** Where Tab goes as long as nobody moved. */
  startId: number;
  box: RefObject<HTMLElement | null>;
  /** Opens the menu of a row by key. */
  onMenu: (id: number, row: HTMLElement) => void;
}

/** A list that is one stop for Tab, with arrows, Home, End, pages and the beginnings of names inside. */
export function useRovingRows({ ids, nameOf, startId, box, onMenu }: Rows) {
  const [movedTo, setMovedTo] = useState<number | null>(null);
  const typed = useRef({ text: '', at: 0 });
  const tabStop = [movedTo, startId].find((id) => id !== null && ids.includes(id)) ?? ids[0];

  // A row far away is put into the page first, by the render that follows.
  const wantsFocus = useRef(false);
  useEffect(() => {
    if (!wantsFocus.current || tabStop === undefined) return;
    const find = () => box.current?.querySelector<HTMLElement>(`[data-room="${tabStop}"]`);
    return focusRow(find, () => {
      wantsFocus.current = false;
    });
  });

  const moveTo = (id: number | undefined) => {
    if (id === undefined) return;
    wantsFocus.current = true;
    setMovedTo(id);
  };

  const byName = (letter: string, from: number) => {
    const now = performance.now();
    const isMore = now - typed.current.at < TYPING_MS;
    const text = (isMore ? typed.current.text : '') + letter.toLowerCase();
    typed.current = { text, at: now };
    // A first letter looks further down, more letters may stay.
    const start = isMore ? from : from + 1;
    const later = [...ids.slice(start), ...ids.slice(0, start)];
    return later.find((id) => nameOf(id).toLowerCase().startsWith(text));
  };

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.nativeEvent.isComposing) return;
    const row = (event.target as HTMLElement).closest<HTMLElement>('[data-room]');
    if (!row) return;
    const at = ids.indexOf(Number(row.dataset.room));
    if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
      event.preventDefault();
      onMenu(Number(row.dataset.room), row);
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const clamp = (index: number) => ids[Math.min(Math.max(index, 0), ids.length - 1)];
    const moves: Record<string, () => number | undefined> = {
      ArrowDown: () => clamp(at + 1),
      ArrowUp: () => clamp(at - 1),
      PageDown: () => clamp(at + PAGE),
      PageUp: () => clamp(at - PAGE),
      Home: () => clamp(0),
      End: () => clamp(ids.length - 1),
    };
    const isLetter = [...event.key].length === 1 && event.key !== ' ';
    const move = moves[event.key] ?? (isLetter ? () => byName(event.key, at) : undefined);
    if (!move) return;
    event.preventDefault();
    event.stopPropagation();
    moveTo(move());
  };

  return {
    tabStop,
    moveTo,
    listProps: {
      onKeyDown,
      // A click or a menu that gives focus back moves the stop as well.
      onFocus: (event: React.FocusEvent<HTMLElement>) => {
        const row = event.target.closest<HTMLElement>('[data-room]');
        if (row) setMovedTo(Number(row.dataset.room));
      },
    },
  };
}

/** Focuses a row as soon as it can be: new rows of a long list are invisible until they are measured. */
function focusRow(find: () => HTMLElement | null | undefined, done: () => void): () => void {
  let frame = 0;
  const attempt = (left: number) => {
    const row = find();
    row?.scrollIntoView({ block: 'nearest' });
    row?.focus();
    if (left === 0 || document.activeElement === row) done();
    else frame = requestAnimationFrame(() => attempt(left - 1));
  };
  attempt(FRAMES_MAX);
  return () => cancelAnimationFrame(frame);
}
