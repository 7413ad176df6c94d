import { ApiError, type Room } from '@banter/client';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useLocation } from 'react-router';
import { beforeEach, expect, test, vi } from 'vitest';

import { api, chat } from '@/api/client';
import { OPEN_ROOMS_PAGE } from '@/api/queries';
import { makePerson as person } from '@/testing/builders';
import { renderSignedIn } from '@/testing/signed-in';
import BrowseRooms from './BrowseRooms';
import { NewRoomDialog } from './NewRoomDialog';
import NotMember from './NotMember';

const room = (id: number, name: string): Room => ({
  id,
  name,
  image: '',
  channelType: 'PUBLIC',
  joinPolicy: 'open',
  creator: person(1, 'Noor'),
  admin: [],
  member: [],
  memberCount: 1,
  lastSeq: 0,
  lastRev: 0,
  readSeq: {},
  unreadCount: 0,
  unreadMentions: 0,
  lastMessage: null,
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
});

function Address() {
  return <output>{useLocation().pathname}</output>;
}
const address = () => screen.getByText(/^\//).textContent;
const close = vi.fn();

function show(shown: React.ReactElement) {
  return renderSignedIn(
    <>
      {shown}
      <Address />
    </>,
  );
}

beforeEach(() => {
  close.mockReset();
  Element.prototype.scrollIntoView = vi.fn();
  vi.spyOn(chat, 'track').mockReturnValue(undefined);
  vi.spyOn(api, 'friends').mockResolvedValue([person(2, 'Sam Okafor'), person(3, 'Lena Novak')]);
  vi.spyOn(api, 'findUsers').mockResolvedValue([]);
  vi.spyOn(api, 'openRooms').mockResolvedValue([
    { id: 5, name: 'Gardeners', image: '', memberCount: 4, joined: false, createdAt: '' },
    { id: 6, name: 'General', image: '', memberCount: 1, joined: true, createdAt: '' },
  ]);
});

test('a room is made with a name and people, and opened', async () => {
  const user = userEvent.setup();
  const create = vi.spyOn(api, 'createRoom').mockResolvedValue(room(9, 'Lake house'));
  const { store } = show(<NewRoomDialog isOpen onClose={close} />);
  const dialog = within(await screen.findByRole('dialog', { name: 'New room' }));
  await user.type(dialog.getByRole('textbox', { name: 'Name' }), ' Lake house ');
  await user.click(dialog.getByRole('radio', { name: 'Everybody' }));
  const people = dialog.getByRole('combobox', { name: 'People to invite' });
  await user.type(people, 'len');
  await waitFor(() => expect(dialog.getAllByRole('option')).toHaveLength(1));
  await user.keyboard('{Enter}');
  await user.click(await dialog.findByRole('option', { name: 'Sam Okafor' }));
  await user.click(dialog.getByRole('button', { name: 'Remove Lena Novak' }));
  await user.click(dialog.getByRole('button', { name: 'Create' }));
  await waitFor(() => expect(address()).toBe('/r/9'));
  expect(create).toHaveBeenCalledExactlyOnceWith({ name: 'Lake house', joinPolicy: 'open', memberIds: [2] });
  expect(store.getState().rooms.byId[9]?.name).toBe('Lake house');
  expect(close).toHaveBeenCalledOnce();
});

test('a room without a name is not made', async () => {
  const create = vi.spyOn(api, 'createRoom');
  show(<NewRoomDialog isOpen onClose={close} />);
  const dialog = within(await screen.findByRole('dialog'));
  await userEvent.click(dialog.getByRole('button', { name: 'Create' }));
  expect(dialog.getByRole('alert')).toHaveTextContent('Give the room a name.');
  expect(create).not.toHaveBeenCalled();
});

test('what went wrong stands in the window, and nothing typed is lost', async () => {
  const user = userEvent.setup();
  vi.spyOn(api, 'createRoom').mockRejectedValue(new ApiError('slow down', { code: 429, status: 429 }));
  show(<NewRoomDialog isOpen onClose={close} />);
  const dialog = within(await screen.findByRole('dialog'));
  await user.type(dialog.getByRole('textbox', { name: 'Name' }), 'Lake house');
  await user.click(dialog.getByRole('button', { name: 'Create' }));
  expect(await dialog.findByRole('alert')).not.toHaveTextContent('slow down');
  expect(dialog.getByRole('textbox', { name: 'Name' })).toHaveValue('Lake house');
  expect(close).not.toHaveBeenCalled();
});

test('open rooms are listed, joined and opened', async () => {
  const user = userEvent.setup();
  const join = vi.spyOn(api, 'joinRoom').mockResolvedValue(room(5, 'Gardeners'));
  const { store } = show(<BrowseRooms onClose={close} />);
  expect(await screen.findByRole('button', { name: 'Open General' })).toBeVisible();
  expect(screen.getByText('4 members')).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Join Gardeners' }));
  await waitFor(() => expect(address()).toBe('/r/5'));
  expect(join).toHaveBeenCalledExactlyOnceWith(5);
  expect(store.getState().rooms.byId[5]).toBeDefined();
});

test('a search without a match says why a room may be missing', async () => {
  vi.spyOn(api, 'openRooms').mockResolvedValue([]);
  show(<BrowseRooms onClose={close} />);
  expect(await screen.findByText('No open rooms yet')).toBeVisible();
  await userEvent.type(screen.getByRole('searchbox', { name: 'Find a room' }), 'x');
  expect(await screen.findByText('No open room with this name')).toBeVisible();
});

test('at the address of an open room one may join', async () => {
  const join = vi.spyOn(api, 'joinRoom').mockResolvedValue(room(5, 'Gardeners'));
  const { store } = show(<NotMember roomId={5} />);
  expect(await screen.findByText('You are not in Gardeners')).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: 'Join' }));
  await waitFor(() => expect(store.getState().rooms.byId[5]).toBeDefined());
  expect(join).toHaveBeenCalledExactlyOnceWith(5);
});

test.each([403, 404])('a room that answers %i is closed, with a way back', async (code) => {
  vi.spyOn(api, 'joinRoom').mockRejectedValue(new ApiError('no', { code, status: code }));
  show(<NotMember roomId={5} />);
  await userEvent.click(await screen.findByRole('button', { name: 'Join' }));
  expect(await screen.findByText('This room is not open')).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Join' })).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: 'Back to the conversations' }));
  expect(address()).toBe('/');
});

test('a room that is not among the open ones is offered to nobody', async () => {
  show(<NotMember roomId={77} />);
  expect(screen.queryByRole('button', { name: 'Join' })).toBeNull();
  expect(await screen.findByText('This room is not open')).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Join' })).toBeNull();
});

test('where more rooms are open than one answer names, joining is worth a try', async () => {
  const named = { name: 'Gardeners', image: '', memberCount: 4, joined: false, createdAt: '' };
  vi.spyOn(api, 'openRooms').mockResolvedValue(
    Array.from({ length: OPEN_ROOMS_PAGE }, (_room, index) => ({ ...named, id: 100 + index })),
  );
  show(<NotMember roomId={77} />);
  expect(await screen.findByRole('button', { name: 'Join' })).toBeVisible();
});

test('an address that no room can have is not asked for', () => {
  show(<NotMember roomId={Number.NaN} />);
  expect(screen.getByText('This room is not open')).toBeVisible();
});
