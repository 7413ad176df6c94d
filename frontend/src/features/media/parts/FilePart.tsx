import clsx from 'clsx';
import { Download } from 'lucide-react';

import { fileSize } from '@/lib/format';
import { splitName, typeLabel } from '../fileName';
import { openPdf } from '../openPdf';
import type { MediaPartProps } from '../MediaPart';
import { UploadRing } from './UploadRing';

/** A file as a row: its type, name and size, and a way to save it. */
export function FilePart({ view, seq, clientMsgId, isOwn, state, progress, onOpenViewer }: MediaPartProps) {
  const { t, i18n } = useTranslation('media');
  const quiet = isOwn ? 'text-bubble-own-2' : 'text-fg-3';
  const isPdf = view.mime === 'application/pdf';
  const open = isPdf ? () => openPdf(view) : view.mime === 'text/plain' ? onOpenViewer : undefined;
  const isUploading = clientMsgId && (state === 'waiting' || state === 'uploading' || state === 'sending');
  const text = (
    <>
      <FileName name={view.name} />
      <span className={clsx('text-xs', quiet)}>{fileSize(view.size, i18n.language)}</span>
    </>
  );
  const column = 'flex min-w-0 flex-1 flex-col text-left';
  return (
    <div className="flex max-w-full min-w-52 items-center gap-3">
      {isUploading ? (
        <UploadRing clientMsgId={clientMsgId} progress={progress} className="text-accent-text!" />
      ) : (
        <TypeTile label={typeLabel(view.name, view.mime)} isOwn={isOwn} />
      )}
      {open ? (
        <button
          type="button"
          data-viewer-seq={seq}
          onClick={open}
          className={clsx(column, 'touch rounded-sm hover:underline')}
        >
          {text}
        </button>
      ) : (
        <div className={column}>{text}</div>
      )}
      {!state && (
        <a
          href={view.url}
          download={view.name}
          aria-label={t('downloadName', { name: view.name })}
          title={t('download')}
          className={clsx(
            'flex size-9 shrink-0 items-center justify-center rounded-md coarse:size-11',
            isOwn ? 'text-bubble-own-2 hover:bg-quote-own' : 'text-fg-2 hover:bg-hover',
          )}
        >
          <Download aria-hidden size={19} />
        </a>
      )}
    </div>
  );
}

export function TypeTile({ label, isOwn }: { label: string; isOwn?: boolean }) {
  return (
    <span
      aria-hidden
      className={clsx(
        'flex h-11 w-10 shrink-0 items-center justify-center rounded-sm text-2xs font-bold text-accent-text',
        isOwn ? 'bg-quote-own' : 'bg-accent-tint',
      )}
    >
      {label}
    </span>
  );
}

/** A name in one line, whose middle gives way. */
export function FileName({ name, look = 'text-md font-semibold' }: { name: string; look?: string }) {
  const [head, tail] = splitName(name);
  return (
    <span
      className={clsx('flex max-w-full min-w-0 whitespace-pre [text-autospace:no-autospace]', look)}
      title={name}
    >
      <span className="overflow-hidden text-ellipsis">{head}</span>
      {tail && <span className="shrink-0">{tail}</span>}
    </span>
  );
}
