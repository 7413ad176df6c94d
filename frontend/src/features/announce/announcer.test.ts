import { beforeEach, expect, it, vi } from 'vitest';

import { Announcer } from './announcer';

let said: string[];
let announcer: Announcer;

beforeEach(() => {
  vi.useFakeTimers();
  said = [];
  announcer = new Announcer({ say: (text) => said.push(text), several: (count) => `${count} new messages` });
  return () => vi.useRealTimers();
});

it('says a message as it stands', () => {
  announcer.announceMessage('Ann, 11:06, hello');
  vi.advanceTimersByTime(0);
  expect(said).toEqual(['Ann, 11:06, hello']);
});

it('rests for two seconds and then says how many came meanwhile', () => {
  announcer.announceMessage('first');
  vi.advanceTimersByTime(100);
  for (const text of ['a', 'b', 'c']) announcer.announceMessage(text);
  vi.advanceTimersByTime(1899);
  expect(said).toEqual(['first']);
  vi.advanceTimersByTime(1);
  expect(said).toEqual(['first', '3 new messages']);
});

it('says several that come at once as a number', () => {
  announcer.announceMessage('a');
  announcer.announceMessage('b');
  vi.advanceTimersByTime(0);
  expect(said).toEqual(['2 new messages']);
});

it('puts other texts before messages, each once', () => {
  announcer.announceMessage('a message');
  announcer.announce('sent');
  announcer.announce('sent');
  vi.advanceTimersByTime(0);
  expect(said).toEqual(['sent']);
  vi.advanceTimersByTime(2000);
  expect(said).toEqual(['sent', 'a message']);
});
