// Dates, times and sizes, as the reader's language writes them. Formatters are made once: making one is slow.

const made = new Map<string, Intl.DateTimeFormat>();

function formatter(language: string, name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language}:${name}`;
  let found = made.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat(localeOf(language), options);
    made.set(key, found);
  }
  return found;
}

/** The reader's own region where its language is the page's, such as 24 hours in British English. */
function localeOf(language: string): string {
  const wanted = language.startsWith('zh') ? 'zh' : 'en';
  return navigator.languages.find((own) => own.startsWith(wanted)) ?? (wanted === 'zh' ? 'zh-CN' : 'en');
}

/** "11:06" */
export function clock(time: string | number, language: string): string {
  return formatter(language, 'clock', { hour: 'numeric', minute: '2-digit' }).format(new Date(time));
}

/** "5 Oct, 11:06" */
export function shortMoment(time: string | number, language: string): string {
  const options = { day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' } as const;
  return formatter(language, 'moment', options).format(new Date(time));
}

/** Full date and time with the zone, for tooltips. */
export function fullTime(time: string | number, language: string): string {
  return formatter(language, 'full', { dateStyle: 'full', timeStyle: 'long' }).format(new Date(time));
}

/** Local days between two moments: 0 is the same day, 1 the day before `now`. */
export function daysAgo(time: string | number, now: number): number {
  const start = (moment: number) => new Date(moment).setHours(0, 0, 0, 0);
  return Math.round((start(now) - start(new Date(time).getTime())) / 86_400_000);
}

/** For the list of rooms: the clock today, the weekday this week, the date before. */
export function shortTime(time: string, now: number, language: string, yesterday: string): string {
  const days = daysAgo(time, now);
  if (days <= 0) return clock(time, language);
  if (days === 1) return yesterday;
  const date = new Date(time);
  if (days < 7) return formatter(language, 'weekday', { weekday: 'short' }).format(date);
  const isThisYear = date.getFullYear() === new Date(now).getFullYear();
  return isThisYear
    ? formatter(language, 'day', { day: 'numeric', month: 'short' }).format(date)
    : formatter(language, 'year', { day: 'numeric', month: 'numeric', year: '2-digit' }).format(date);
}

/** For date lines: "Monday, 5 October", with the year when it is not this one. */
export function dayLabel(time: string, now: number, language: string): string {
  const date = new Date(time);
  const isThisYear = date.getFullYear() === new Date(now).getFullYear();
  return formatter(language, isThisYear ? 'dayLine' : 'dayLineYear', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...(isThisYear ? {} : { year: 'numeric' }),
  }).format(date);
}

/** Seconds as "0:24". */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** Bytes as "184 kB". */
export function fileSize(bytes: number, language: string): string {
  let unit = 0;
  let value = bytes;
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return new Intl.NumberFormat(localeOf(language), {
    style: 'unit',
    unit: UNITS[unit] ?? 'byte',
    unitDisplay: unit === 0 ? 'long' : 'short',
    maximumFractionDigits: value < 10 && unit > 0 ? 1 : 0,
  }).format(value);
}
