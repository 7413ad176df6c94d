import clsx from 'clsx';
import { X } from 'lucide-react';

import { chat } from '@/api/client';

interface Props {
  clientMsgId: string;
  /** 0 to 1; unknown while it waits for its turn. */
  progress?: number;
  className?: string;
}

const RADIUS = 18;
const LENGTH = 2 * Math.PI * RADIUS;

/** How far an upload is, around the button that stops it. */
export function UploadRing({ clientMsgId, progress = 0, className }: Props) {
  const { t } = useTranslation('media');
  const percent = Math.round(progress * 100);
  return (
    <span className={clsx('relative inline-flex size-10 shrink-0 text-white', className)}>
      <button
        type="button"
        aria-label={t('cancelUpload')}
        title={t('cancelUpload')}
        onClick={() => chat.outbox.discard(clientMsgId)}
        className="flex size-full items-center justify-center rounded-full bg-shade"
      >
        <X aria-hidden size={18} />
      </button>
      <svg
        role="progressbar"
        aria-label={t('uploading')}
        aria-valuenow={percent}
        viewBox="0 0 40 40"
        className="pointer-events-none absolute inset-0 size-full -rotate-90"
      >
        <circle
          cx="20"
          cy="20"
          r={RADIUS}
          fill="none"
          stroke="currentColor"
          strokeWidth="3"
          strokeLinecap="round"
          strokeDasharray={LENGTH}
          strokeDashoffset={LENGTH * (1 - Math.max(0.04, progress))}
          className="transition-[stroke-dashoffset] duration-150"
        />
      </svg>
    </span>
  );
}
