import { expect, it } from 'vitest';

import { makeStore } from '@/app/store';
import { rememberEmoji } from './recents';

it('keeps the newest 24, each once, the last used first', () => {
  const store = makeStore();
  const recent = () => store.getState().settings.personal.recentEmoji;
  for (let index = 0; index < 30; index += 1)
    store.dispatch(rememberEmoji(String.fromCodePoint(0x1f600 + index)));
  expect(recent()).toHaveLength(24);
  store.dispatch(rememberEmoji('😏'));
  expect(recent()[0]).toBe('😏');
  expect(new Set(recent()).size).toBe(24);
});
