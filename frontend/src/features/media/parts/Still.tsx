import clsx from 'clsx';
import { ImageOff } from 'lucide-react';

import { fit, sourcesOf } from './fit';
import type { MediaView } from '../view';

interface Props {
  view: MediaView;
  /** For screen readers; empty where something around it has a name. */
  alt: string;
  className?: string;
}

/** A picture: its blurred preview at once, and itself when it is here. */
export function Still({ view, alt, className }: Props) {
  const [state, setState] = useState<'loading' | 'here' | 'broken'>('loading');
  const { width, height } = fit(view.width, view.height);
  if (state === 'broken') return <Broken />;
  return (
    <>
      {view.thumbnail && state === 'loading' && (
        <img
          src={view.thumbnail}
          alt=""
          className="absolute inset-0 size-full scale-105 object-cover blur-md"
        />
      )}
      <img
        src={view.url}
        srcSet={sourcesOf(view.url, view.thumbnail, view.width, view.height)}
        sizes={`${width}px`}
        alt={alt}
        width={width}
        height={height}
        draggable={false}
        decoding="async"
        onLoad={() => setState('here')}
        onError={() => setState('broken')}
        className={clsx(
          'relative size-full transition-opacity duration-150',
          view.width ? 'object-cover' : 'object-contain',
          state === 'loading' && view.thumbnail && 'opacity-0',
          className,
        )}
      />
    </>
  );
}

function Broken() {
  const { t } = useTranslation('media');
  return (
    <span className="flex size-full flex-col items-center justify-center gap-1 p-2 text-center text-xs text-fg-3">
      <ImageOff aria-hidden size={20} />
      {t('broken')}
    </span>
  );
}
