/** What can go wrong with a form or a click; each has a text of its own. */
export type FormError =
  | 'emailTaken'
  | 'nameTaken'
  | 'wrongPassword'
  | 'tooMany'
  | 'invalid'
  | 'forbidden'
  | 'gone'
  | 'tooLarge'
  | 'wrongType'
  | 'offline'
  | 'server';

const BY_CODE: Record<number, FormError> = {
  0: 'offline',
  400: 'invalid',
  403: 'forbidden',
  404: 'gone',
  413: 'tooLarge',
  415: 'wrongType',
  429: 'tooMany',
  1001: 'emailTaken',
  1002: 'wrongPassword',
  1005: 'nameTaken',
};

/** What went wrong, as one of the texts that we have for it. Without a code no answer came. */
export function formErrorOf(error: unknown): FormError {
  const code = error && typeof error === 'object' && 'code' in error ? Number(error.code) : 0;
  return BY_CODE[code] ?? 'server';
}
