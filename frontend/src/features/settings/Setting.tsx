import clsx from 'clsx';
import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { useLocation } from 'react-router';

import type { SettingId } from './sections';

const SHOWN_MS = 2500;

interface Props {
  id: SettingId;
  /** Gets a function that says "Saved" here for a moment. */
  children: (saved: () => void) => ReactNode;
}

/** One setting: found by its address, and the place where it says that it was saved. */
export function Setting({ id, children }: Props) {
  const { t } = useTranslation('settings');
  const isWanted = useLocation().hash === `#${id}`;
  const row = useRef<HTMLDivElement>(null);
  /** How often it was saved while that is being said. */
  const [saves, setSaves] = useState(0);

  useEffect(() => {
    if (isWanted) row.current?.scrollIntoView({ block: 'center' });
  }, [isWanted]);

  useEffect(() => {
    if (saves === 0) return;
    const timer = setTimeout(() => setSaves(0), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [saves]);

  return (
    <div
      ref={row}
      id={id}
      className={clsx('relative -mx-3 rounded-md px-3 py-2', isWanted && 'animate-highlight')}
    >
      {children(() => setSaves((count) => count + 1))}
      <p role="status" className="pointer-events-none absolute right-3 -bottom-1.5 z-10">
        {saves > 0 && (
          <span className="flex animate-rise items-center gap-1 rounded-full bg-raised px-2 py-0.5 text-xs font-semibold text-accent-text shadow-2">
            <Check aria-hidden size={13} />
            {t('saved')}
          </span>
        )}
      </p>
    </div>
  );
}
