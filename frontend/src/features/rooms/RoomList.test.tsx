import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useLocation, useMatch } from 'react-router';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { api, chat } from '@/api/client';
import { drafted } from '@/features/composer/drafts-slice';
import { typingChanged, usersMet } from '@/features/people/slice';
import { roomSettingsChanged } from '@/features/settings/slice';
import { runUndo } from '@/features/shell/toasts';
import { makeMessage, makeRoom } from '@/testing/builders';
import { renderSignedIn } from '@/testing/signed-in';
import { type MenuRequest, setMenuHost } from '@/ui/menu';
import { RoomList } from './RoomList';
import { type RoomEntry, messagesArrived, roomsRestored } from './slice';

const at = (minute: number) => `2026-01-05T12:${String(minute).padStart(2, '0')}:00.000Z`;
const said = (text: string, minute: number, userId = 2) =>
  makeMessage({ seq: 5, userId, textMessage: { text, mention: [] }, createdAt: at(minute) });

const ROOMS: RoomEntry[] = [
  makeRoom({
    id: 1,
    name: 'Kitchen table',
    creatorId: 1,
    lastSeq: 5,
    lastMessage: said('Who took the mug?', 1),
  }),
  makeRoom({
    id: 2,
    name: 'Release 2.4',
    creatorId: 2,
    lastSeq: 5,
    lastMessage: said('Green', 3),
    unreadCount: 3,
    mentions: [5],
  }),
  makeRoom({
    id: 3,
    name: 'Sam',
    isDirect: true,
    creatorId: 1,
    memberIds: [2],
    lastSeq: 5,
    lastMessage: said('Hi', 2),
  }),
  makeRoom({ id: 4, name: '秋季团建', creatorId: 2, lastMessage: null }),
];

function Page() {
  const openId = Number(useMatch('/r/:id')?.params.id ?? 0);
  const { pathname, search } = useLocation();
  return (
    <>
      <RoomList openId={openId} />
      <output>{decodeURIComponent(pathname + search)}</output>
    </>
  );
}

let asked: MenuRequest | undefined;
beforeEach(() => {
  asked = undefined;
  setMenuHost((request) => (asked = request));
  Element.prototype.scrollIntoView = vi.fn();
});
afterEach(() => vi.useRealTimers());

function open(address = '/', rooms = ROOMS) {
  const view = renderSignedIn(<Page />, { at: address });
  act(() => {
    view.store.dispatch(usersMet([{ id: 2, userName: 'Sam', image: '', bio: '', github: '', online: true }]));
    if (rooms.length > 0) view.store.dispatch(roomsRestored(rooms));
  });
  return view;
}

const list = () => within(screen.getByRole('navigation', { name: 'Rooms' }));
const names = () =>
  list()
    .queryAllByRole('link')
    .map((row) => row.querySelector('[dir="auto"]')?.textContent);
