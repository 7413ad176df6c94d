import { describe, expect, it } from 'vitest';

import { filesOfPaste, stampOf, textAsFile } from './paste';

const pasted = (...files: File[]) => filesOfPaste({ clipboardData: { files } as unknown as DataTransfer });

describe('filesOfPaste', () => {
  it('names screenshots by the time', () => {
    const [first, second] = pasted(
      new File(['a'], 'image.png', { type: 'image/png' }),
      new File(['b'], 'image.png', { type: 'image/jpeg' }),
    );
    expect(first?.name).toMatch(/^\d{4}-\d\d-\d\d \d\d\.\d\d\.\d\d\.png$/);
    expect(second?.name).toMatch(/ 2\.jpg$/);
    expect(first?.type).toBe('image/png');
  });

  it('leaves real names alone', () => {
    const file = new File(['a'], 'floor-plan-v3.pdf', { type: 'application/pdf' });
    expect(pasted(file)).toEqual([file]);
  });

  it('finds nothing in pasted words', () => {
    expect(pasted()).toEqual([]);
    expect(filesOfPaste({ clipboardData: null })).toEqual([]);
  });
});

describe('stampOf', () => {
  it('has only what file names may have', () => {
    expect(stampOf(new Date(2026, 0, 5, 9, 4, 7))).toBe('2026-01-05 09.04.07');
  });
});

describe('textAsFile', () => {
  it('holds the text', async () => {
    const file = textAsFile('很长的文字');
    expect(file.type).toBe('text/plain');
    expect(await file.text()).toBe('很长的文字');
  });
});
