import { act, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { UPLOAD_MAX, addFiles, forgetAttachments, takeAttachments } from '../attachments';
import Tray from './Tray';

vi.mock('../probe', () => ({ measure: () => Promise.resolve({}) }));

const ROOM = 1;
const file = (name: string) => new File(['words'], name, { type: 'application/pdf' });
const rows = () =>
  within(screen.getByRole('list', { name: 'Files to send' }))
    .getAllByRole('listitem')
    .map((row) => row.textContent);

afterEach(() => act(forgetAttachments));

describe('the tray', () => {
  it('takes captions, and Enter leaves them', async () => {
    const onEnter = vi.fn();
    addFiles(ROOM, [file('a.pdf')]);
    render(<Tray roomId={ROOM} onEnter={onEnter} />);
    await userEvent.type(screen.getByRole('textbox', { name: 'Caption of a.pdf' }), 'The plan{Enter}');
    expect(onEnter).toHaveBeenCalledOnce();
    act(() => expect(takeAttachments(ROOM)).toMatchObject([{ name: 'a.pdf', caption: 'The plan' }]));
  });

  it('changes the order by keys, and the focus goes along', async () => {
    addFiles(ROOM, [file('a.pdf'), file('b.pdf')]);
    render(<Tray roomId={ROOM} />);
    const grip = screen.getByRole('button', { name: /^Move b\.pdf/ });
    grip.focus();
    await userEvent.keyboard('{ArrowUp}');
    expect(rows()[0]).toContain('b.pdf');
    expect(screen.getByRole('button', { name: /^Move b\.pdf/ })).toHaveFocus();
  });

  it('takes files out', async () => {
    addFiles(ROOM, [file('a.pdf'), file('b.pdf')]);
    render(<Tray roomId={ROOM} />);
    await userEvent.click(screen.getByRole('button', { name: 'Remove a.pdf' }));
    expect(rows()).toHaveLength(1);
  });

  it('says what was refused, and why', async () => {
    const film = file('film.mov');
    Object.defineProperty(film, 'size', { value: UPLOAD_MAX + 1 });
    addFiles(ROOM, [film, new File([], 'nothing.txt')]);
    render(<Tray roomId={ROOM} />);
    const alert = screen.getByRole('alert');
    expect(alert).toHaveTextContent('“film.mov” is larger than 26 MB, the most that can be sent.');
    expect(alert).toHaveTextContent('“nothing.txt” is empty.');
    await userEvent.click(screen.getByRole('button', { name: 'Close' }));
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });
});
