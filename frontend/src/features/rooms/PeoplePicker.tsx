import type { User } from '@banter/client';
import clsx from 'clsx';
import { X } from 'lucide-react';

import { usePeopleSearch } from '@/features/people/usePeopleSearch';
import { useCombobox } from '@/ui/useCombobox';
import { Avatar } from '@/ui/Avatar';

interface Props {
  value: User[];
  onChange: (people: User[]) => void;
}

/** Picks people: friends stand there to begin with, others are found by name. */
export function PeoplePicker({ value, onChange }: Props) {
  const { t } = useTranslation('rooms');
  const id = useId();
  const [query, setQuery] = useState('');
  const { friends, others, isLoading } = usePeopleSearch(query);
  const input = useRef<HTMLInputElement>(null);
  const isPicked = ({ id }: User) => value.some((person) => person.id === id);
  const people = [...friends, ...others].filter((person) => !isPicked(person));

  const add = (person: User) => {
    onChange([...value, person]);
    setQuery('');
    input.current?.focus();
  };
  const remove = (person: User) => onChange(value.filter((one) => one.id !== person.id));
  const { active, inputProps, listProps, optionProps } = useCombobox({
    items: people,
    keyOf: (person) => String(person.id),
    query,
    onPick: add,
  });

  return (
    <div className="group/picker flex flex-col gap-1.5">
      <label htmlFor={id} className="text-sm font-semibold text-fg-2">
        {t('create.people')}
      </label>
      <div className="flex flex-wrap items-center gap-1.5 rounded-md bg-sunken p-1 focus-within:outline-2 focus-within:outline-focus contrast:border contrast:border-line">
        {value.map((person) => (
          <Chip key={person.id} person={person} onRemove={() => remove(person)} />
        ))}
        <input
          {...inputProps}
          ref={input}
          id={id}
          type="text"
          placeholder={value.length > 0 ? undefined : t('create.peopleHint')}
          value={query}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setQuery(event.target.value)}
          onKeyDown={(event) => {
            inputProps.onKeyDown(event);
            const last = value.at(-1);
            if (event.key === 'Backspace' && !query && last) remove(last);
            // What was typed is no reason to make the room yet.
            if (event.key === 'Enter' && query) event.preventDefault();
          }}
          className="h-7 min-w-24 flex-1 bg-transparent px-2 text-md placeholder:text-fg-3 focus:outline-none coarse:h-9"
        />
      </div>
      <div
        {...listProps}
        aria-label={t('create.peopleFound')}
        className="-mx-2 max-h-44 overflow-y-auto empty:hidden"
      >
        {people.map((person, index) => (
          <div
            key={person.id}
            {...optionProps(index)}
            className={clsx(
              'flex h-11 cursor-pointer items-center gap-3 rounded-md px-2',
              index === active && 'group-focus-within/picker:bg-hover',
            )}
          >
            <Avatar
              id={person.id}
              name={person.userName}
              image={person.image}
              size={30}
              presence={person.online ? 'online' : null}
              ring="border-raised"
            />
            <span dir="auto" className="truncate text-md font-medium">
              {person.userName}
            </span>
          </div>
        ))}
      </div>
      <p role="status" className="text-sm text-fg-3 empty:hidden">
        {query.trim() && people.length === 0 && !isLoading ? t('create.nobodyFound') : null}
      </p>
    </div>
  );
}

function Chip({ person, onRemove }: { person: User; onRemove: () => void }) {
  const { t } = useTranslation('rooms');
  return (
    <span className="flex h-7 max-w-full items-center gap-1.5 rounded-full bg-accent-tint pl-0.5 text-sm font-semibold text-accent-text coarse:h-9">
      <Avatar id={person.id} name={person.userName} image={person.image} size={24} />
      <span dir="auto" className="truncate">
        {person.userName}
      </span>
      <button
        type="button"
        aria-label={t('create.remove', { name: person.userName })}
        onClick={onRemove}
        className="touch focus-inside flex size-7 shrink-0 items-center justify-center rounded-full hover:bg-hover coarse:size-9"
      >
        <X aria-hidden size={14} />
      </button>
    </span>
  );
}