const row = (name: RegExp | string) => list().getByRole('link', { name });
const address = () => screen.getByText(/^\//).textContent;
const menuOf = (name: RegExp) => {
  fireEvent.keyDown(row(name), { key: 'F10', shiftKey: true });
  return asked?.items ?? [];
};
const choose = (name: RegExp, id: string) =>
  act(() =>
    menuOf(name)
      .find((item) => item.id === id)
      ?.onSelect(),
  );

test('rows stand by newest activity and say what waits', () => {
  open();
  expect(names()).toEqual(['Release 2.4', 'Sam', 'Kitchen table', '秋季团建']);
  expect(row('Release 2.4 3 unread messages, you were mentioned')).toHaveAccessibleDescription(/Sam: Green/);
  expect(row('Sam')).toHaveAccessibleDescription(/Hi online$/);
  expect(row('秋季团建')).toHaveAccessibleDescription(/No messages yet/);
});

test('the open room is marked, and its draft is not repeated', () => {
  const { store } = open('/r/1');
  act(() => {
    store.dispatch(drafted({ roomId: 1, text: 'mine', at: 1 }));
    store.dispatch(drafted({ roomId: 3, text: 'later', at: 1 }));
  });
  expect(row('Kitchen table')).toHaveAttribute('aria-current', 'page');
  expect(row('Kitchen table')).toHaveAccessibleDescription(/Sam: Who took the mug/);
  expect(row('Sam')).toHaveAccessibleDescription(/Draft later/);
  act(() => void store.dispatch(typingChanged({ roomId: 3, userId: 2, until: Date.now() + 6000 })));
  expect(row('Sam')).toHaveAccessibleDescription(/Typing…/);
});

test('a new message moves its row up, but not under the pointer', () => {
  const { store } = open();
  const arrive = (minute: number) =>
    act(() => {
      const message = { ...said('New', minute), seq: minute };
      store.dispatch(messagesArrived({ roomId: 1, messages: [message], myId: 1, counted: false }));
    });
  arrive(10);
  expect(names()[0]).toBe('Kitchen table');
  const rows = row(/Sam/).closest('.overflow-y-auto') as Element;
  act(() => void store.dispatch(roomSettingsChanged({ roomId: 4, change: { pinned: true } })));
  fireEvent.pointerEnter(rows, { pointerType: 'mouse' });
  act(() => {
    const message = { ...said('Newest', 30), seq: 30, roomId: 3 };
    store.dispatch(messagesArrived({ roomId: 3, messages: [message], myId: 1, counted: false }));
  });
  expect(names()).toEqual(['秋季团建', 'Kitchen table', 'Release 2.4', 'Sam']);
  fireEvent.pointerLeave(rows);
  expect(names()).toEqual(['秋季团建', 'Sam', 'Kitchen table', 'Release 2.4']);
});

test('the field narrows the list, Enter goes to the first room', async () => {
  const user = userEvent.setup();
  open();
  const field = screen.getByRole('textbox', { name: 'Search' });
  await user.type(field, 'rel');
  expect(names()).toEqual(['Release 2.4']);
  await user.keyboard('{Enter}');
  expect(address()).toBe('/r/2');
  expect(field).toHaveValue('');
});

test('Chinese names are found by their Latin spelling', async () => {
  const user = userEvent.setup();
  open();
  await user.type(screen.getByRole('textbox', { name: 'Search' }), 'qjtj');
  await waitFor(() => expect(names()).toEqual(['秋季团建']));
});

test('without a match, Enter searches all messages', async () => {
  const user = userEvent.setup();
  open('/r/1');
  await user.type(screen.getByRole('textbox', { name: 'Search' }), 'mug shot');
  expect(names()).toEqual([]);
  expect(screen.getByRole('button', { name: 'Search messages for “mug shot”' })).toBeVisible();
  await user.keyboard('{Enter}');
  expect(address()).toBe('/r/1?panel=search&q=mug shot&scope=all');
});

test('chips choose kinds of rooms; the open one stays while it is being read', async () => {
  const user = userEvent.setup();
  open('/r/1');
  await user.click(screen.getByRole('button', { name: 'Unread, 1 room' }));
  expect(names()).toEqual(['Release 2.4', 'Kitchen table']);
  await user.click(screen.getByRole('button', { name: 'Direct' }));
  expect(names()).toEqual(['Sam']);
  expect(screen.getByRole('button', { name: 'Direct' })).toHaveAttribute('aria-pressed', 'true');
  await user.click(screen.getByRole('button', { name: 'Groups' }));
  expect(names()).toEqual(['Release 2.4', 'Kitchen table', '秋季团建']);
});

test('the list is one tab stop with arrows, ends and names inside', async () => {
  const user = userEvent.setup();
  open('/r/3');
  expect(
    list()
      .getAllByRole('link')
      .filter((link) => link.tabIndex === 0),
  ).toEqual([row('Sam')]);
  act(() => row('Sam').focus());
  await user.keyboard('{ArrowDown}');
  expect(row('Kitchen table')).toHaveFocus();
  await user.keyboard('{Home}');
  expect(row(/Release/)).toHaveFocus();
  await user.keyboard('{End}');
  expect(row('秋季团建')).toHaveFocus();
  await user.keyboard('ki');
  expect(row('Kitchen table')).toHaveFocus();
  expect(row('Kitchen table')).toHaveAttribute('tabindex', '0');
});

test('ArrowDown leads from the field into the list', async () => {
  const user = userEvent.setup();
  open();
  await user.type(screen.getByRole('textbox', { name: 'Search' }), 'k{ArrowDown}');
  expect(row('Kitchen table')).toHaveFocus();
});

test('the menu offers what makes sense for a room', () => {
  open();
  expect(menuOf(/Release/).map(({ id }) => id)).toEqual([
    'pin',
    'mute1',
    'mute8',
    'muteForEver',
    'markRead',
    'copyLink',
    'leave',
  ]);
  expect(menuOf(/Sam/).map(({ id }) => id)).not.toContain('leave');
  expect(menuOf(/秋/).map(({ id }) => id)).not.toContain('markUnread');
});

test('rooms are pinned, muted and marked by their menu', () => {
  const request = vi.spyOn(chat, 'request').mockResolvedValue(undefined);
  open();
  choose(/Kitchen/, 'pin');
  expect(names()[0]).toBe('Kitchen table');
  expect(screen.getByRole('heading', { name: 'Pinned' })).toBeVisible();
  choose(/Sam/, 'mute8');
  expect(row('Sam')).toHaveAccessibleDescription(/muted/);
  choose(/Release/, 'markRead');
  expect(request).toHaveBeenCalledWith('room.read', { id: 2, seq: 5 }, { wait: true });
  expect(row('Release 2.4')).toBeVisible();
  choose(/Release/, 'markUnread');
  expect(row('Release 2.4 marked as unread')).toBeVisible();
  choose(/Release/, 'markRead');
  expect(row('Release 2.4')).toBeVisible();
});

test('opening a room takes the mark of the hand away', async () => {
  const { store } = open();
  act(() => void store.dispatch(roomSettingsChanged({ roomId: 1, change: { unreadFrom: 5 } })));
  await userEvent.click(row('Kitchen table marked as unread'));
  expect(row('Kitchen table')).toBeVisible();
});

test('leaving can be taken back, and is done when it was not', async () => {
  vi.useFakeTimers();
  const remove = vi.spyOn(api, 'removeMember').mockResolvedValue(undefined);
  vi.spyOn(chat, 'untrack').mockReturnValue(undefined);
  const { store } = open('/r/2');
  choose(/Release/, 'leave');
  expect(names()).not.toContain('Release 2.4');
  expect(address()).toBe('/');
  act(() => runUndo(store.getState().ui.toast?.id ?? 0));
  await act(() => vi.advanceTimersByTimeAsync(10_000));
  expect(names()).toContain('Release 2.4');
  expect(address()).toBe('/r/2');
  expect(remove).not.toHaveBeenCalled();

  choose(/Release/, 'leave');
  await act(() => vi.advanceTimersByTimeAsync(10_000));
  expect(remove).toHaveBeenCalledExactlyOnceWith(2, 1);
  expect(store.getState().rooms.byId[2]).toBeUndefined();
});

test('a room that could not be left comes back and says so', async () => {
  vi.useFakeTimers();
  vi.spyOn(api, 'removeMember').mockRejectedValue(new Error('away'));
  const { store } = open();
  choose(/Release/, 'leave');
  await act(() => vi.advanceTimersByTimeAsync(10_000));
  expect(names()).toContain('Release 2.4');
  expect(store.getState().ui.toast?.text).toMatch(/You are still in Release 2.4/);
});

test('a creator is told to hand over first', async () => {
  open();
  choose(/Kitchen/, 'leave');
  const dialog = await screen.findByRole('dialog', { name: 'Hand over the room first' });
  await userEvent.click(within(dialog).getByRole('button', { name: 'Show members' }));
  expect(address()).toBe('/r/1?panel=members');
  expect(names()).toContain('Kitchen table');
});

test('the width of the list moves by keys within its bounds', async () => {
  const user = userEvent.setup();
  const { store } = open();
  act(() => screen.getByRole('separator', { name: 'Width of the list' }).focus());
  await user.keyboard('{ArrowLeft}');
  expect(store.getState().settings.device.listWidth).toBe(304);
  await user.keyboard('{End}{ArrowRight}');
  expect(store.getState().settings.device.listWidth).toBe(320);
  await user.keyboard('{Home}');
  expect(screen.getByRole('separator')).toHaveAttribute('aria-valuenow', '240');
});

test('no rooms at all: three ways to the first one', async () => {
  const { store } = open('/', []);
  expect(screen.getByRole('navigation', { name: 'Rooms' })).toHaveAttribute('aria-busy', 'true');
  act(() => void store.dispatch(roomsRestored([])));
  expect(screen.getByText('No conversations yet')).toBeVisible();
  await userEvent.click(screen.getAllByRole('button', { name: 'New room' })[1] as HTMLElement);
  expect(store.getState().ui.layer).toBe('new-room');
  await userEvent.click(screen.getByRole('button', { name: 'Add a friend' }));
  expect(address()).toBe('/people');
});
