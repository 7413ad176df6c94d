import { selectMyId } from '@/features/account/slice';
import { selectUsers } from '@/features/people/slice';
import { openPerson } from '@/features/people/openPerson';
import clsx from 'clsx';
import { createSelector } from '@reduxjs/toolkit';

import { type Piece, splitText } from './pieces';

const RichText = lazy(() => import('./RichText'));

/** Signs that a text may be more than plain words. */
const FORMATTED = /[*_~`|]|^\s*(?:>|#{1,6}\s|[-+]\s|\d+[.)]\s)|\[.+\]\(/m;
const LINES_MAX = 20;
const CHARACTERS_MAX = 1600;

interface Props {
  text: string;
  mention: number[];
  isOwn: boolean;
}

export interface Named {
  id: number;
  name: string;
}

const selectNames = createSelector(
  [selectUsers, (_state: unknown, ids: string) => ids],
  (users, ids): Named[] =>
    ids.split(',').flatMap((id) => {
      const user = users[Number(id)];
      return user ? [{ id: user.id, name: user.userName }] : [];
    }),
  { memoizeOptions: { resultEqualityCheck: sameNames } },
);

function sameNames(a: Named[], b: Named[]): boolean {
  return (
    a.length === b.length && a.every((one, index) => one.id === b[index]?.id && one.name === b[index]?.name)
  );
}

/** Words of a message: links, mentions, and formatting where there is any. Long texts fold. */
export function MessageText({ text, mention, isOwn }: Props) {
  const { t } = useTranslation('timeline');
  const names = useAppSelector((state) => selectNames(state, mention.join()));
  const isLong = text.length > CHARACTERS_MAX || text.split('\n').length > LINES_MAX;
  const [isOpen, setOpen] = useState(false);
  const plain = <PlainText text={text} names={names} isOwn={isOwn} />;
  const body = FORMATTED.test(text) ? (
    <Suspense fallback={plain}>
      <RichText text={text} names={names} isOwn={isOwn} />
    </Suspense>
  ) : (
    plain
  );
  if (!isLong) return <div dir="auto">{body}</div>;
  return (
    <>
      <div
        dir="auto"
        className={clsx(
          !isOpen &&
            'max-h-[460px] overflow-hidden [mask-image:linear-gradient(to_bottom,black_88%,transparent)]',
        )}
      >
        {body}
      </div>
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
        className="touch mt-1 min-h-7 rounded-xs font-semibold text-accent-text"
      >
        {isOpen ? t('showLess') : t('showMore')}
      </button>
    </>
  );
}

function PlainText({ text, names, isOwn }: { text: string; names: Named[]; isOwn: boolean }) {
  return (
    <p className="whitespace-pre-wrap">
      {splitText(text, names).map((piece, index) => (
        <PieceView key={index} piece={piece} isOwn={isOwn} />
      ))}
    </p>
  );
}

/** A link, a mention, or words. */
export function PieceView({ piece, isOwn }: { piece: Piece; isOwn: boolean }) {
  if (piece.kind === 'text') return piece.text;
  if (piece.kind === 'mention') return <Mention id={piece.id} text={piece.text} isOwn={isOwn} />;
  return (
    <a
      href={piece.href}
      target="_blank"
      rel="noopener noreferrer nofollow"
      className={clsx('underline underline-offset-2', !isOwn && 'text-accent-text')}
    >
      {piece.text}
    </a>
  );
}

function Mention({ id, text, isOwn }: { id: number; text: string; isOwn: boolean }) {
  const isMe = useAppSelector(selectMyId) === id;
  return (
    <button
      type="button"
      onClick={(event) => openPerson(id, event.currentTarget)}
      className={clsx(
        'rounded-xs px-1 font-semibold [text-autospace:no-autospace]',
        isMe
          ? 'bg-signal-tint text-signal-text'
          : ['text-accent-text', isOwn ? 'bg-quote-own' : 'bg-accent-tint'],
      )}
    >
      {text}
    </button>
  );
}
