import { isPasswordLong } from './password';

/** What is wrong with a field before anybody is asked; each has a text of its own. */
export interface Faults {
  email?: 'emailMissing' | 'emailInvalid';
  password?: 'passwordMissing' | 'passwordLength';
}

/** What is missing for signing in. User names are taken for addresses, too. */
export function faultsOfSignIn(email: string, password: string): Faults | null {
  return orNull({
    email: email ? undefined : 'emailMissing',
    password: password ? undefined : 'passwordMissing',
  });
}

/** What is missing or wrong for a new account. */
export function faultsOfSignUp(email: string, password: string): Faults | null {
  return orNull({
    email: !email ? 'emailMissing' : isEmail(email) ? undefined : 'emailInvalid',
    password: !password ? 'passwordMissing' : isPasswordLong(password) ? undefined : 'passwordLength',
  });
}

/** Roughly an address; the server looks closer. */
function isEmail(text: string): boolean {
  return /^[^\s@]+@[^\s@]+$/.test(text);
}

function orNull(faults: Faults): Faults | null {
  return faults.email || faults.password ? faults : null;
}
