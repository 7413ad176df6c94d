import { useShortcuts } from './useShortcuts';

/** The keys that work everywhere. */
export function Shortcuts() {
  useShortcuts();
  return null;
}
