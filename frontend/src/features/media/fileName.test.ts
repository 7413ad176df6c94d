import { describe, expect, it } from 'vitest';

import { splitName, typeLabel } from './fileName';

describe('splitName', () => {
  it('leaves short names whole', () => {
    expect(splitName('train-options.pdf')).toEqual(['train-options.pdf', '']);
  });

  it('keeps the end of long ones, where versions and extensions stand', () => {
    const [head, tail] = splitName('quarterly report of the lake house v12.docx');
    expect(tail).toBe('v12.docx'.padStart(9, ' '));
    expect(head + tail).toBe('quarterly report of the lake house v12.docx');
  });

  it('cuts between letters, not inside of them', () => {
    const name = '👩‍🚀'.repeat(8) + '🚀🚀🚀🚀🚀.txt';
    const [head, tail] = splitName(name);
    expect(head + tail).toBe(name);
    expect(tail).toBe('🚀🚀🚀🚀🚀.txt');
  });
});

describe('typeLabel', () => {
  it('takes the extension', () => {
    expect(typeLabel('a.PDF', 'application/pdf')).toBe('PDF');
    expect(typeLabel('a.tar.gz', 'application/gzip')).toBe('GZ');
  });

  it('falls back to the family of the type', () => {
    expect(typeLabel('README', 'text/plain')).toBe('TXT');
    expect(typeLabel('photo', 'image/png')).toBe('IMG');
    expect(typeLabel('data.longextension', 'application/octet-stream')).toBe('FILE');
  });
});
