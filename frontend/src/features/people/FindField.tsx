import clsx from 'clsx';
import { Search, X } from 'lucide-react';
import type { KeyboardEvent, Ref } from 'react';

import { IconButton } from '@/ui/IconButton';

interface Props {
  label: string;
  value: string;
  onChange: (value: string) => void;
  onKeyDown?: (event: KeyboardEvent<HTMLInputElement>) => void;
  autoFocus?: boolean;
  className?: string;
  ref?: Ref<HTMLInputElement>;
}

/** A field that narrows what stands below it. Esc empties it first. */
export function FindField({ label, value, onChange, onKeyDown, autoFocus, className, ref }: Props) {
  const { t } = useTranslation('people');
  return (
    <div className={clsx('relative', className)}>
      <Search aria-hidden size={17} className="absolute top-1/2 left-3 -translate-y-1/2 text-fg-3" />
      <input
        ref={ref}
        type="text"
        role="searchbox"
        enterKeyHint="search"
        aria-label={label}
        placeholder={label}
        value={value}
        autoFocus={autoFocus}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && value) {
            event.preventDefault();
            event.stopPropagation();
            onChange('');
          }
          onKeyDown?.(event);
        }}
        className="h-9 w-full rounded-md bg-sunken pr-9 pl-9 text-md placeholder:text-fg-3 focus:outline-2 focus:outline-offset-0 focus:outline-focus contrast:border contrast:border-line coarse:h-10"
      />
      {value && (
        <IconButton
          label={t('clear')}
          icon={<X size={16} />}
          size="sm"
          onClick={() => onChange('')}
          className="absolute top-1/2 right-1 -translate-y-1/2"
        />
      )}
    </div>
  );
}
