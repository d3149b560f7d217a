/** What the page says of a password while it is written. */
import { describe, expect, it } from 'vitest';
import { looksLikeEmail, missing, passwordFault } from './password';

describe('a password', () => {
  it('is long enough from twelve characters on, as people count them', () => {
    expect(['', 'lampan', 'lampan över '].map(missing)).toEqual([12, 6, 0]);
    expect(missing('🔦'.repeat(11))).toBe(1);
    expect(missing('å'.normalize('NFD').repeat(12))).toBe(0);
    expect(missing('å'.normalize('NFD').repeat(6))).toBe(6);
  });

  it('is told what is wrong with it, and nothing else', () => {
    expect(['', 'kort', 'lampan över bron blinkar', 'x'.repeat(128), 'x'.repeat(129)].map(passwordFault)).toEqual(['empty', 'short', null, null, 'long']);
  });
});

it('catches a slip in an e-mail address', () => {
  for (const good of ['anna@kommun.se', ' anna.berg+lykta@stad.kommun.se ']) expect(looksLikeEmail(good), good).toBe(true);
  for (const not of ['', 'anna', 'anna@', '@kommun.se', 'anna@kommun', 'an na@kommun.se', 'anna@kommun..se', 'anna@kommun.']) expect(looksLikeEmail(not), not).toBe(false);
});
