import clsx from 'clsx';

import type { Scope } from './useSearchAddress';

const SCOPES: Scope[] = ['room', 'all'];

/** Where to search. */
export function ScopeSwitch({ scope, onScope }: { scope: Scope; onScope: (scope: Scope) => void }) {
  const { t } = useTranslation('search');
  const name = useId();
  return (
    <fieldset className="flex rounded-md bg-sunken p-1 contrast:border contrast:border-line">
      <legend className="sr-only">{t('scope')}</legend>
      {SCOPES.map((one) => (
        <label key={one} className="flex-1 cursor-pointer">
          <input
            type="radio"
            name={name}
            checked={one === scope}
            onChange={() => onScope(one)}
            className="peer sr-only"
          />
          <span
            className={clsx(
              'flex min-h-7 items-center justify-center rounded-sm px-2 text-sm peer-focus-visible:outline-2 peer-focus-visible:outline-focus coarse:min-h-9',
              one === scope ? 'bg-raised font-semibold shadow-1 dark:bg-selected' : 'text-fg-2',
            )}
          >
            {t(`scope.${one}`)}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
