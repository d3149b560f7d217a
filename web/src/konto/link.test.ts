/** The key of an invitation in an address, or why one was sent back. */
import { expect, it } from 'vitest';
import { valueIn } from './link';

it('is found, and nothing of it is left in the address', () => {
  expect(valueIn('#inbjudan=abc-DEF_123', 'inbjudan')).toEqual({ value: 'abc-DEF_123', rest: '' });
  expect(valueIn('#x=1&inbjudan=abc', 'inbjudan')).toEqual({ value: 'abc', rest: '#x=1' });
  expect(valueIn('#inbjudan=', 'inbjudan')).toEqual({ value: '', rest: '' });
  expect([valueIn('', 'inbjudan'), valueIn('#key=abc', 'inbjudan')]).toEqual([null, null]);
});
