import type { SessionEnd } from '@banter/client';

type Listener = (reason: SessionEnd) => void;

let listener: Listener | undefined;

/** Says who is told when nobody is signed in any more. */
export function onSessionEnd(next: Listener): void {
  listener = next;
}

export function endSession(reason: SessionEnd): void {
  listener?.(reason);
}
