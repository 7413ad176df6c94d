import { render, screen } from '@testing-library/react';
import { expect, it, vi } from 'vitest';

import { preloadable } from './preloadable';

const load = () => Promise.resolve({ default: ({ name }: { name: string }) => <p>Hello {name}</p> });
const WAITING = <p>waiting</p>;

it('waits for what was not loaded before', async () => {
  const Part = preloadable(load);
  render(
    <Suspense fallback={WAITING}>
      <Part name="Teo" />
    </Suspense>,
  );
  expect(screen.getByText('waiting')).toBeVisible();
  expect(await screen.findByText('Hello Teo')).toBeVisible();
});

it('shows at once what was loaded before', async () => {
  const Part = preloadable(load);
  await Part.preload();
  render(
    <Suspense fallback={WAITING}>
      <Part name="Teo" />
    </Suspense>,
  );
  expect(screen.getByText('Hello Teo')).toBeVisible();
  expect(screen.queryByText('waiting')).toBeNull();
});

it('tries again when it could not be loaded ahead', async () => {
  const once = vi.fn(load).mockRejectedValueOnce(new Error('no network'));
  const Part = preloadable(once);
  await Part.preload();
  render(
    <Suspense fallback={WAITING}>
      <Part name="Teo" />
    </Suspense>,
  );
  expect(await screen.findByText('Hello Teo')).toBeVisible();
});
