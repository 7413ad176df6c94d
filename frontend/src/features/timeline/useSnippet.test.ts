import { expect, it } from 'vitest';

import { plainLine } from './useSnippet';

it('keeps what is covered covered, and names as they are', () => {
  expect(plainLine('The butler, ||it was the gardener||')).not.toContain('gardener');
  expect(plainLine('Set **this**:\n```toml\nquiet_hours = true\n```')).toBe('Set this: quiet_hours = true');
});
