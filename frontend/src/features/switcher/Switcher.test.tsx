import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useLocation } from 'react-router';
import { beforeEach, expect, test, vi } from 'vitest';

import { api } from '@/api/client';
import { roomsRestored } from '@/features/rooms/slice';
import { makeMessage, makePerson as person, makeRoom } from '@/testing/builders';
import { renderSignedIn } from '@/testing/signed-in';
import Switcher from './Switcher';

function Page() {
  const [isOpen, setOpen] = useState(false);
  const { pathname, search } = useLocation();
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>
        Open
      </button>
      {isOpen && <Switcher onClose={() => setOpen(false)} />}
      <output>{decodeURIComponent(pathname + search)}</output>
    </>
  );
}

const address = () => screen.getByText(/^\//).textContent;
const options = () =>
  screen.queryAllByRole('option').map((option) => option.querySelector('[dir="auto"]')?.textContent);
const active = () => {
  const id = screen.getByRole('combobox').getAttribute('aria-activedescendant');
  return id && document.getElementById(id)?.querySelector('[dir="auto"]')?.textContent;
};

beforeEach(async () => {
  Element.prototype.scrollIntoView = vi.fn();
  vi.spyOn(api, 'friends').mockResolvedValue([person(5, 'Kitty Lund')]);
  vi.spyOn(api, 'findUsers').mockResolvedValue([person(6, 'Kitano')]);
  vi.spyOn(api, 'openRooms').mockResolvedValue([
    { id: 7, name: 'Kite flying', image: '', memberCount: 4, joined: false, createdAt: '' },
  ]);
  const { store } = renderSignedIn(<Page />, { at: '/r/1' });
  const lastMessage = (createdAt: string) => makeMessage({ createdAt });
  act(() => {
    store.dispatch(
      roomsRestored([
        makeRoom({ id: 1, name: 'Kitchen table', lastMessage: lastMessage('2026-01-03') }),
        makeRoom({ id: 2, name: 'Release 2.4', lastMessage: lastMessage('2026-01-02'), unreadCount: 2 }),
      ]),
    );
  });
  await userEvent.click(screen.getByRole('button', { name: 'Open' }));
});

test('opens with what waits, then what was used last, then friends', async () => {
  expect(screen.getByRole('dialog', { name: 'Go to' })).toBeVisible();
  await waitFor(() => expect(options()).toEqual(['Release 2.4', 'Kitchen table', 'Kitty Lund']));
  expect(screen.getByRole('group', { name: 'Unread' })).toHaveTextContent('2 unread messages');
  expect(active()).toBe('Release 2.4');
});

test('arrows choose, round the ends as well, and Enter goes', async () => {
  const user = userEvent.setup();
  await waitFor(() => expect(options()).toHaveLength(3));
  await user.type(screen.getByRole('combobox'), '{ArrowDown}{ArrowDown}{ArrowDown}');
  expect(active()).toBe('Release 2.4');
  await user.keyboard('{ArrowUp}{ArrowUp}{ArrowUp}{Enter}');
  expect(address()).toBe('/r/2');
  expect(screen.queryByRole('dialog')).toBeNull();
});

test('finds rooms, friends, people and open rooms, best first', async () => {
  await userEvent.type(screen.getByRole('combobox'), 'kit');
  await waitFor(() => expect(options()).toEqual(['Kitchen table', 'Kitty Lund', 'Kitano', 'Kite flying']));
  expect(api.findUsers).toHaveBeenCalledExactlyOnceWith({ userName: 'kit', limit: 20 });
  await userEvent.click(screen.getByRole('option', { name: /Kitano/ }));
  expect(address()).toBe('/people/6');
});

test('forgives a typo', async () => {
  await userEvent.type(screen.getByRole('combobox'), 'relaese');
  await waitFor(() => expect(options()).toContain('Release 2.4'));
});

test('nothing found: Enter searches the messages', async () => {
  vi.mocked(api.findUsers).mockResolvedValue([]);
  vi.mocked(api.openRooms).mockResolvedValue([]);
  const user = userEvent.setup();
  await user.type(screen.getByRole('combobox'), 'zzzz');
  expect(await screen.findByText('Nothing found for “zzzz”')).toBeVisible();
  await user.keyboard('{Enter}');
  expect(address()).toBe('/r/1?panel=search&q=zzzz&scope=all');
});

test('Esc closes and changes nothing', async () => {
  await userEvent.type(screen.getByRole('combobox'), 'rel{Escape}');
  expect(screen.queryByRole('dialog')).toBeNull();
  expect(address()).toBe('/r/1');
});
