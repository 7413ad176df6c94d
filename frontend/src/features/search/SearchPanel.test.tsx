import type { SearchHit } from '@banter/client';
import { act, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Provider } from 'react-redux';
import { MemoryRouter, useLocation } from 'react-router';
import { type MockInstance, beforeEach, describe, expect, it, vi } from 'vitest';

import { api } from '@/api/client';
import { makeStore } from '@/app/store';
import { usersMet } from '@/features/people/slice';
import { roomsRestored } from '@/features/rooms/slice';
import { makeMessage, makePerson as person, makeRoom } from '@/testing/builders';
import SearchPanel from './SearchPanel';

const makeHit = (seq: number, text: string, spans: [number, number][] = []): SearchHit => ({
  ...makeMessage({ seq, textMessage: { text, mention: [] } }),
  spans: spans.map(([start, end]) => ({ start, end })),
});

function Address() {
  const { pathname, search } = useLocation();
  return <output>{decodeURIComponent(pathname + search)}</output>;
}

const address = () => screen.getByText(/^\//).textContent;
const field = () => screen.getByRole('textbox', { name: 'Search messages' });

function open(search = '?panel=search', roomId = 1) {
  const store = makeStore();
  store.dispatch(
    roomsRestored([
      makeRoom({ id: 1, name: 'Lake house', memberIds: [31] }),
      makeRoom({ id: 2, name: 'Kitchen' }),
    ]),
  );
  const zoes = Array.from({ length: 10 }, (_, index) => person(22 + index, `Zoe ${index}`));
  store.dispatch(usersMet([person(2, 'Ann Lee'), person(3, 'Ben'), ...zoes]));
  return render(
    <Provider store={store}>
      <MemoryRouter initialEntries={[`${roomId ? `/r/${roomId}` : '/'}${search}`]}>
        <SearchPanel roomId={roomId || undefined} />
        <Address />
      </MemoryRouter>
    </Provider>,
  );
}

let ask: MockInstance<typeof api.search>;

beforeEach(() => {
  ask = vi.spyOn(api, 'search').mockResolvedValue([]);
  vi.spyOn(api, 'findUsers').mockResolvedValue([]);
});

describe('searching', () => {
  it('finds what stands in the address, in this room, and marks it', async () => {
    ask.mockResolvedValue([makeHit(7, 'the early train', [[10, 15]])]);
    open('?panel=search&q=train');
    const hit = await screen.findByRole('button', { name: /the early train/ });
    expect(within(hit).getByText('train').tagName).toBe('MARK');
    expect(within(hit).getByText('Ann Lee')).toBeVisible();
    expect(ask).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ q: 'train', roomId: 1 }));
    expect(screen.getByText('1 message found')).toHaveRole('status');
  });

  it('asks once for what is typed in one go, and keeps it in the address', async () => {
    open();
    await userEvent.type(field(), 'two trains');
    await waitFor(() => expect(ask).toHaveBeenCalledOnce());
    expect(ask.mock.lastCall?.[0]).toMatchObject({ q: 'two trains' });
    await waitFor(() => expect(address()).toBe('/r/1?panel=search&q=two trains'));
  });

  it('cancels a question when the next one is asked', async () => {
    const signals: AbortSignal[] = [];
    ask.mockImplementation(({ signal }) => {
      if (signal) signals.push(signal);
      return new Promise(() => undefined);
    });
    open('?panel=search&q=first');
    await waitFor(() => expect(signals).toHaveLength(1));
    await userEvent.type(field(), ' second');
    await waitFor(() => expect(signals).toHaveLength(2));
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, false]);
  });

  it('asks the server for what filters name', async () => {
    open('?panel=search&q=from:"Ann Lee" has:link in:Kitchen');
    await waitFor(() => expect(ask).toHaveBeenCalledOnce());
    expect(ask.mock.lastCall?.[0]).toMatchObject({ from: 2, has: 'link', roomId: 2 });
    expect(ask.mock.lastCall?.[0].q).toBeUndefined();
  });

  it('says which filter names nothing, and does not ask', async () => {
    open('?panel=search&q=x from:Nobody');
    expect(await screen.findByRole('alert')).toHaveTextContent('There is nobody called “Nobody”.');
    expect(ask).not.toHaveBeenCalled();
  });

  it('offers to search everywhere when the room has nothing', async () => {
    open('?panel=search&q=train');
    await userEvent.click(await screen.findByRole('button', { name: 'Search everywhere' }));
    await waitFor(() => expect(ask.mock.lastCall?.[0].roomId).toBeUndefined());
    expect(address()).toBe('/r/1?panel=search&q=train&scope=all');
    expect(screen.getByRole('radio', { name: 'Everywhere' })).toBeChecked();
  });

  it('says what went wrong, and tries again', async () => {
    ask.mockRejectedValueOnce(new Error('no network'));
    open('?panel=search&q=train');
    expect(await screen.findByRole('alert')).toHaveTextContent('could not be reached');
    ask.mockResolvedValue([makeHit(1, 'a train')]);
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('button', { name: /a train/ })).toBeVisible();
  });

  it('gets the next page behind the last hit', async () => {
    const page = Array.from({ length: 30 }, (_, index) => makeHit(100 - index, `train ${100 - index}`));
    ask.mockResolvedValueOnce(page).mockResolvedValueOnce([makeHit(5, 'train 5')]);
    open('?panel=search&q=train');
    fireEvent.click(await screen.findByRole('button', { name: 'Show more' }));
    expect(await screen.findByRole('button', { name: /train 5$/ })).toBeVisible();
    expect(ask.mock.lastCall?.[0]).toMatchObject({ cursor: page.at(-1)?.id });
    expect(screen.queryByRole('button', { name: 'Show more' })).toBeNull();
  });
});

