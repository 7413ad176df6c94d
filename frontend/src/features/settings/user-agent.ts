/** A device as people call it. `null` where the text does not tell. */
export interface Device {
  browser: string | null;
  system: string | null;
  kind: 'computer' | 'phone' | 'tablet' | 'program';
}

/** In this order: many browsers name others besides themselves. */
const BROWSERS: [RegExp, string][] = [
  [/MicroMessenger\//, 'WeChat'],
  [/\bEdgA?(iOS)?\//, 'Edge'],
  [/\b(OPR|Opera)\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\bVivaldi\//, 'Vivaldi'],
  [/\bElectron\//, 'Electron'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/(Chrome|Chromium|CriOS)\//, 'Chrome'],
  [/\bVersion\/[\d.]+.*\bSafari\//, 'Safari'],
];

const SYSTEMS: [RegExp, string][] = [
  [/\biPad\b/, 'iPadOS'],
  [/\b(iPhone|iPod)\b/, 'iOS'],
  [/\b(OpenHarmony|HarmonyOS)\b/, 'HarmonyOS'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\b(Macintosh|Mac OS X)\b/, 'macOS'],
  [/\bLinux\b/, 'Linux'],
];

/** What the first word of other programs says, such as "okhttp/4.9" or "node". */
function programOf(userAgent: string): string | null {
  return /^[\w.-]+/.exec(userAgent)?.[0] ?? null;
}

/** Reads what a browser, or another program, says of itself. */
export function deviceOf(userAgent: string): Device {
  const first = (table: [RegExp, string][]) =>
    table.find(([pattern]) => pattern.test(userAgent))?.[1] ?? null;
  const system = first(SYSTEMS);
  if (!userAgent.startsWith('Mozilla/')) return { browser: programOf(userAgent), system, kind: 'program' };
  return { browser: first(BROWSERS), system, kind: kindOf(userAgent) };
}

function kindOf(userAgent: string): Device['kind'] {
  if (/\biPad\b|\bTablet\b/.test(userAgent)) return 'tablet';
  const isMobile = /\bMobile\b|\biPhone\b|\biPod\b/.test(userAgent);
  if (/\bAndroid\b/.test(userAgent)) return isMobile ? 'phone' : 'tablet';
  return isMobile ? 'phone' : 'computer';
}
