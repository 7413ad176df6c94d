import { expect, it, vi } from 'vitest';

import { parseQuery } from './query';
import { type Lookup, resolveQuery } from './resolve';

const lookup: Lookup = {
  person: (name) => Promise.resolve(name === 'Ann' ? 5 : undefined),
  room: (name) => (name === 'Lake' ? 8 : undefined),
  me: 9,
  roomId: 1,
  now: new Date(2026, 9, 20, 12),
};
const resolve = (text: string, rest: Partial<Lookup> = {}) =>
  resolveQuery(parseQuery(text), { ...lookup, ...rest });

it('asks for nothing before there is something to find', async () => {
  expect(await resolve('')).toBeNull();
  expect(await resolve('  from: ')).toBeNull();
});

it('asks for words in the open room, or everywhere', async () => {
  expect(await resolve('two trains')).toEqual({ request: { q: 'two trains', roomId: 1 } });
  expect(await resolve('x', { roomId: undefined })).toEqual({ request: { q: 'x', roomId: undefined } });
});

it('turns filters into ids, kinds and moments', async () => {
  expect(await resolve('from:@Ann in:Lake has:语音 mentions:me')).toEqual({
    request: { from: 5, roomId: 8, has: 'voice', mentionsMe: true },
  });
  expect(await resolve('from:me')).toMatchObject({ request: { from: 9 } });
});

it('takes a day as a whole: before it, after it, on it', async () => {
  const at = (day: number) => new Date(2026, 9, day).toISOString();
  expect(await resolve('before:2026-10-05')).toMatchObject({ request: { before: at(5) } });
  expect(await resolve('after:2026-10-05')).toMatchObject({ request: { after: at(6) } });
  expect(await resolve('on:yesterday')).toMatchObject({ request: { after: at(19), before: at(20) } });
});

it.each([
  ['from:Nobody', { kind: 'person', value: 'Nobody' }],
  ['in:Nowhere', { kind: 'room', value: 'Nowhere' }],
  ['on:someday', { kind: 'day', value: 'someday' }],
  ['has:cake', { kind: 'kind', value: 'cake' }],
  ['mentions:Ann', { kind: 'mention', value: 'Ann' }],
] as const)('says what is wrong with %s', async (text, problem) => {
  expect(await resolve(`x ${text}`)).toEqual({ problem });
});

it('looks for nobody when nobody is named', async () => {
  const person = vi.fn();
  await resolve('x from: has:file', { person });
  expect(person).not.toHaveBeenCalled();
});
