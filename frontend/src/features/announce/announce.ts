import i18next from 'i18next';

import { Announcer } from './announcer';
import { sayInRegion } from './region';

const announcer = new Announcer({
  say: sayInRegion,
  several: (count) => i18next.t('timeline:newMessagesCount', { count }),
});

/** Tells screen readers something, politely and not more often than they can follow. */
export const announce = (text: string): void => announcer.announce(text);

/** Tells screen readers of a new message in the open room; of several at once only how many. */
export const announceMessage = (sentence: string): void => announcer.announceMessage(sentence);
