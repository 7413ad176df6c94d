import { act, fireEvent, render, screen, within } from '@testing-library/react';
import { Provider } from 'react-redux';
import { MemoryRouter, useLocation } from 'react-router';
import { beforeEach, describe, expect, it, vi } from 'vitest';

import { makeStore } from '@/app/store';
import { roomsRestored } from '@/features/rooms/slice';
import { makeRoom } from '@/testing/builders';
import KeysDialog from './KeysDialog';
import { Shortcuts } from './Shortcuts';

let store: ReturnType<typeof makeStore>;

function Address() {
  const { pathname, search } = useLocation();
  return <output>{pathname + search}</output>;
}

function open(address: string) {
  store = makeStore();
  store.dispatch(roomsRestored([makeRoom({ id: 1 }), makeRoom({ id: 2 })]));
  render(
    <Provider store={store}>
      <MemoryRouter initialEntries={[address]}>
        <Shortcuts />
        <Address />
      </MemoryRouter>
    </Provider>,
  );
}

const press = (key: string, rest: KeyboardEventInit = {}) => {
  let isLeft = true;
  act(() => {
    isLeft = fireEvent.keyDown(document.body, { key, ...rest });
  });
  return { isTaken: !isLeft };
};
const address = () => screen.getByRole('status').textContent;

describe('in a room', () => {
  beforeEach(() => open('/r/1?at=7'));

  it('opens the switcher and closes it', () => {
    expect(press('k', { ctrlKey: true }).isTaken).toBe(true);
    expect(store.getState().ui.layer).toBe('switcher');
    press('k', { ctrlKey: true });
    expect(store.getState().ui.layer).toBeNull();
  });

  it('searches the room, then everywhere, and keeps the place', () => {
    press('f', { ctrlKey: true });
    expect(address()).toBe('/r/1?at=7&panel=search');
    press('f', { ctrlKey: true, shiftKey: true });
    expect(address()).toBe('/r/1?at=7&panel=search&scope=all');
  });

  it('shows details and hides them', () => {
    press('.', { ctrlKey: true });
    expect(address()).toBe('/r/1?at=7&panel=details');
    press('.', { ctrlKey: true });
    expect(address()).toBe('/r/1?at=7');
  });

  it('goes to the next room', () => {
    press('ArrowDown', { altKey: true });
    expect(address()).toBe('/r/2');
  });

  it.each([
    ['Escape', {}, 'banter:bottom'],
    ['u', { ctrlKey: true }, 'banter:attach'],
  ])('tells the conversation of %s', (key, rest, name) => {
    const heard = vi.fn();
    window.addEventListener(name, heard, { once: true });
    press(key, rest);
    expect(heard).toHaveBeenCalledOnce();
  });

  it('leaves alone what something else has answered', () => {
    const heard = vi.fn();
    window.addEventListener('banter:bottom', heard);
    const answer = (event: Event) => event.preventDefault();
    document.body.addEventListener('keydown', answer);
    press('Escape');
    document.body.removeEventListener('keydown', answer);
    window.removeEventListener('banter:bottom', heard);
    expect(heard).not.toHaveBeenCalled();
  });

  it('does nothing behind a dialog', () => {
    const dialog = document.createElement('div');
    dialog.setAttribute('role', 'dialog');
    dialog.setAttribute('aria-modal', 'true');
    document.body.append(dialog);
    press('ArrowDown', { altKey: true });
    expect(address()).toBe('/r/1?at=7');
    dialog.remove();
  });
});

describe('outside of rooms', () => {
  it('searches everywhere from the settings', () => {
    open('/settings');
    press('f', { ctrlKey: true });
    expect(address()).toBe('/?panel=search');
  });

  it('leaves keys of conversations to the browser', () => {
    open('/people');
    expect(press('u', { ctrlKey: true }).isTaken).toBe(false);
    expect(press('ArrowUp', { altKey: true }).isTaken).toBe(false);
  });
});

it('lists every key in tables', async () => {
  render(
    <Provider store={makeStore()}>
      <KeysDialog onClose={() => undefined} />
    </Provider>,
  );
  const dialog = await screen.findByRole('dialog', { name: 'Keyboard' }, { timeout: 20_000 });
  const row = within(dialog).getByRole('row', { name: /^Search all rooms/ });
  expect(within(row).getByRole('cell')).toHaveTextContent('CtrlShiftF');
}, 30_000);
