import { ApiError } from '@banter/client';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ReactElement } from 'react';
import { Provider } from 'react-redux';
import { MemoryRouter } from 'react-router';
import { beforeEach, describe, expect, it, vi } from 'vitest';

import { api } from '@/api/client';
import { makeStore } from '@/app/store';
import { setLanguage } from '@/i18n';
import { sessionMark } from '@/lib/session-mark';
import SignIn from './SignIn';
import SignUp from './SignUp';

function show(form: ReactElement) {
  render(
    <Provider store={makeStore()}>
      <MemoryRouter>{form}</MemoryRouter>
    </Provider>,
  );
}

const email = () => screen.getByRole('textbox', { name: 'Email' });
const password = () => screen.getByLabelText('Password');
const press = (name: string) => userEvent.click(screen.getByRole('button', { name }));

beforeEach(async () => {
  localStorage.clear();
  await setLanguage('en');
});

describe('signing in', () => {
  it('says what is missing in its own words, and goes to the first of it', async () => {
    const login = vi.spyOn(api, 'login');
    show(<SignIn />);
    await press('Sign in');
    expect(email()).toHaveAccessibleDescription('Type your email address.');
    expect(password()).toHaveAccessibleDescription('Type your password.');
    await waitFor(() => expect(email()).toHaveFocus());
    await userEvent.type(email(), 'noor');
    await press('Sign in');
    expect(email()).toBeValid();
    await waitFor(() => expect(password()).toHaveFocus());
    expect(login).not.toHaveBeenCalled();
  });

  it('goes back to the password when it was wrong', async () => {
    vi.spyOn(api, 'login').mockRejectedValue(new ApiError('wrong', { code: 1002, status: 401 }));
    show(<SignIn />);
    await userEvent.type(email(), 'noor@example.org');
    await userEvent.type(password(), 'not the password');
    await press('Sign in');
    await waitFor(() => expect(password()).toHaveFocus());
    expect(password()).toHaveAccessibleDescription(/is wrong/);
  });

  it('greets who was here before, and nobody else', () => {
    show(<SignIn />);
    expect(screen.getByRole('heading')).toHaveTextContent('Sign in to Banter');
  });

  it('says welcome back after signing out', () => {
    sessionMark.set();
    sessionMark.clear();
    expect(sessionMark.isSet()).toBe(false);
    show(<SignIn />);
    expect(screen.getByRole('heading')).toHaveTextContent('Welcome back');
  });
});

describe('signing up', () => {
  it('tells what is no address and what is no password, in the language of the page', async () => {
    await setLanguage('zh');
    const register = vi.spyOn(api, 'register');
    show(<SignUp />);
    await userEvent.type(screen.getByRole('textbox', { name: '邮箱' }), 'noor');
    await userEvent.type(screen.getByLabelText('密码'), 'short');
    await press('注册');
    expect(screen.getByRole('textbox', { name: '邮箱' })).toHaveAccessibleDescription(/不是邮箱地址/);
    expect(screen.getByLabelText('密码')).toHaveAccessibleDescription(/8 到 72/);
    expect(register).not.toHaveBeenCalled();
  });

  it('says at its field what the server refuses', async () => {
    vi.spyOn(api, 'register').mockRejectedValue(new ApiError('taken', { code: 1001, status: 409 }));
    show(<SignUp />);
    expect(screen.getByRole('textbox', { name: 'User name' })).toHaveAccessibleDescription(/^Optional\./);
    await userEvent.type(email(), 'noor@example.org');
    await userEvent.type(password(), 'a good password');
    await press('Create account');
    await waitFor(() => expect(email()).toHaveFocus());
    expect(email()).toHaveAccessibleDescription(/account with this address already/);
  });
});
