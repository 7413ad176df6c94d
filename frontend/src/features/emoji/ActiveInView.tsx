import { useActiveEmoji } from 'frimousse';

import { HEADER, ROW } from './sections';

interface Props {
  /** Where the row of each emoji begins; none while a search is on. */
  tops: ReadonlyMap<string, number> | null;
  viewport: React.RefObject<HTMLDivElement | null>;
  /** The pointer is where it is, but keys may lead out of sight. */
  isByKeys: React.RefObject<boolean>;
}

/** Scrolls to the emoji that the keys have come to, also past rows that are not drawn. */
export function ActiveInView({ tops, viewport, isByKeys }: Props) {
  const active = useActiveEmoji();
  useEffect(() => {
    const view = viewport.current;
    if (!view || !active || !isByKeys.current) return;
    const top = tops?.get(active.label);
    if (top === undefined) view.querySelector('[data-active]')?.scrollIntoView({ block: 'nearest' });
    else if (top - HEADER < view.scrollTop) view.scrollTo({ top: top - HEADER });
    else if (top + ROW > view.scrollTop + view.clientHeight)
      view.scrollTo({ top: top + ROW - view.clientHeight });
  }, [active, tops, viewport, isByKeys]);
  return null;
}
