import type { AppStore } from '@/app/store';
import { setLanguage } from '@/i18n';
import { applyDeviceSettings, saveDeviceSettings } from '@/lib/device';

/** Keeps the page looking as the device's settings say, and keeps the settings. */
export function followDevice(store: AppStore): void {
  let last = store.getState().settings.device;
  applyDeviceSettings(last);
  store.subscribe(() => {
    const next = store.getState().settings.device;
    if (next === last) return;
    if (next.language !== last.language) void setLanguage(next.language);
    last = next;
    applyDeviceSettings(next);
    saveDeviceSettings(next);
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => applyDeviceSettings(last));
}
