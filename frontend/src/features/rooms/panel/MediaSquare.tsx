import type { Message } from '@banter/client';
import { Play } from 'lucide-react';

import { Still } from '@/features/media/parts/Still';
import { viewOfMessage } from '@/features/media/view';
import { openViewer } from '@/features/media/viewerStore';
import { duration } from '@/lib/format';
import { useSentBy } from './useSentBy';

/** A picture or video, cut square; a press opens it. */
export function MediaSquare({ message }: { message: Message }) {
  const { t } = useTranslation('panel');
  const sentBy = useSentBy(message);
  const view = viewOfMessage(message);
  if (!view) return null;
  const isVideo = view.kind === 'video';
  // A moving picture stands still here, and a small one is enough.
  const still = { ...view, url: view.thumbnail ?? view.url, thumbnail: undefined };
  return (
    <li className="aspect-square">
      <button
        type="button"
        aria-label={t(isVideo ? 'openVideo' : 'openPhoto', { sentBy })}
        title={sentBy}
        onClick={() => openViewer({ roomId: message.roomId, seq: message.seq })}
        className="relative block size-full overflow-hidden rounded-sm bg-sunken"
      >
        {(!isVideo || view.thumbnail) && <Still view={still} alt="" className="!object-cover" />}
        {isVideo && (
          <span className="absolute inset-x-0 bottom-0 flex items-center gap-1 bg-shade px-1.5 py-0.5 text-2xs text-white tabular-nums">
            <Play aria-hidden size={11} fill="currentColor" />
            {view.duration ? duration(view.duration) : null}
          </span>
        )}
      </button>
    </li>
  );
}
