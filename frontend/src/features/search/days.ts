import { DAYS, meaningOf } from './vocabulary';

/** Midnight at the beginning of a local day, so many days after the one of `moment`. */
export function dayStart(moment: Date, days = 0): Date {
  return new Date(moment.getFullYear(), moment.getMonth(), moment.getDate() + days);
}

/** A day as people write it: 2026-10-05, 2026/10/5, today, yesterday. */
export function parseDay(text: string, now: Date): Date | null {
  const named = meaningOf(DAYS, text);
  if (named) return dayStart(now, named === 'today' ? 0 : -1);
  const [, year, month, day] = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text) ?? [];
  const date = new Date(Number(year), Number(month) - 1, Number(day));
  // Else 31 February would be a day in March.
  return date.getMonth() === Number(month) - 1 && date.getDate() === Number(day) ? date : null;
}

/** "2026-10-05" */
export function writeDay(date: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
