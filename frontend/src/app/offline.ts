import { registerSW } from 'virtual:pwa-register';

/** Keeps the program in the browser, so that it opens without a network. A new version waits for the next visit. */
export function keepProgram(): void {
  registerSW({ immediate: false });
}
