import { ApiError, NetworkError } from '@banter/client';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';

import { api } from '@/api/client';
import { setLanguage } from '@/i18n';
import { ME, renderSignedIn } from '@/testing/signed-in';
import { Appearance } from './sections/Appearance';
import { Password } from './sections/Password';
import { Profile } from './sections/Profile';
import { Sessions } from './sections/Sessions';

vi.mock('@/api/client', () => ({
  api: {
    updateProfile: vi.fn(),
    changePassword: vi.fn(),
    sessions: vi.fn(),
    revokeSession: vi.fn(),
  },
  chat: {},
  fileUrl: (path: string) => path,
}));

beforeEach(async () => {
  vi.clearAllMocks();
  await setLanguage('en');
});

describe('profile', () => {
  it('saves what was changed, and only that', async () => {
    vi.mocked(api.updateProfile).mockResolvedValue({ ...ME, bio: 'In town' });
    const { store } = renderSignedIn(<Profile />);
    expect(screen.getByRole('button', { name: 'Save' })).toBeDisabled();
    const bio = screen.getByRole('textbox', { name: 'About you' });
    await userEvent.clear(bio);
    await userEvent.type(bio, 'In town');
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByText('Saved')).toBeInTheDocument();
    expect(api.updateProfile).toHaveBeenCalledExactlyOnceWith({ bio: 'In town' });
    expect(store.getState().session.me?.bio).toBe('In town');
  });

  it('says at the field that a name is taken', async () => {
    vi.mocked(api.updateProfile).mockRejectedValue(new ApiError('taken', { code: 1005, status: 409 }));
    renderSignedIn(<Profile />);
    const name = screen.getByRole('textbox', { name: 'User name' });
    await userEvent.type(name, ' H');
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(name).toBeInvalid());
    expect(name).toHaveAccessibleDescription(/Somebody has this name already/);
    expect(name).toHaveValue('Noor H');
  });

  it('does not send an empty name', async () => {
    renderSignedIn(<Profile />);
    const name = screen.getByRole('textbox', { name: 'User name' });
    await userEvent.clear(name);
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    expect(name).toBeInvalid();
    expect(api.updateProfile).not.toHaveBeenCalled();
  });
});

describe('password', () => {
  const fill = async (newPassword: string) => {
    renderSignedIn(<Password />);
    await userEvent.type(screen.getByLabelText('Current password'), 'old password');
    await userEvent.type(screen.getByLabelText('New password'), newPassword);
    await userEvent.click(screen.getByRole('button', { name: 'Change password' }));
  };

  it('says that the current one is wrong, at its field', async () => {
    vi.mocked(api.changePassword).mockRejectedValue(new ApiError('wrong', { code: 1002, status: 401 }));
    await fill('a new password');
    await waitFor(() => expect(screen.getByLabelText('Current password')).toBeInvalid());
    expect(screen.getByRole('alert')).toHaveTextContent('not your current password');
  });

  it('refuses a short one without asking the server', async () => {
    await fill('short');
    expect(screen.getByLabelText('New password')).toBeInvalid();
    expect(api.changePassword).not.toHaveBeenCalled();
  });

  it('tells a lost network from a refusal', async () => {
    vi.mocked(api.changePassword).mockRejectedValue(new NetworkError('away'));
    await fill('a new password');
    expect(await screen.findByRole('alert')).toHaveTextContent('The server does not answer');
  });

  it('says that other devices are signed out', async () => {
    vi.mocked(api.changePassword).mockResolvedValue();
    await fill('a new password');
    expect(await screen.findByText(/All other devices are signed out\./)).toBeInTheDocument();
    expect(screen.getByLabelText('New password')).toHaveValue('');
  });
});

describe('appearance', () => {
  it('applies a choice at once and says that it is saved', async () => {
    const { store } = renderSignedIn(<Appearance />);
    await userEvent.click(screen.getByRole('radio', { name: 'Dark' }));
    expect(store.getState().settings.device.theme).toBe('dark');
    expect(screen.getByText('Saved')).toBeInTheDocument();
  });

  it('speaks Chinese', async () => {
    await setLanguage('zh');
    renderSignedIn(<Appearance />);
    expect(screen.getByRole('group', { name: '主题' })).toBeInTheDocument();
    expect(screen.getByRole('switch', { name: /高对比度/ })).not.toBeChecked();
    expect(screen.getByRole('slider', { name: '文字大小' })).toHaveAttribute('aria-valuetext', '100%');
  });
});

describe('sessions', () => {
  const session = (id: number, current: boolean) => ({
    id,
    current,
    userAgent: `Mozilla/5.0 (X11; Linux x86_64; rv:${id}.0) Gecko/20100101 Firefox/${id}.0`,
    address: `192.0.2.${id}`,
    createdAt: '2026-01-01T00:00:00.000Z',
    lastUsedAt: '2026-01-01T00:00:00.000Z',
    expiresAt: '2027-01-01T00:00:00.000Z',
  });

  it('ends all others after asking, and not this one', async () => {
    vi.mocked(api.sessions).mockResolvedValue([session(1, true), session(2, false), session(3, false)]);
    vi.mocked(api.revokeSession).mockResolvedValue();
    renderSignedIn(<Sessions />);
    await userEvent.click(await screen.findByRole('button', { name: 'Sign out all others' }));
    const question = await screen.findByRole('alertdialog', { name: 'Sign out 2 other devices?' });
    expect(api.revokeSession).not.toHaveBeenCalled();
    await userEvent.click(
      Array.from(question.querySelectorAll('button')).find((button) => button.textContent === 'Sign out') ??
        question,
    );
    await waitFor(() => expect(vi.mocked(api.revokeSession).mock.calls).toEqual([[2], [3]]));
  });
});
