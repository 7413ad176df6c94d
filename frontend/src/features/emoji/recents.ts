import type { AppThunk } from '@/app/store';
import { personalChanged } from '@/features/settings/slice';

const RECENT_MAX = 24;

/** Puts an emoji in front of the recently used ones, which follow the user to other devices. */
export function rememberEmoji(emoji: string): AppThunk {
  return (dispatch, getState) => {
    const known = getState().settings.personal.recentEmoji;
    const recentEmoji = [emoji, ...known.filter((other) => other !== emoji)].slice(0, RECENT_MAX);
    dispatch(personalChanged({ recentEmoji }));
  };
}
