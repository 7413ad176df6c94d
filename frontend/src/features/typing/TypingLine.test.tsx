import type { User } from '@banter/client';
import { act, render, renderHook, screen } from '@testing-library/react';
import { Provider } from 'react-redux';
import { beforeEach, expect, it, vi } from 'vitest';

import { makeStore } from '@/app/store';
import { signedIn } from '@/features/account/slice';
import { typingChanged, usersMet } from '@/features/people/slice';
import { TypingLine } from './TypingLine';
import { useTypingText } from './useTypingText';

const person = (id: number, userName: string): User => ({
  id,
  userName,
  image: '',
  bio: '',
  github: '',
  online: true,
});

let store: ReturnType<typeof makeStore>;

const type = (userId: number, ms: number | null = 6000, roomId = 1) =>
  act(() => {
    store.dispatch(typingChanged({ roomId, userId, until: ms === null ? null : Date.now() + ms }));
  });

beforeEach(() => {
  vi.useFakeTimers();
  store = makeStore();
  store.dispatch(signedIn({ ...person(9, 'Me'), email: 'me@example.org', createdAt: '' } as never));
  store.dispatch(usersMet([person(1, 'Ann'), person(2, 'Ben'), person(3, 'Cleo'), person(9, 'Me')]));
  render(
    <Provider store={store}>
      <TypingLine roomId={1} />
    </Provider>,
  );
  return () => vi.useRealTimers();
});

it('names one or two, and counts no further', () => {
  type(1);
  expect(screen.getByText('Ann is typing')).toBeVisible();
  type(2);
  expect(screen.getByText('Ann and Ben are typing')).toBeVisible();
  type(3);
  expect(screen.getByText('Several people are typing')).toBeVisible();
});

it('forgets each when their time is over, and at once when they stop', () => {
  type(1, 3000);
  type(2, 6000);
  act(() => void vi.advanceTimersByTime(3000));
  expect(screen.getByText('Ben is typing')).toBeVisible();
  type(2, null);
  expect(screen.queryByText(/typing/)).toBeNull();
});

it('shows neither the own typing nor that of another room', () => {
  type(9);
  type(1, 6000, 2);
  expect(screen.queryByText(/typing/)).toBeNull();
});

it('needs no name between two people', () => {
  const { result } = renderHook(() => useTypingText(1, true), {
    wrapper: ({ children }) => <Provider store={store}>{children}</Provider>,
  });
  expect(result.current).toBeNull();
  type(1);
  expect(result.current).toBe('Typing');
});
