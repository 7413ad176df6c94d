// Settings of this device. `public/theme-boot.js` reads the same entry before the first paint.

export interface DeviceSettings {
  theme: 'system' | 'light' | 'dark';
  contrast: boolean;
  /** Per cent. */
  textSize: number;
  density: 'roomy' | 'compact';
  language: Language;
  /** Width of the list of rooms in pixels. */
  listWidth: number;
}

export type Language = 'en' | 'zh';

const KEY = 'banter:device';

function systemLanguage(): Language {
  return /^zh/i.test(navigator.language) ? 'zh' : 'en';
}

export function loadDeviceSettings(): DeviceSettings {
  const standard: DeviceSettings = {
    theme: 'system',
    contrast: false,
    textSize: 100,
    density: 'roomy',
    language: systemLanguage(),
    listWidth: 312,
  };
  try {
    return { ...standard, ...(JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<DeviceSettings>) };
  } catch {
    // A broken entry, or a browser that keeps nothing.
    return standard;
  }
}

export function saveDeviceSettings(settings: DeviceSettings): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(settings));
  } catch {
    // A browser that keeps nothing: the settings hold until the page is closed.
  }
}

/** Makes the page look as the settings say. */
export function applyDeviceSettings(settings: DeviceSettings): void {
  const root = document.documentElement;
  const dark =
    settings.theme === 'dark' ||
    (settings.theme === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
  root.classList.toggle('dark', dark);
  root.classList.toggle('contrast', settings.contrast);
  root.classList.toggle('compact', settings.density === 'compact');
  root.style.fontSize = `${settings.textSize}%`;
  root.lang = settings.language === 'zh' ? 'zh-Hans' : 'en';
}
