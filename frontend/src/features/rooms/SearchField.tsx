import { Search, X } from 'lucide-react';
import type { KeyboardEvent } from 'react';

import { hintOf } from '@/features/keyboard/keys';
import { layerOpened } from '@/features/shell/slice';
import { IconButton } from '@/ui/IconButton';

interface Props {
  value: string;
  onChange: (value: string) => void;
  /** Enter: goes to the first room, or into the messages. */
  onSubmit: () => void;
  /** ArrowDown: goes into the list. */
  onDown: () => void;
}

/** The field over the list: narrows it while one types. */
export function SearchField({ value, onChange, onSubmit, onDown }: Props) {
  const { t } = useTranslation('rooms');
  const dispatch = useAppDispatch();

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const act = { Enter: onSubmit, ArrowDown: onDown, Escape: value ? () => onChange('') : undefined }[
      event.key
    ];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };

  return (
    <div className="relative mx-4 shrink-0">
      <Search
        aria-hidden
        size={17}
        className="pointer-events-none absolute top-1/2 left-3 -translate-y-1/2 text-fg-3"
      />
      <input
        type="text"
        inputMode="search"
        enterKeyHint="search"
        aria-label={t('search')}
        placeholder={t('searchHint')}
        value={value}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={onKeyDown}
        className="h-9 w-full truncate rounded-md bg-sunken pr-9 pl-9 text-md placeholder:text-fg-3 focus:outline-2 focus:outline-offset-0 focus:outline-focus contrast:border contrast:border-line can-hover:pr-14 coarse:h-10"
      />
      {value ? (
        <IconButton
          label={t('clearSearch')}
          icon={<X aria-hidden size={16} />}
          size="sm"
          onClick={() => onChange('')}
          className="absolute top-1/2 right-1 -translate-y-1/2"
        />
      ) : (
        <button
          type="button"
          aria-label={t('openSwitcher')}
          title={t('openSwitcher')}
          onClick={() => dispatch(layerOpened('switcher'))}
          className="absolute top-1/2 right-1.5 hidden h-6 min-w-6 -translate-y-1/2 items-center rounded-xs border border-line-strong bg-surface px-1.5 text-2xs font-bold text-fg-3 hover:text-fg can-hover:flex"
        >
          <kbd className="font-sans">{hintOf('switcher')}</kbd>
        </button>
      )}
    </div>
  );
}
