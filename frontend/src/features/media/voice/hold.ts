// Following the finger or mouse that began a recording. The button itself is gone by then.
import { current, discard, lock, send, setLeaving } from './recording';

/** Let go before this, in milliseconds, it was a tap. */
const TAP_MS = 400;
/** Slid so far, in pixels, it is to be discarded. */
const LEAVE_PX = 90;

/** Browsers follow a touch with a click, this much later at most, in milliseconds. */
const CLICK_MS = 400;

/** Keeps the click of a touch from whatever lies under the finger by then. */
function swallowClick() {
  const swallow = (event: MouseEvent) => {
    event.preventDefault();
    event.stopPropagation();
  };
  window.addEventListener('click', swallow, { capture: true, once: true });
  setTimeout(() => window.removeEventListener('click', swallow, true), CLICK_MS);
}

/** Watches a pointer until it is let go. */
export function followPointer({ pointerId, clientX, clientY }: PointerEvent): void {
  const pressedAt = performance.now();

  const move = (event: PointerEvent) => {
    if (event.pointerId !== pointerId) return;
    const isAway = clientX - event.clientX > LEAVE_PX || clientY - event.clientY > LEAVE_PX;
    setLeaving(isAway);
  };
  const up = (event: PointerEvent) => {
    if (event.pointerId !== pointerId) return;
    end();
    if (event.pointerType === 'touch') swallowClick();
    const isTap = performance.now() - pressedAt < TAP_MS;
    const recording = current();
    if (!recording?.isHeld) return;
    if (recording.isLeaving) discard();
    else if (isTap || recording.phase !== 'recording') lock();
    else void send();
  };
  const cancel = (event: PointerEvent) => {
    if (event.pointerId !== pointerId) return;
    end();
    lock();
  };
  const end = () => {
    window.removeEventListener('pointermove', move);
    window.removeEventListener('pointerup', up);
    window.removeEventListener('pointercancel', cancel);
  };
  window.addEventListener('pointermove', move);
  window.addEventListener('pointerup', up);
  window.addEventListener('pointercancel', cancel);
}
