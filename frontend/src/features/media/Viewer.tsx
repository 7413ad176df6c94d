import clsx from 'clsx';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useNavigate } from 'react-router';

import { selectUser } from '@/features/people/slice';
import { selectMessage } from '@/features/timeline/slice';
import { clock, dayLabel } from '@/lib/format';
import { paths } from '@/lib/paths';
import { viewOfMessage } from './view';
import { pause } from './voice/player';
import { Stage, type StageHandle } from './viewer/Stage';
import { TextStage } from './viewer/TextStage';
import { useGallery } from './viewer/useGallery';
import { useModal } from './viewer/useModal';
import { ViewerBar, ZOOM_STEP } from './viewer/ViewerBar';

interface Props {
  roomId: number;
  seq: number;
  onClose: () => void;
}

/** A picture, video or text of a room in the full window. */
export default function Viewer({ roomId, seq: opened, onClose }: Props) {
  const { t, i18n } = useTranslation('media');
  const navigate = useNavigate();
  const dialog = useRef<HTMLDialogElement>(null);
  const stage = useRef<StageHandle>(null);
  const { seq, hasOlder, hasNewer, isLoading, go } = useGallery(roomId, opened);
  useModal(dialog, seq);
  const message = useAppSelector((state) => selectMessage(state, roomId, seq));
  const sender = useAppSelector((state) => selectUser(state, message?.userId));
  const view = useMemo(() => (message ? viewOfMessage(message) : null), [message]);
  const [now] = useState(Date.now);
  const isText = view?.kind === 'file';

  const keys = (event: React.KeyboardEvent) => {
    // The page behind has keys of its own.
    event.stopPropagation();
    if (event.ctrlKey || event.metaKey || event.altKey || isText) return;
    const actions: Record<string, () => void> = {
      ArrowLeft: () => hasOlder && go(-1),
      ArrowRight: () => hasNewer && go(1),
      '+': () => stage.current?.zoomBy(ZOOM_STEP),
      '=': () => stage.current?.zoomBy(ZOOM_STEP),
      '-': () => stage.current?.zoomBy(1 / ZOOM_STEP),
      '0': () => stage.current?.reset(),
    };
    const action = actions[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  };

  const jump = () => {
    onClose();
    void navigate(paths.room(roomId, { at: seq }));
  };

  return (
    // Keys of a dialog work wherever the focus is inside of it.
    <dialog
      ref={dialog}
      aria-label={view ? t('viewing', { name: view.name }) : t('viewer')}
      aria-busy={isLoading || !view}
      onKeyDown={keys}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      className="fixed inset-0 m-0 hidden h-dvh max-h-none w-full max-w-none animate-fade flex-col bg-viewer text-white outline-none open:flex"
    >
      {view && message && (
        <>
          <ViewerBar
            view={view}
            title={isText ? view.name : (sender?.userName ?? view.name)}
            subtitle={`${dayLabel(message.createdAt, now, i18n.language)}, ${clock(message.createdAt, i18n.language)}`}
            onZoom={isText || view.kind === 'video' ? undefined : (factor) => stage.current?.zoomBy(factor)}
            onJump={jump}
            onClose={onClose}
          />
          {isText && <TextStage view={view} />}
          {view.kind === 'video' && (
            <div className="flex min-h-0 flex-1 items-center justify-center">
              <video
                key={seq}
                src={view.url}
                poster={view.thumbnail}
                controls
                autoPlay
                playsInline
                onPlay={pause}
                className="max-h-full max-w-full"
              />
            </div>
          )}
          {(view.kind === 'image' || view.kind === 'gif') && (
            <Stage key={seq} ref={stage} view={view} onSwipe={go} onClose={onClose} />
          )}
          {view.caption && (
            <p className="max-h-[20dvh] shrink-0 overflow-y-auto px-6 py-3 text-center text-body">
              {view.caption}
            </p>
          )}
          {!isText && <div className="h-3 shrink-0" />}
          {!isText && hasOlder && <Arrow side="left" onClick={() => go(-1)} />}
          {!isText && hasNewer && <Arrow side="right" onClick={() => go(1)} />}
        </>
      )}
    </dialog>
  );
}

function Arrow({ side, onClick }: { side: 'left' | 'right'; onClick: () => void }) {
  const { t } = useTranslation('media');
  const label = side === 'left' ? t('older') : t('newer');
  const Icon = side === 'left' ? ChevronLeft : ChevronRight;
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      onClick={onClick}
      className={clsx(
        'focus-on-rail absolute top-1/2 flex size-11 -translate-y-1/2 items-center justify-center rounded-full bg-shade text-white hover:bg-rail-active',
        side === 'left' ? 'left-3' : 'right-3',
      )}
    >
      <Icon aria-hidden size={24} />
    </button>
  );
}
