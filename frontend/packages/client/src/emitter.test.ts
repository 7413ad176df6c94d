import { expect, it, vi } from 'vitest';

import { Emitter } from './emitter.js';

it('tells those who listen, as long as they do', () => {
  const emitter = new Emitter<{ said: string }>();
  const heard: string[] = [];
  const stop = emitter.on('said', (text) => heard.push(text));
  emitter.emit('said', 'one');
  stop();
  emitter.emit('said', 'two');
  expect(heard).toEqual(['one']);
});

it('goes on when a listener throws, and does not hide it', () => {
  const reported: unknown[] = [];
  vi.stubGlobal('queueMicrotask', (run: () => void) => {
    try {
      run();
    } catch (error) {
      reported.push(error);
    }
  });
  const emitter = new Emitter<{ said: string }>();
  const mistake = new Error('a mistake');
  const heard: string[] = [];
  emitter.on('said', () => {
    throw mistake;
  });
  emitter.on('said', (text) => heard.push(text));
  emitter.emit('said', 'one');
  vi.unstubAllGlobals();
  expect(heard).toEqual(['one']);
  expect(reported).toEqual([mistake]);
});
