import type { Status } from '@banter/client';
import { act, fireEvent, render, screen } from '@testing-library/react';
import { Provider } from 'react-redux';
import { beforeEach, expect, it, vi } from 'vitest';

import { chat } from '@/api/client';
import { makeStore } from '@/app/store';
import { ConnectionBar } from './ConnectionBar';
import { statusChanged } from './slice';

let store: ReturnType<typeof makeStore>;

const become = (state: Status['state'], retryIn?: number) =>
  act(() => {
    const since = Date.now();
    const retryAt = retryIn === undefined ? undefined : since + retryIn;
    store.dispatch(statusChanged({ state, since, retryAt }));
  });
const pass = (ms: number) => act(() => void vi.advanceTimersByTime(ms));

beforeEach(() => {
  vi.useFakeTimers();
  store = makeStore({ connection: { state: 'online', since: Date.now() } });
  render(
    <Provider store={store}>
      <ConnectionBar />
    </Provider>,
  );
  return () => vi.useRealTimers();
});

it('stays silent through a break of less than three seconds', () => {
  become('connecting');
  pass(2900);
  become('online');
  pass(10_000);
  expect(screen.getByRole('status')).toBeEmptyDOMElement();
});

it('says that it connects, counts down, and tries at once when told to', () => {
  const tryNow = vi.spyOn(chat, 'tryNow').mockImplementation(() => undefined);
  become('connecting');
  pass(1000);
  become('waiting', 20_000);
  pass(2000);
  expect(screen.getByRole('status')).toHaveTextContent('Connecting…');
  expect(screen.queryByRole('button')).toBeNull();
  pass(7000);
  expect(screen.getByText('next try in 11 s')).toBeVisible();
  pass(1000);
  expect(screen.getByText('next try in 10 s')).toBeVisible();
  fireEvent.click(screen.getByRole('button', { name: 'Try now' }));
  expect(tryNow).toHaveBeenCalledOnce();
});

it('keeps its words from the first try to the last, so that they are heard once', () => {
  become('connecting');
  pass(3000);
  const words = screen.getByRole('status').firstChild;
  pass(8000);
  become('waiting', 5000);
  pass(2000);
  expect(screen.getByRole('status').firstChild).toBe(words);
});

it('says that writing goes on without a network, and goes when it is back', () => {
  become('offline');
  pass(3000);
  expect(screen.getByRole('status')).toHaveTextContent('Offline – you can go on writing');
  become('online');
  expect(screen.getByRole('status')).toBeEmptyDOMElement();
});
