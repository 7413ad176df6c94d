import { act, render, screen } from '@testing-library/react';
import { expect, it, vi } from 'vitest';

import { Announcer } from './Announcer';
import { announce } from './announce';

it('speaks through a polite region that was there before, and keeps nothing', () => {
  vi.useFakeTimers();
  const { container } = render(<Announcer />);
  const region = container.querySelector('[aria-live=polite]');
  expect(region).toHaveTextContent('');
  announce('Sent');
  act(() => void vi.advanceTimersByTime(0));
  expect(screen.getByText('Sent').parentElement).toBe(region);
  act(() => void vi.advanceTimersByTime(1500));
  expect(region).toHaveTextContent('');
  vi.useRealTimers();
});