describe('keys', () => {
  beforeEach(async () => {
    ask.mockResolvedValue([makeHit(9, 'second train'), makeHit(4, 'first train')]);
    open('?panel=search&q=train');
    await screen.findByRole('button', { name: /second train/ });
  });

  it('step through the hits, jump, and leave the list open', async () => {
    await userEvent.type(field(), '{ArrowDown}{ArrowDown}');
    expect(screen.getByRole('button', { name: /first train/ })).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    expect(address()).toBe('/r/1?at=4&panel=search&q=train');
    expect(screen.getByRole('button', { name: /first train/ })).toHaveAttribute('aria-current', 'true');
  });

  it('go back from the first hit to the field', async () => {
    await userEvent.type(field(), '{ArrowDown}{ArrowUp}');
    expect(field()).toHaveFocus();
  });
});

it('gives the focus back when it closes', async () => {
  const field = document.body.appendChild(document.createElement('textarea'));
  field.focus();
  const { unmount } = open();
  expect(screen.getByRole('textbox', { name: 'Search messages' })).toHaveFocus();
  unmount();
  await waitFor(() => expect(field).toHaveFocus());
  field.remove();
});

describe('filters', () => {
  it('are completed while somebody types', async () => {
    open();
    await userEvent.type(field(), 'from:an');
    const options = await screen.findAllByRole('option');
    expect(options.map((option) => option.textContent)).toEqual(['Ann Lee']);
    await userEvent.keyboard('{Enter}');
    expect(field()).toHaveValue('from:"Ann Lee" ');
  });

  it('offer the people of the conversation first', async () => {
    open();
    await userEvent.type(field(), 'from:zo');
    const options = await screen.findAllByRole('option');
    expect(options.map((option) => option.textContent).slice(0, 2)).toEqual(['Zoe 9', 'Zoe 0']);
  });

  it('are offered by name, without taking Enter before one is chosen', async () => {
    open();
    await userEvent.type(field(), 'bef');
    expect(await screen.findByRole('option', { name: /^before:/ })).toHaveAttribute('aria-selected', 'false');
    await userEvent.keyboard('{Tab}');
    expect(field()).toHaveValue('bef');
  });

  it('close with Escape, and only then the panel', async () => {
    open();
    await userEvent.type(field(), 'has:');
    await screen.findAllByRole('option');
    await userEvent.keyboard('{Escape}');
    expect(screen.queryByRole('option')).toBeNull();
    expect(address()).toContain('panel=search');
    await userEvent.keyboard('{Escape}');
    expect(address()).not.toContain('panel=search');
  });

  it('are buttons, too', async () => {
    open();
    await userEvent.click(screen.getByRole('button', { name: 'Images' }));
    expect(field()).toHaveValue('has:image ');
    await userEvent.click(screen.getByRole('button', { name: 'Filters' }));
    await userEvent.click(screen.getByRole('button', { name: 'Links' }));
    expect(field()).toHaveValue('has:link ');
    expect(screen.getByRole('button', { name: 'Links' })).toHaveAttribute('aria-pressed', 'true');
    await userEvent.click(screen.getByRole('button', { name: 'From' }));
    expect(field()).toHaveValue('has:link from:');
  });
});

it('searches everywhere where no room is open, and takes the room from the hit', async () => {
  ask.mockResolvedValue([{ ...makeHit(3, 'train'), roomId: 2, channelId: 2 }]);
  open('?panel=search&q=train', 0);
  const hit = await screen.findByRole('button', { name: /in Kitchen/ });
  expect(screen.queryByRole('radio')).toBeNull();
  act(() => hit.click());
  expect(address()).toBe('/r/2?at=3&panel=search&q=train&scope=all');
});
