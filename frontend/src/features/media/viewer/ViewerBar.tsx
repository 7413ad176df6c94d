import { CornerUpRight, Download, X, ZoomIn, ZoomOut } from 'lucide-react';
import type { ReactNode } from 'react';

import { IconButton } from '@/ui/IconButton';
import type { MediaView } from '../view';

interface Props {
  view: MediaView;
  title: string;
  subtitle: string;
  onZoom?: (factor: number) => void;
  onJump: () => void;
  onClose: () => void;
}

/** Factor of one press. */
export const ZOOM_STEP = 1.4;

/** Whose it is and when, and what can be done with it. */
export function ViewerBar({ view, title, subtitle, onZoom, onJump, onClose }: Props) {
  const { t } = useTranslation(['media', 'common']);
  const button = (label: string, keys: string | undefined, icon: ReactNode, onClick: () => void) => (
    <IconButton look="rail" label={label} keys={keys} icon={icon} onClick={onClick} />
  );
  return (
    <header className="flex shrink-0 items-center gap-1 px-3 py-2 text-white sm:px-4">
      <div className="min-w-0 flex-1">
        <p className="truncate text-md font-bold">{title}</p>
        <p className="truncate text-xs text-rail-fg">{subtitle}</p>
      </div>
      {onZoom && (
        <span className="hidden sm:flex">
          {button(t('zoomOut'), '−', <ZoomOut size={20} />, () => onZoom(1 / ZOOM_STEP))}
          {button(t('zoomIn'), '+', <ZoomIn size={20} />, () => onZoom(ZOOM_STEP))}
        </span>
      )}
      {button(t('jumpTo'), undefined, <CornerUpRight size={20} />, onJump)}
      <a
        href={view.url}
        download={view.name}
        aria-label={t('downloadName', { name: view.name })}
        title={t('download')}
        className="focus-on-rail flex size-9 shrink-0 items-center justify-center rounded-md text-rail-fg hover:bg-rail-active hover:text-white coarse:size-11"
      >
        <Download aria-hidden size={20} />
      </a>
      {button(t('common:close'), 'Esc', <X size={21} />, onClose)}
    </header>
  );
}
