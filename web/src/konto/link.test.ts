/** The key of an invitation in an address. */
import { expect, it } from 'vitest';
import { keyIn } from './link';

it('is found, and nothing of it is left in the address', () => {
  expect(keyIn('#inbjudan=abc-DEF_123')).toEqual({ key: 'abc-DEF_123', rest: '' });
  expect(keyIn('#x=1&inbjudan=abc')).toEqual({ key: 'abc', rest: '#x=1' });
  expect(keyIn('#inbjudan=')).toEqual({ key: '', rest: '' });
  expect([keyIn(''), keyIn('#key=abc')]).toEqual([null, null]);
});
