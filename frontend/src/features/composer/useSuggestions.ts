import type { User } from '@banter/client';

import { useMembersQuery } from '@/api/queries';
import { selectMyId } from '@/features/account/slice';
import { selectDevice } from '@/features/settings/slice';
import type { RoomEntry } from '@/features/rooms/slice';
import { type Query, queryAt } from './suggest';

export interface Suggestion {
  id: string;
  /** What is put into the text. */
  value: string;
  label: string;
  user?: User;
}

export interface SuggestionList {
  query: Query | null;
  items: Suggestion[];
  active: number;
  setActive: (index: number) => void;
  pick: (item: Suggestion) => void;
}

const SHOWN_MAX = 8;
const NOBODY: User[] = [];

/** Everybody in the room who can be mentioned, others than the user. */
export function useMentionable(room: RoomEntry): User[] {
  const myId = useAppSelector(selectMyId);
  const { data } = useMembersQuery({ id: room.id });
  return useMemo(
    () => data?.map((member) => member.user).filter((user) => user.id !== myId) ?? NOBODY,
    [data, myId],
  );
}

/** Suggestions for the word before the caret. `dismissed` is a text for which they were closed. */
export function useSuggestions(
  people: User[],
  text: string,
  caret: number,
  pick: (query: Query, item: Suggestion) => void,
): SuggestionList & { dismiss: () => void } {
  const { language } = useAppSelector(selectDevice);
  // Which one is marked, for which question: another question begins with the first.
  const [marked, setMarked] = useState({ key: '', index: 0 });
  const [dismissed, setDismissed] = useState<string | null>(null);
  const [emoji, setEmoji] = useState<{ typed: string; items: Suggestion[] }>({ typed: '', items: [] });
  const query = useMemo(() => (dismissed === text ? null : queryAt(text, caret)), [text, caret, dismissed]);
  const typed = query?.typed ?? '';
  const kind = query?.kind;
  const key = `${kind} ${typed}`;

  useEffect(() => {
    if (kind !== 'emoji') return;
    let isWanted = true;
    void import('@/features/emoji/complete')
      .then(({ emojiMatches }) => emojiMatches(typed, language))
      .then(
        (found) => {
          if (!isWanted) return;
          const items = found.map(({ emoji, name }) => ({
            id: emoji,
            value: emoji,
            label: `${emoji} ${name}`,
          }));
          setEmoji({ typed, items });
        },
        // Not to be had now: what was typed stays as it is.
        () => undefined,
      );
    return () => {
      isWanted = false;
    };
  }, [kind, typed, language]);

  const items = useMemo((): Suggestion[] => {
    if (kind === 'emoji') return emoji.typed === typed ? emoji.items : [];
    if (kind !== 'person') return [];
    const wanted = typed.toLowerCase();
    return people
      .filter((user) => user.userName.toLowerCase().includes(wanted))
      .sort((a, b) => rank(a, wanted) - rank(b, wanted))
      .slice(0, SHOWN_MAX)
      .map((user) => ({ id: String(user.id), value: `@${user.userName}`, label: user.userName, user }));
  }, [kind, typed, emoji, people]);

  return {
    query,
    items,
    active: marked.key === key ? Math.min(marked.index, Math.max(0, items.length - 1)) : 0,
    setActive: (index) => setMarked({ key, index }),
    pick: (item) => query && pick(query, item),
    dismiss: () => setDismissed(text),
  };
}

function rank(user: User, wanted: string): number {
  return (user.userName.toLowerCase().startsWith(wanted) ? 0 : 2) + (user.online ? 0 : 1);
}
