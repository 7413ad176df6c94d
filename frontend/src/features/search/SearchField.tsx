import clsx from 'clsx';
import { ListFilter, Search, X } from 'lucide-react';

import { type Completable, complete, completableAt } from './query';
import { type Completion, useCompletions } from './useCompletions';

interface Props {
  /** The conversation beside which it stands. */
  roomId?: number;
  text: string;
  onText: (text: string) => void;
  /** Arrow down, or Enter, with nothing to complete: on to the hits. */
  onLeave: (key: 'ArrowDown' | 'Enter') => void;
  /** Whether the filters are shown below. */
  areFiltersOpen: boolean;
  onToggleFilters: () => void;
  ref: React.RefObject<HTMLInputElement | null>;
}

const NONE: Completion[] = [];

/** The line that is searched for. It completes filters while somebody types. */
export function SearchField({
  roomId = 0,
  text,
  onText,
  onLeave,
  areFiltersOpen,
  onToggleFilters,
  ref,
}: Props) {
  const { t } = useTranslation('search');
  const listId = useId();
  const [place, setPlace] = useState<Completable | null>(null);
  const offered = useCompletions(place, roomId);
  // What stands there already needs no offer.
  const isDone =
    offered.length === 1 && place !== null && offered[0]?.written === text.slice(place.start, place.end);
  const completions = isDone ? NONE : offered;
  // Names of filters are a guess, so that Enter takes one only after an arrow has chosen it.
  const [chosen, setChosen] = useState(-1);
  const active = place && completions.length > 0 ? Math.min(chosen, completions.length - 1) : -1;

  const look = (input: HTMLInputElement) => {
    const next = completableAt(input.value, input.selectionStart ?? input.value.length);
    setPlace(next);
    setChosen(next?.name ? 0 : -1);
  };

  const take = ({ written }: Completion) => {
    const input = ref.current;
    if (!place || !input) return;
    const next = complete(text, place, written);
    onText(next.text);
    requestAnimationFrame(() => {
      input.focus();
      input.setSelectionRange(next.caret, next.caret);
      look(input);
    });
  };

  const press = (event: React.KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    const { key } = event;
    const isCompleting = place !== null && completions.length > 0;
    if (isCompleting && (key === 'ArrowDown' || key === 'ArrowUp')) {
      const step = key === 'ArrowDown' ? 1 : -1;
      setChosen((active + step + completions.length) % completions.length);
    } else if (isCompleting && active >= 0 && (key === 'Enter' || key === 'Tab')) {
      const completion = completions[active];
      if (completion) take(completion);
    } else if (isCompleting && key === 'Escape') setPlace(null);
    else if (key === 'ArrowDown' || key === 'Enter') onLeave(key);
    else return;
    event.preventDefault();
  };

  return (
    <div data-search-field className="relative">
      <div className="flex h-9 items-center gap-1 rounded-md bg-sunken pr-1 pl-3 focus-within:outline-2 focus-within:outline-focus contrast:border contrast:border-line coarse:h-10">
        <Search size={16} aria-hidden className="shrink-0 text-fg-3" />
        <input
          ref={ref}
          type="text"
          data-region-focus
          autoFocus
          value={text}
          maxLength={256}
          aria-label={t('field')}
          placeholder={t('field')}
          aria-autocomplete="list"
          aria-controls={listId}
          aria-activedescendant={active >= 0 ? `${listId}-${active}` : undefined}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          enterKeyHint="search"
          onChange={(event) => {
            onText(event.target.value);
            look(event.target);
          }}
          onClick={(event) => look(event.currentTarget)}
          onBlur={() => setPlace(null)}
          onKeyDown={press}
          className="min-w-0 flex-1 bg-transparent px-1 text-md text-fg outline-none placeholder:text-fg-3"
        />
        {text && (
          <FieldButton label={t('clear')} onClick={() => onText('')} focus={ref}>
            <X size={16} aria-hidden />
          </FieldButton>
        )}
        <FieldButton label={t('filters')} isOn={areFiltersOpen} onClick={onToggleFilters}>
          <ListFilter size={16} aria-hidden />
        </FieldButton>
      </div>
      <ul
        id={listId}
        role="listbox"
        aria-label={t('completions')}
        className={clsx(
          'absolute inset-x-0 top-full z-20 mt-1 max-h-72 overflow-y-auto rounded-lg bg-raised p-1.5 shadow-3',
          (!place || completions.length === 0) && 'hidden',
        )}
      >
        {completions.map((completion, index) => (
          <li
            key={completion.written}
            id={`${listId}-${index}`}
            role="option"
            aria-selected={index === active}
            onPointerDown={(event) => {
              // The field keeps the focus.
              event.preventDefault();
              take(completion);
            }}
            className={clsx(
              'flex min-h-9 cursor-pointer items-center gap-3 rounded-md px-2.5 text-md coarse:min-h-11',
              index === active ? 'bg-hover' : 'can-hover:hover:bg-hover',
            )}
          >
            <span className="min-w-0 flex-1 truncate font-medium">{completion.label}</span>
            {completion.hint && <span className="shrink-0 text-xs text-fg-3">{completion.hint}</span>}
          </li>
        ))}
      </ul>
    </div>
  );
}

interface ButtonProps {
  label: string;
  isOn?: boolean;
  onClick: () => void;
  /** Gets the focus, since the button goes. */
  focus?: React.RefObject<HTMLInputElement | null>;
  children: React.ReactNode;
}

function FieldButton({ label, isOn, onClick, focus, children }: ButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      aria-expanded={isOn}
      onClick={() => {
        onClick();
        focus?.current?.focus();
      }}
      className={clsx(
        'flex size-7 shrink-0 items-center justify-center rounded-sm',
        isOn ? 'bg-accent-tint text-accent-text' : 'text-fg-3 hover:bg-hover hover:text-fg',
      )}
    >
      {children}
    </button>
  );
}
