import clsx from 'clsx';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useLocation, useNavigate } from 'react-router';

import { PHONE, useMedia } from '@/lib/useMedia';
import { IconButton } from '@/ui/IconButton';

interface Props {
  title: string;
  children: ReactNode;
  /** Stands before the title: a way back. */
  start?: ReactNode;
  /** Stands between the title and the close button. */
  actions?: ReactNode;
}

const COLUMN =
  'absolute inset-0 z-20 flex flex-col border-line bg-surface focus-visible:-outline-offset-2 data-quiet:outline-none sm:left-auto sm:w-80 sm:border-l lg:static lg:w-[280px] lg:shrink-0 xl:w-[304px]';

/** The place of the right column, while what it shows is on its way: nothing moves twice. */
export function SidePanelPlace() {
  return <div aria-busy className={COLUMN} />;
}

/** The right column: beside the conversation where there is room, over it where there is not. Esc closes it. */
export function SidePanel({ title, children, start, actions }: Props) {
  const { t } = useTranslation();
  const close = useClosePanel();
  const isPhone = useMedia(PHONE);
  const panel = useRef<HTMLDivElement>(null);
  // Where it covers the conversation, or took the place of another panel, the focus would be nowhere.
  useEffect(() => {
    const active = document.activeElement;
    if (!panel.current || (active && active !== document.body && !active.closest('[inert]'))) return;
    // Nobody came here by keys, so there is no ring around it all.
    panel.current.dataset.quiet = '';
    panel.current.focus();
  }, []);
  return (
    <>
      <button
        type="button"
        tabIndex={-1}
        aria-hidden
        onClick={close}
        className="absolute inset-0 z-20 hidden animate-fade bg-shade sm:block lg:hidden"
      />
      <div
        ref={panel}
        // On phones it is all there is.
        role={isPhone ? 'main' : 'complementary'}
        aria-label={title}
        data-region
        tabIndex={-1}
        onBlur={(event) => delete event.currentTarget.dataset.quiet}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || event.defaultPrevented || event.nativeEvent.isComposing) return;
          // One press closes one thing.
          event.preventDefault();
          close();
        }}
        className={COLUMN}
      >
        <div className={clsx('flex h-15 shrink-0 items-center gap-2 pr-2 lg:h-16', start ? 'pl-2' : 'pl-5')}>
          {start}
          <h2 className="min-w-0 flex-1 truncate text-title font-bold">{title}</h2>
          {actions}
          <IconButton label={t('close')} icon={<X size={20} />} onClick={close} />
        </div>
        <div className="flex min-h-0 flex-1 flex-col overflow-y-auto">{children}</div>
      </div>
    </>
  );
}

/** Closes the right column and leaves everything else of the address as it is. */
function useClosePanel(): () => void {
  const { pathname, search } = useLocation();
  const navigate = useNavigate();
  return () => {
    const query = new URLSearchParams(search);
    query.delete('panel');
    query.delete('q');
    query.delete('scope');
    const rest = query.toString();
    void navigate(rest ? `${pathname}?${rest}` : pathname);
  };
}
