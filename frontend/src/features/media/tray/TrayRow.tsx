import { File as FileIcon, GripVertical, Image as ImageIcon, X } from 'lucide-react';

import { fileSize } from '@/lib/format';
import { IconButton } from '@/ui/IconButton';
import { type Attachment, moveAttachment, removeAttachment, setAsFile, setCaption } from '../attachments';
import { FileName } from '../parts/FilePart';
import { Preview } from './Preview';

interface Props {
  roomId: number;
  item: Attachment;
  index: number;
  count: number;
  onEnter?: () => void;
}

/** Characters that a caption may have. */
const CAPTION_MAX = 4000;

/** A file of the tray: what it is, its caption, its place, and how it goes. */
export function TrayRow({ roomId, item, index, count, onEnter }: Props) {
  const { t, i18n } = useTranslation('media');
  const { name } = item.file;
  const goesSmaller = item.smaller && !item.asFile;
  const size = fileSize((goesSmaller ? item.smaller?.file : item.file)?.size ?? 0, i18n.language);
  const move = (by: number) => moveAttachment(roomId, item.id, index + by);

  return (
    <li className="flex min-h-13 items-center gap-2 rounded-md pr-1">
      {count > 1 && <Grip label={t('move', { name })} onMove={move} />}
      <Preview item={item} />
      <div className="flex min-w-0 flex-1 flex-col">
        <input
          aria-label={t('captionOf', { name })}
          placeholder={t('caption')}
          value={item.caption}
          maxLength={CAPTION_MAX}
          onChange={({ target }) => setCaption(roomId, item.id, target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
            event.preventDefault();
            onEnter?.();
          }}
          className="-mx-1.5 min-h-6 w-full rounded-xs bg-transparent px-1.5 text-md text-fg placeholder:text-fg-3 focus-visible:outline-offset-0"
        />
        <span className="flex min-w-0 gap-1.5 text-xs text-fg-3">
          <FileName name={name} look="text-xs" />
          <span className="shrink-0">{size}</span>
        </span>
      </div>
      {item.smaller && (
        <IconButton
          size="sm"
          label={item.asFile ? t('asImage') : t('asFile')}
          icon={item.asFile ? <ImageIcon size={16} /> : <FileIcon size={16} />}
          onClick={() => setAsFile(roomId, item.id, !item.asFile)}
        />
      )}
      <IconButton
        size="sm"
        label={t('remove', { name })}
        icon={<X size={16} />}
        onClick={() => removeAttachment(roomId, item.id)}
      />
    </li>
  );
}

/** Moves a row with the arrow keys, or with a pointer that drags it. */
function Grip({ label, onMove }: { label: string; onMove: (by: number) => void }) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      aria-keyshortcuts="ArrowUp ArrowDown"
      onKeyDown={(event) => {
        const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
        if (!by) return;
        event.preventDefault();
        event.stopPropagation();
        onMove(by);
      }}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={(event) => {
        if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
        const row = event.currentTarget.closest('li')?.getBoundingClientRect();
        if (!row) return;
        // The row follows the pointer, so that each move is counted from where it is by now.
        if (event.clientY < row.top) onMove(-1);
        else if (event.clientY > row.bottom) onMove(1);
      }}
      className="flex h-9 w-6 shrink-0 cursor-grab touch-none items-center justify-center rounded-sm text-fg-3 hover:bg-hover active:cursor-grabbing"
    >
      <GripVertical aria-hidden size={16} />
    </button>
  );
}
