import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { copyText } from './copy-text';

const clipboard = (value: unknown) =>
  Object.defineProperty(navigator, 'clipboard', { value, configurable: true });

describe('copyText', () => {
  const before = navigator.clipboard;
  /** What the browser would take at the moment of the command. */
  let taken: string | undefined;
  const command = vi.fn();

  beforeEach(() => {
    taken = undefined;
    command.mockReset().mockImplementation(() => {
      const field = document.activeElement as HTMLTextAreaElement;
      taken = field.value.slice(field.selectionStart, field.selectionEnd);
      return true;
    });
    Object.defineProperty(document, 'execCommand', { value: command, configurable: true });
  });
  afterEach(() => {
    clipboard(before);
    document.body.replaceChildren();
  });

  it('uses the clipboard where there is one', async () => {
    const writeText = vi.fn().mockResolvedValue(undefined);
    clipboard({ writeText });
    await copyText('hello');
    expect(writeText).toHaveBeenCalledExactlyOnceWith('hello');
    expect(command).not.toHaveBeenCalled();
  });

  it('copies over plain http, where there is none, and gives the focus back', async () => {
    clipboard(undefined);
    const button = document.body.appendChild(document.createElement('button'));
    button.focus();
    await copyText('two\nlines');
    expect(taken).toBe('two\nlines');
    expect(button).toHaveFocus();
    expect(document.querySelector('textarea')).toBeNull();
  });

  it('tries the other way where the clipboard refuses', async () => {
    clipboard({ writeText: vi.fn().mockRejectedValue(new Error('not allowed')) });
    await copyText('hello');
    expect(taken).toBe('hello');
  });

  it('fails where neither works', async () => {
    clipboard(undefined);
    command.mockReset().mockReturnValue(false);
    await expect(copyText('hello')).rejects.toThrow('does not allow');
  });
});
