import { expect, test } from 'vitest';

import { invitationAt, paths } from './paths';

test('the code of an invitation is found at its address and nowhere else', () => {
  expect(invitationAt(paths.invite('aB3'))).toBe('aB3');
  expect(invitationAt('/invite/aB3?x=1')).toBe('aB3');
  for (const other of [
    undefined,
    '/',
    '/invite/',
    '/r/7',
    '/r/7?q=/invite/aB3',
    'https://a.example/invite/aB3',
  ])
    expect(invitationAt(other)).toBeUndefined();
  expect(invitationAt('/invite/%')).toBeUndefined();
});
