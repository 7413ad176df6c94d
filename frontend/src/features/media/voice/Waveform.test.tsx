import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';

import { Waveform } from './Waveform';

function setup(time = 10) {
  const onSeek = vi.fn();
  const onKeyOutside = vi.fn();
  render(
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions
    <div onKeyDown={onKeyOutside}>
      <Waveform peaks={[1, 50, 100]} time={time} length={24} onSeek={onSeek} />
    </div>,
  );
  return { onSeek, onKeyOutside };
}

describe('the waveform', () => {
  it('says where it stands', () => {
    setup();
    const slider = screen.getByRole('slider', { name: 'Position' });
    expect(slider).toHaveAttribute('aria-valuetext', '0:10 of 0:24');
    expect(slider).toHaveAttribute('aria-valuemax', '24');
  });

  it('goes to other places by keys, never beyond the ends', async () => {
    const { onSeek, onKeyOutside } = setup();
    await userEvent.tab();
    await userEvent.keyboard('{ArrowRight}{ArrowLeft}{PageUp}{Home}{End}');
    expect(onSeek.mock.calls).toEqual([[11], [9], [15], [0], [24]]);
    expect(onKeyOutside).not.toHaveBeenCalled();
  });

  it('stops at the beginning', async () => {
    const { onSeek } = setup(0.4);
    await userEvent.tab();
    await userEvent.keyboard('{ArrowLeft}');
    expect(onSeek).toHaveBeenCalledExactlyOnceWith(0);
  });
});
