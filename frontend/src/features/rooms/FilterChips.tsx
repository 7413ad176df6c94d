import clsx from 'clsx';

import { FILTERS, type Filter } from './useListedRooms';

interface Props {
  value: Filter;
  onChange: (filter: Filter) => void;
  /** Rooms that wait to be read. */
  unread: number;
}

/** Which kinds of rooms are listed. */
export function FilterChips({ value, onChange, unread }: Props) {
  const { t } = useTranslation('rooms');
  return (
    <div
      role="group"
      aria-label={t('filter')}
      className="flex shrink-0 [scrollbar-width:none] gap-0.5 overflow-x-auto px-4 pt-2.5 pb-1.5"
    >
      {FILTERS.map((filter) => (
        <button
          key={filter}
          type="button"
          aria-pressed={filter === value}
          aria-label={filter === 'unread' && unread > 0 ? t('filterUnread', { count: unread }) : undefined}
          onClick={() => onChange(filter)}
          className={clsx(
            'touch focus-inside flex h-7 shrink-0 items-center justify-center gap-1.5 rounded-full px-3 text-sm font-semibold whitespace-nowrap transition-colors contrast:border contrast:border-line coarse:h-8 coarse:min-w-11',
            filter === value ? 'bg-accent-tint text-accent-text' : 'text-fg-2 hover:bg-hover',
          )}
        >
          {t(`filter.${filter}`)}
          {filter === 'unread' && (
            // Its place is kept, so that the filters beside it don't move.
            <span aria-hidden className="-mr-1.5 min-w-[2ch] text-left text-xs font-normal tabular-nums">
              {unread > 99 ? '99+' : unread || null}
            </span>
          )}
        </button>
      ))}
    </div>
  );
}
