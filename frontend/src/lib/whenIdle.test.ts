import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { whenIdle } from './whenIdle';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('waits for the browser to be idle', () => {
  const idle: (() => void)[] = [];
  vi.stubGlobal('requestIdleCallback', (run: () => void) => idle.push(run));
  const cancel = vi.fn();
  vi.stubGlobal('cancelIdleCallback', cancel);
  const run = vi.fn();
  const callOff = whenIdle(run);
  expect(run).not.toHaveBeenCalled();
  idle[0]?.();
  expect(run).toHaveBeenCalledOnce();
  callOff();
  expect(cancel).toHaveBeenCalledWith(1);
});

it('waits for some time where browsers do not say so, unless it is called off', () => {
  const [run, never] = [vi.fn(), vi.fn()];
  whenIdle(run);
  whenIdle(never)();
  expect(run).not.toHaveBeenCalled();
  vi.runAllTimers();
  expect(run).toHaveBeenCalledOnce();
  expect(never).not.toHaveBeenCalled();
});
