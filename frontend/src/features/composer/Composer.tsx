import { ArrowUp, Smile } from 'lucide-react';
import clsx from 'clsx';

import { AttachButton } from '@/features/media/AttachButton';
import { AttachmentTray } from '@/features/media/AttachmentTray';
import { filesOfPaste } from '@/features/media/paste';
import { addFiles } from '@/features/media/attachments';
import { RecordButton } from '@/features/media/RecordButton';
import { Recorder, useIsRecording } from '@/features/media/Recorder';
import { openEmojiPicker } from '@/features/emoji/picker';
import { rememberEmoji } from '@/features/emoji/recents';
import type { RoomEntry } from '@/features/rooms/slice';
import { IconButton } from '@/ui/IconButton';
import { ContextBar } from './ContextBar';
import { COMPOSER_ID, focusComposer } from './focus';
import { LimitLine } from './LimitLine';
import { Suggestions } from './Suggestions';
import { useComposer } from './useComposer';
import { useFieldHeight } from './useFieldHeight';

interface Props {
  room: RoomEntry;
  /** Something was sent: the conversation goes to its end. */
  onSent: () => void;
}

/** The place to write: text, files, a recording, an answer, an edit. */
export function Composer({ room, onSent }: Props) {
  const { t } = useTranslation('composer');
  const dispatch = useAppDispatch();
  const field = useRef<HTMLTextAreaElement>(null);
  const isRecording = useIsRecording(room.id);
  const composer = useComposer(room, field, onSent);
  const { text, suggestions } = composer;
  useFieldHeight(field, text);
  // Whoever opens a room with a mouse or keys wants to write; on phones the keyboard would cover what they read.
  useEffect(() => {
    if (matchMedia('(pointer: fine)').matches) focusComposer();
  }, []);

  if (isRecording) {
    return (
      <Card>
        <ContextBar room={room} onClose={composer.cancel} />
        <Recorder
          roomId={room.id}
          onDone={(wasSent) => {
            if (wasSent) onSent();
            requestAnimationFrame(() => document.getElementById(COMPOSER_ID)?.focus());
          }}
        />
      </Card>
    );
  }

  return (
    <Card>
      <Suggestions id="suggestions" list={suggestions} />
      <ContextBar room={room} onClose={composer.cancel} />
      <AttachmentTray roomId={room.id} onEnter={composer.send} />
      <div className="flex items-end gap-0.5">
        {!composer.isEditing && <AttachButton roomId={room.id} />}
        <textarea
          ref={field}
          id={COMPOSER_ID}
          aria-label={t('message')}
          placeholder={t('placeholder', { name: room.name })}
          data-region-focus
          dir="auto"
          rows={1}
          value={text}
          aria-autocomplete="list"
          aria-controls={suggestions.items.length ? 'suggestions' : undefined}
          aria-activedescendant={suggestions.items.length ? `suggestion-${suggestions.active}` : undefined}
          aria-describedby={composer.isTooLong ? 'composer-limit' : undefined}
          onChange={(event) => composer.change(event.target.value, event.target.selectionStart)}
          onSelect={(event) => composer.moved(event.currentTarget.selectionStart)}
          onKeyDown={composer.onKeyDown}
          onPaste={(event) => {
            const files = filesOfPaste(event.nativeEvent);
            if (files.length === 0) return;
            event.preventDefault();
            addFiles(room.id, files);
          }}
          className="max-h-[40dvh] min-h-9 flex-1 resize-none bg-transparent px-2 py-[6.5px] text-body placeholder:truncate placeholder:text-fg-3 focus:outline-none coarse:min-h-11 coarse:py-2.5"
        />
        <IconButton
          label={t('emoji')}
          icon={<Smile aria-hidden size={20} strokeWidth={1.9} />}
          onClick={(event) =>
            openEmojiPicker({
              anchor: event.currentTarget,
              label: t('emoji'),
              onPick: (emoji) => {
                dispatch(rememberEmoji(emoji));
                composer.insert(emoji);
              },
            })
          }
        />
        {composer.canSend || composer.isEditing ? (
          <IconButton
            label={composer.isEditing ? t('saveEdit') : t('send')}
            look="filled"
            disabled={!composer.canSend}
            // The field keeps the focus, so that one can go on writing.
            onPointerDown={(event) => event.preventDefault()}
            icon={<ArrowUp aria-hidden size={20} strokeWidth={2.2} />}
            onClick={composer.send}
          />
        ) : (
          <RecordButton roomId={room.id} />
        )}
      </div>
      <LimitLine roomId={room.id} text={text} onAsFile={composer.sendAsFile} />
    </Card>
  );
}

function Card({ children }: { children: React.ReactNode }) {
  const { t } = useTranslation('composer');
  return (
    <section
      aria-label={t('compose')}
      data-region
      tabIndex={-1}
      className="mx-auto w-full max-w-[820px] shrink-0 px-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] sm:px-6 sm:pb-5"
    >
      <div
        data-popover-anchor
        className={clsx(
          'relative rounded-xl border border-line bg-raised p-1.5 shadow-2',
          'has-[textarea:focus]:outline-2 has-[textarea:focus]:outline-focus',
        )}
      >
        {children}
      </div>
    </section>
  );
}
