import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { Capture } from './capture';
import { followPointer } from './hold';
import { answerWith, current, discard, halt, send, start } from './recording';

const outbox = vi.hoisted(() => ({ send: vi.fn() }));
const device = vi.hoisted(() => ({ capture: vi.fn<() => Promise<Capture>>(), canRecord: vi.fn(() => true) }));
vi.mock('@/api/client', () => ({ chat: { outbox } }));
vi.mock('./capture', () => device);

const ROOM = 7;
let microphone: Capture;

beforeEach(() => {
  vi.useFakeTimers();
  outbox.send.mockClear();
  device.capture.mockReset();
  device.canRecord.mockReturnValue(true);
  microphone = {
    levels: [0.2, 0.4],
    stop: vi.fn(() => Promise.resolve(new Blob(['sound'], { type: 'audio/webm' }))),
    cancel: vi.fn(),
  };
  device.capture.mockResolvedValue(microphone);
});

afterEach(() => {
  discard();
  vi.useRealTimers();
});

const press = (type: string, init: PointerEventInit = {}) =>
  window.dispatchEvent(new PointerEvent(type, { pointerId: 1, clientX: 300, clientY: 300, ...init }));

async function hold() {
  followPointer(new PointerEvent('pointerdown', { pointerId: 1, clientX: 300, clientY: 300 }));
  await start(ROOM, true);
}

describe('a recording', () => {
  it('is sent with its length and loudness, and answers a message', async () => {
    await start(ROOM, false);
    answerWith(55);
    vi.advanceTimersByTime(2000);
    await send();
    expect(outbox.send).toHaveBeenCalledExactlyOnceWith(
      ROOM,
      expect.objectContaining({
        kind: 'media',
        mime: 'audio/webm',
        peaks: [50, 100],
        duration: 2,
        replyId: 55,
      }),
    );
    expect(current()).toBeNull();
  });

  it('can be heard before it is sent', async () => {
    await start(ROOM, false);
    vi.advanceTimersByTime(1000);
    await halt();
    expect(current()).toMatchObject({ phase: 'preview', result: { peaks: [50, 100] } });
    await send();
    expect(outbox.send).toHaveBeenCalledOnce();
  });

  it('ends by itself after a minute, and waits', async () => {
    await start(ROOM, true);
    await vi.advanceTimersByTimeAsync(61_000);
    expect(current()).toMatchObject({ phase: 'preview', seconds: 60, isHeld: false });
    expect(outbox.send).not.toHaveBeenCalled();
  });

  it('says when the microphone is refused, is missing, or cannot be used', async () => {
    device.capture.mockRejectedValue(new DOMException('no', 'NotAllowedError'));
    await start(ROOM, false);
    expect(current()).toMatchObject({ phase: 'trouble', trouble: 'refused' });
    device.capture.mockRejectedValue(new DOMException('none', 'NotFoundError'));
    await start(ROOM, false);
    expect(current()).toMatchObject({ trouble: 'missing' });
    device.canRecord.mockReturnValue(false);
    await start(ROOM, false);
    expect(current()).toMatchObject({ trouble: 'unsupported' });
  });

  it('closes a microphone that opens after one thought better of it', async () => {
    let open: (opened: Capture) => void = () => undefined;
    device.capture.mockReturnValueOnce(new Promise((resolve) => (open = resolve)));
    const first = start(ROOM, false);
    await vi.waitFor(() => expect(device.capture).toHaveBeenCalled());
    discard();
    const again = start(ROOM, false);
    const late = { ...microphone, cancel: vi.fn() };
    open(late);
    await Promise.all([first, again]);
    expect(late.cancel).toHaveBeenCalledOnce();
    expect(microphone.cancel).not.toHaveBeenCalled();
    expect(current()?.phase).toBe('recording');
  });
});

describe('holding', () => {
  it('sends when it is let go', async () => {
    await hold();
    vi.advanceTimersByTime(1500);
    press('pointerup');
    await vi.waitFor(() => expect(outbox.send).toHaveBeenCalledOnce());
  });

  it('locks when it was a tap', async () => {
    await hold();
    vi.advanceTimersByTime(200);
    press('pointerup');
    expect(current()).toMatchObject({ phase: 'recording', isHeld: false });
    // Nobody can have meant to send it yet.
    await send();
    expect(current()).not.toBeNull();
    expect(outbox.send).not.toHaveBeenCalled();
  });

  it('keeps the click of a touch from what lies there by then', async () => {
    const clicked = vi.fn();
    document.body.addEventListener('click', clicked);
    await hold();
    press('pointerup', { pointerType: 'touch' });
    document.body.click();
    expect(clicked).not.toHaveBeenCalled();
    document.body.click();
    expect(clicked).toHaveBeenCalledOnce();
    document.body.removeEventListener('click', clicked);
  });

  it('discards when it slid away', async () => {
    await hold();
    vi.advanceTimersByTime(1500);
    press('pointermove', { clientX: 200 });
    expect(current()?.isLeaving).toBe(true);
    press('pointerup', { clientX: 200 });
    expect(current()).toBeNull();
    expect(microphone.cancel).toHaveBeenCalledOnce();
    expect(outbox.send).not.toHaveBeenCalled();
  });

  it('loses nothing when the system takes the pointer away', async () => {
    await hold();
    vi.advanceTimersByTime(1500);
    press('pointercancel');
    expect(current()).toMatchObject({ phase: 'recording', isHeld: false });
  });
});
