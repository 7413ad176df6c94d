import { expect, it } from 'vitest';

import { dayStart, parseDay, writeDay } from './days';

const now = new Date(2026, 2, 1, 15, 30);

it('reads days as people write them', () => {
  const day = (text: string) => {
    const date = parseDay(text, now);
    return date && writeDay(date);
  };
  expect(day('2026-10-05')).toBe('2026-10-05');
  expect(day('2026/1/5')).toBe('2026-01-05');
  expect(day('today')).toBe('2026-03-01');
  expect(day('昨天')).toBe('2026-02-28');
});

it('refuses what is no day', () => {
  for (const text of ['2026-02-31', '2026-13-01', '5 October', '2026-10', 'tomorrow', '']) {
    expect(parseDay(text, now), text).toBeNull();
  }
});

it('finds midnight of other days', () => {
  expect(dayStart(now, 1)).toEqual(new Date(2026, 2, 2));
  expect(dayStart(now, -1)).toEqual(new Date(2026, 1, 28));
});
