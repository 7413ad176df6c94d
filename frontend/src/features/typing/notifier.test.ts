import { beforeEach, expect, it, vi } from 'vitest';

import { TypingNotifier } from './notifier';

let sent: boolean[];
let notifier: TypingNotifier;

beforeEach(() => {
  vi.useFakeTimers();
  sent = [];
  notifier = new TypingNotifier((on) => sent.push(on));
  return () => vi.useRealTimers();
});

it('tells at once, and then at most once a second', () => {
  for (let key = 1; key <= 21; key += 1) {
    notifier.input('x'.repeat(key));
    vi.advanceTimersByTime(100);
  }
  expect(sent).toEqual([true, true, true]);
});

it('says that nobody types five seconds after the last key', () => {
  notifier.input('h');
  vi.advanceTimersByTime(3000);
  notifier.input('he');
  vi.advanceTimersByTime(4999);
  expect(sent).toEqual([true, true]);
  vi.advanceTimersByTime(1);
  expect(sent).toEqual([true, true, false]);
});

it('says so at once when the field is empty, and only once', () => {
  notifier.input('h');
  notifier.input('');
  notifier.input('  ');
  notifier.stop();
  expect(sent).toEqual([true, false]);
});

it('begins anew after a message was sent', () => {
  notifier.input('h');
  notifier.input('');
  notifier.input('i');
  expect(sent).toEqual([true, false, true]);
});
