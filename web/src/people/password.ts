/** What is asked of a password, so far as a page can say it; whether it is easy to guess, only the server knows. */

export const PASSWORD_MIN = 12;
export const PASSWORD_MAX = 128;

/** Characters as people count them: an å or an emoji is one. */
export const lengthOf = (password: string): number => [...password.normalize('NFC')].length;

/** How many characters are missing; 0 when there are enough. */
export const missing = (password: string): number => Math.max(0, PASSWORD_MIN - lengthOf(password));

/** Why it cannot be used; `null` when nothing speaks against it here. */
export function passwordFault(password: string): 'empty' | 'short' | 'long' | null {
  if (password === '') return 'empty';
  if (missing(password) > 0) return 'short';
  return lengthOf(password) > PASSWORD_MAX ? 'long' : null;
}

/** Whether it looks like an e-mail address: enough to catch a slip, no more. */
export const looksLikeEmail = (text: string): boolean => /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(text.trim());
