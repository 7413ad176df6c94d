import clsx from 'clsx';

import { chat } from '@/api/client';
import { useConnectionBar } from './useConnectionBar';

/** Says that the connection is gone, once it has been for a while. It floats, so that nothing moves. */
export function ConnectionBar() {
  const { t } = useTranslation('connection');
  const bar = useConnectionBar();
  return (
    <div className="pointer-events-none absolute inset-x-0 top-[68px] z-10 flex justify-center px-3 lg:top-[72px]">
      <div
        className={clsx(
          bar &&
            'pointer-events-auto flex h-7 min-w-0 animate-rise items-center gap-2 rounded-full bg-raised pr-3.5 pl-3 text-xs font-semibold text-fg shadow-2 contrast:border contrast:border-line',
          bar?.kind === 'retrying' && 'pr-1',
        )}
      >
        {bar && <span aria-hidden className="size-2 shrink-0 animate-pulse-dot rounded-full bg-signal" />}
        {/* Stands there before and keeps its words through all tries: it is announced once. */}
        <span role="status" className="min-w-0 truncate">
          {bar && t(bar.kind === 'offline' ? 'offline' : 'connecting')}
        </span>
        {bar?.kind === 'retrying' && (
          <>
            {bar.seconds !== null && (
              <span className="shrink-0 font-medium text-fg-3 tabular-nums">
                {t('nextTry', { count: bar.seconds })}
              </span>
            )}
            <button
              type="button"
              onClick={() => chat.tryNow()}
              className="touch h-6 shrink-0 rounded-full px-2.5 text-accent-text hover:bg-hover focus-visible:outline-offset-0"
            >
              {t('tryNow')}
            </button>
          </>
        )}
      </div>
    </div>
  );
}
