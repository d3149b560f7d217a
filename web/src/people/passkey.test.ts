/** Bytes in the server's JSON and in the browser's are the same bytes. */
import { expect, it } from 'vitest';
import { base64url, bytes, creation, request } from './passkey';

it('reads base64url as it writes it, with every letter and any length', () => {
  for (let length = 0; length < 70; length += 1) {
    const some = Uint8Array.from({ length }, (_, at) => (at * 251 + length) % 256);
    const text = base64url(some.buffer);
    expect(text).toMatch(/^[\w-]*$/);
    expect([...bytes(text)]).toEqual([...some]);
  }
  // RFC 4648 § 10 and the two letters that differ from plain base64.
  expect(base64url(new TextEncoder().encode('foobar').buffer as ArrayBuffer)).toBe('Zm9vYmFy');
  expect(base64url(new Uint8Array([251, 255]).buffer)).toBe('-_8');
});

it('turns the ids of a question into bytes and leaves the rest', () => {
  const made = creation({ publicKey: { challenge: 'AQI', rp: { id: 'localhost', name: 'Lykta' }, user: { id: 'Aw', name: 'a', displayName: 'A' }, excludeCredentials: [{ id: 'BA', type: 'public-key' }] } });
  expect([...new Uint8Array(made.challenge as ArrayBuffer)]).toEqual([1, 2]);
  expect(made.rp).toEqual({ id: 'localhost', name: 'Lykta' });
  expect([...new Uint8Array(made.user.id as ArrayBuffer)]).toEqual([3]);
  expect([...new Uint8Array(made.excludeCredentials?.[0]?.id as ArrayBuffer)]).toEqual([4]);
  expect(request({ publicKey: { challenge: 'AQI', userVerification: 'required' } })).toMatchObject({ allowCredentials: [], userVerification: 'required' });
});
