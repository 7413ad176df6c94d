import type { KeyboardEvent, RefObject } from 'react';
import { useStore } from 'react-redux';

import { chat } from '@/api/client';
import type { AppStore } from '@/app/store';
import { selectAsker } from '@/features/account/slice';
import { TOUCH } from '@/lib/useMedia';
import { addFiles, takeAttachments, useAttachments } from '@/features/media/attachments';
import { textAsFile } from '@/features/media/paste';
import { selectPersonal } from '@/features/settings/slice';
import type { RoomEntry } from '@/features/rooms/slice';
import { edit } from '@/features/timeline/actions';
import { can } from '@/features/timeline/can';
import { selectMessage, selectTimeline } from '@/features/timeline/slice';
import { useTypingNotifier } from '@/features/typing/useTypingNotifier';
import {
  draftCleared,
  drafted,
  editBegun,
  editChanged,
  editEnded,
  replyChosen,
  selectDraft,
  selectEditing,
} from './drafts-slice';
import { marked } from './format';
import { TEXT_MAX, lengthOf } from './limit';
import { complete, mentionsIn } from './suggest';
import { useMentionable, useSuggestions } from './useSuggestions';

/** Everything that the composer does. What is written lives in the store, so that it survives all but its sending. */
export function useComposer(
  room: RoomEntry,
  field: RefObject<HTMLTextAreaElement | null>,
  onSent: () => void,
) {
  const store = useStore() as AppStore;
  const dispatch = useAppDispatch();
  const roomId = room.id;
  const draft = useAppSelector((state) => selectDraft(state, roomId));
  const editing = useAppSelector((state) => selectEditing(state, roomId));
  const { enterSends } = useAppSelector(selectPersonal);
  const { items: attachments } = useAttachments(roomId);
  const people = useMentionable(room);
  const typing = useTypingNotifier(roomId);
  const [caret, setCaret] = useState(0);
  const text = editing?.text ?? draft?.text ?? '';
  const isTooLong = text.length > TEXT_MAX && lengthOf(text) > TEXT_MAX;
  const canSend = !isTooLong && (text.trim() !== '' || (!editing && attachments.length > 0));

  const write = (next: string, at = next.length) => {
    setCaret(at);
    if (editing) dispatch(editChanged({ roomId, text: next }));
    else {
      dispatch(drafted({ roomId, text: next, at: Date.now() }));
      typing.onInput(next);
    }
  };

  /** Writes and puts the caret somewhere, once the field shows it. */
  const writeAt = (next: string, start: number, end = start) => {
    write(next, end);
    requestAnimationFrame(() => {
      field.current?.focus();
      field.current?.setSelectionRange(start, end);
    });
  };

  const { dismiss, ...suggestions } = useSuggestions(people, text, caret, (query, item) => {
    const done = complete(text, query, item.value);
    writeAt(done.text, done.caret);
  });

  const sendEdit = () => {
    const message = editing && selectMessage(store.getState(), roomId, editing.seq);
    if (!message) return;
    dispatch(editEnded(roomId));
    if (text.trim() === message.textMessage?.text) return;
    void dispatch(edit(message, text.trim(), mentionsIn(text, people))).then((isDone) => {
      // Refused or offline: the words are not lost.
      if (!isDone) dispatch(editBegun({ roomId, seq: message.seq, text }));
    });
  };

  const send = () => {
    if (!canSend) return;
    if (editing) return sendEdit();
    const replyId = selectMessage(store.getState(), roomId, draft?.replySeq)?.id;
    const words = text.trim();
    takeAttachments(roomId).forEach((media, index) => {
      chat.outbox.send(roomId, { ...media, replyId: index === 0 && !words ? replyId : undefined });
    });
    if (words)
      chat.outbox.send(roomId, { kind: 'text', text: words, mention: mentionsIn(words, people), replyId });
    dispatch(draftCleared(roomId));
    typing.onInput('');
    setCaret(0);
    onSent();
  };

  const cancel = () => {
    if (editing) dispatch(editEnded(roomId));
    else dispatch(replyChosen({ roomId, at: Date.now() }));
    field.current?.focus();
  };

  /** Own or any last message, for the arrow key in the empty field. */
  const last = (isWanted: (seq: number) => boolean) =>
    selectTimeline(store.getState(), roomId)?.seqs.findLast(isWanted);

  const editLast = () => {
    const state = store.getState();
    const seq = last((candidate) => {
      const message = selectMessage(state, roomId, candidate);
      return message !== undefined && can.edit(message, { me: selectAsker(state), isClosed: false });
    });
    const words = selectMessage(state, roomId, seq)?.textMessage?.text;
    if (seq && words !== undefined) {
      dispatch(editBegun({ roomId, seq, text: words }));
      requestAnimationFrame(() => field.current?.setSelectionRange(words.length, words.length));
    }
  };

  const replyToLast = () => {
    const state = store.getState();
    const seq = last((candidate) => {
      const message = selectMessage(state, roomId, candidate);
      return message !== undefined && can.answer(message, { isClosed: false });
    });
    if (seq) dispatch(replyChosen({ roomId, seq, at: Date.now() }));
  };

  const onSuggestionKey = (event: KeyboardEvent): boolean => {
    const count = suggestions.items.length;
    if (count === 0) return false;
    const item = suggestions.items[suggestions.active];
    if (event.key === 'ArrowDown') suggestions.setActive((suggestions.active + 1) % count);
    else if (event.key === 'ArrowUp') suggestions.setActive((suggestions.active + count - 1) % count);
    else if ((event.key === 'Enter' && !event.shiftKey) || event.key === 'Tab') {
      if (item) suggestions.pick(item);
    } else if (event.key === 'Escape') dismiss();
    else return false;
    return true;
  };

  const onFormatKey = (event: KeyboardEvent<HTMLTextAreaElement>): boolean => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return false;
    const sign = { b: '**', i: '_', x: event.shiftKey ? '~~' : undefined }[event.key.toLowerCase()];
    if (!sign) return false;
    const { selectionStart, selectionEnd } = event.currentTarget;
    const done = marked(text, selectionStart, selectionEnd, sign);
    writeAt(done.text, done.start, done.end);
    return true;
  };

  const onKey = (event: KeyboardEvent<HTMLTextAreaElement>): boolean => {
    if (onSuggestionKey(event) || onFormatKey(event)) return true;
    const isTouch = matchMedia(TOUCH).matches;
    const wantsSend = enterSends && !isTouch ? !event.shiftKey : event.ctrlKey || event.metaKey;
    if (event.key === 'Enter' && wantsSend) send();
    else if (event.key === 'ArrowUp' && text === '' && event.shiftKey && !event.altKey) replyToLast();
    else if (event.key === 'ArrowUp' && text === '' && !event.altKey) editLast();
    else if (event.key === 'Escape' && (editing ?? draft?.replySeq)) cancel();
    else return false;
    return true;
  };

  return {
    text,
    isTooLong,
    isEditing: Boolean(editing),
    canSend,
    suggestions,
    change: write,
    moved: setCaret,
    send,
    cancel,
    onKeyDown: (event: KeyboardEvent<HTMLTextAreaElement>) => {
      // While an input method composes, keys are its own; 229 is what some browsers say instead.
      if (event.nativeEvent.isComposing || event.keyCode === 229) return;
      if (onKey(event)) event.preventDefault();
    },
    insert: (emoji: string) => {
      const start = field.current?.selectionStart ?? text.length;
      const end = field.current?.selectionEnd ?? start;
      writeAt(text.slice(0, start) + emoji + text.slice(end), start + emoji.length);
    },
    sendAsFile: () => {
      addFiles(roomId, [textAsFile(text)]);
      write('');
    },
  };
}
