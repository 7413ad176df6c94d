import clsx from 'clsx';

import { Avatar } from '@/ui/Avatar';
import type { SuggestionList } from './useSuggestions';

/** People or emoji for the word that is being typed, above the composer. */
export function Suggestions({ id, list }: { id: string; list: SuggestionList }) {
  const { t } = useTranslation('composer');
  const { items, active, pick, setActive } = list;
  if (items.length === 0) return null;
  return (
    <div
      id={id}
      role="listbox"
      aria-label={t('suggestions')}
      className="absolute bottom-full left-0 z-20 mb-2 w-72 max-w-full animate-rise rounded-lg bg-raised p-1.5 shadow-3"
    >
      {items.map((item, index) => (
        <div
          key={item.id}
          id={`suggestion-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          onPointerMove={() => setActive(index)}
          onPointerDown={(event) => {
            event.preventDefault();
            pick(item);
          }}
          className={clsx(
            'flex min-h-9 cursor-pointer items-center gap-2.5 rounded-md px-2 text-md coarse:min-h-11',
            index === active && 'bg-hover',
          )}
        >
          {item.user && (
            <Avatar
              id={item.user.id}
              name={item.user.userName}
              image={item.user.image}
              size={24}
              presence={item.user.online ? 'online' : null}
              ring="border-raised"
            />
          )}
          <span className="truncate">{item.label}</span>
        </div>
      ))}
    </div>
  );
}
