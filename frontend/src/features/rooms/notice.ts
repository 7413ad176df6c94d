import type { Message, NoticeKind } from '@banter/client';
import type { TFunction } from 'i18next';

import { selectMyId } from '@/features/account/slice';
import { selectUsers } from '@/features/people/slice';

/** What is needed to say something of people. */
export interface Words {
  t: TFunction<'rooms'>;
  myId: number;
  nameOf: (id: number) => string | undefined;
}

/**
 * The server's own words, which carry names as they were: those of people whom this page never met, and the new
 * name of a renamed room, which stands nowhere else.
 */
const SERVER_WORDS: Record<NoticeKind, RegExp> = {
  memberJoined: /^(?<who>.+) joined$/su,
  memberAdded: /^(?<who>.+?) added (?<whom>.+)$/su,
  memberLeft: /^(?<who>.+) left$/su,
  memberRemoved: /^(?<who>.+?) removed (?<whom>.+)$/su,
  adminNamed: /^(?<who>.+?) made (?<whom>.+) an admin$/su,
  handedOver: /^(?<who>.+?) handed the room over to (?<whom>.+)$/su,
  roomRenamed: /^(?<who>.+?) renamed the room to (?<whom>.+)$/su,
};

/** What happened, in the reader's language: for notices of the server and for recalled messages. */
export function noticeText(message: Message, { t, myId, nameOf }: Words): string {
  if (message.isRecalled) {
    const operator = message.recallMessage?.operator ?? message.userId;
    if (operator === myId) return t('recall.you');
    return t('recall.other', { name: (operator && nameOf(operator)) ?? t('somebody') });
  }
  const notice = message.systemMessage;
  if (!notice) return '';
  const { kind, actor, subject, text } = notice;
  // A kind of a later server: its own words are better than none.
  if (!(kind in SERVER_WORDS)) return text;
  const said = SERVER_WORDS[kind].exec(text)?.groups;
  const name = (id: number | null, before: string | undefined) =>
    (id !== null ? nameOf(id) : undefined) ?? before ?? t('somebody');
  const who = name(actor, said?.who);
  const whom = kind === 'roomRenamed' ? (said?.whom ?? '') : name(subject, said?.whom);
  if (actor === myId) return t(`notice.${kind}.you`, { whom });
  if (subject === myId && subject !== actor && isDoneToSomebody(kind))
    return t(`notice.${kind}.toYou`, { who });
  return t(`notice.${kind}`, { who, whom });
}

function isDoneToSomebody(
  kind: NoticeKind,
): kind is Exclude<NoticeKind, 'memberJoined' | 'memberLeft' | 'roomRenamed'> {
  return kind !== 'memberJoined' && kind !== 'memberLeft' && kind !== 'roomRenamed';
}

/** Says what a notice or a recalled message tells. */
export function useNoticeText(): (message: Message) => string {
  const { t } = useTranslation('rooms');
  const users = useAppSelector(selectUsers);
  const myId = useAppSelector(selectMyId);
  return useCallback(
    (message) => noticeText(message, { t, myId, nameOf: (id) => users[id]?.userName }),
    [t, users, myId],
  );
}
