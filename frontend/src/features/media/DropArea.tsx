import { Upload } from 'lucide-react';
import type { ReactNode } from 'react';

import { addFiles } from './attachments';

interface Props {
  roomId: number;
  roomName: string;
  /** Nothing can be sent here. */
  isClosed?: boolean;
  children: ReactNode;
}

const isInWindow = ({ clientX, clientY }: DragEvent) =>
  clientX > 0 && clientY > 0 && clientX < innerWidth && clientY < innerHeight;

const holdsFiles = (event: { dataTransfer: DataTransfer | null }) =>
  Boolean(event.dataTransfer?.types.includes('Files'));

/** Takes files that are dropped anywhere on the conversation. */
export function DropArea({ roomId, roomName, isClosed, children }: Props) {
  const { t } = useTranslation('media');
  // Entering a child is leaving its parent: the count says whether one is inside still.
  const depth = useRef(0);
  const [isOver, setOver] = useState(false);

  const enter = (by: number) => (event: React.DragEvent) => {
    if (isClosed || !holdsFiles(event)) return;
    depth.current = Math.max(0, depth.current + by);
    setOver(depth.current > 0);
  };

  useEffect(() => {
    // A file that misses the area must not replace the page.
    const keepPage = (event: DragEvent) => {
      if (holdsFiles(event)) event.preventDefault();
    };
    // Whatever became of the element that was dragged over: outside of the window nothing is.
    const end = (event: DragEvent) => {
      if (event.type === 'dragleave' && isInWindow(event)) return;
      depth.current = 0;
      setOver(false);
    };
    window.addEventListener('dragover', keepPage);
    window.addEventListener('drop', keepPage);
    window.addEventListener('drop', end);
    window.addEventListener('dragleave', end);
    return () => {
      window.removeEventListener('dragover', keepPage);
      window.removeEventListener('drop', keepPage);
      window.removeEventListener('drop', end);
      window.removeEventListener('dragleave', end);
    };
  }, []);

  return (
    <div
      className="relative flex min-h-0 min-w-0 flex-1 flex-col"
      onDragEnter={enter(1)}
      onDragLeave={enter(-1)}
      onDrop={(event) => {
        if (isClosed || !holdsFiles(event)) return;
        event.preventDefault();
        depth.current = 0;
        setOver(false);
        addFiles(roomId, event.dataTransfer.files);
      }}
    >
      {children}
      {isOver && (
        <div className="pointer-events-none absolute inset-3 z-30 flex animate-fade flex-col items-center justify-center gap-3 rounded-2xl border-2 border-dashed border-accent bg-accent-tint p-6 text-center text-accent-text">
          <Upload aria-hidden size={32} />
          <p className="text-xl font-bold">{t('dropTo', { room: roomName })}</p>
          <p className="text-md text-fg-2">{t('dropHint')}</p>
        </div>
      )}
    </div>
  );
}
