/** The reporter token: the quarter it belongs to, and the HMAC against a value computed elsewhere. */
import { describe, expect, it } from 'vitest';
import { quarterOf, reporterToken, tokenOf } from './reporter';
import { inMemory } from './store';

describe('the reporter token', () => {
  it('follows the quarter of Swedish time', () => {
    expect(quarterOf(new Date('2026-11-23T12:00:00Z'))).toBe('2026-Q4');
    expect(quarterOf(new Date('2026-12-31T22:59:59Z'))).toBe('2026-Q4');
    expect(quarterOf(new Date('2026-12-31T23:00:00Z'))).toBe('2027-Q1');
    expect(quarterOf(new Date('2026-03-31T21:59:59Z'))).toBe('2026-Q1');
    expect(quarterOf(new Date('2026-03-31T22:00:00Z'))).toBe('2026-Q2');
  });

  it('is the first 128 bits of HMAC-SHA-256', async () => {
    const raw = new Uint8Array(32).fill(1);
    const key = await crypto.subtle.importKey('raw', raw, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
    // printf 2026-Q4 | openssl dgst -sha256 -mac HMAC -macopt hexkey:0101…01 (32 bytes)
    expect(await tokenOf(key, new Date('2026-11-23T12:00:00Z'))).toBe('c03fdb6d1208d4111a4ae55cf7b55071');
  });

  it('is the same for one phone in one quarter, and another in the next or on another phone', async () => {
    const store = inMemory();
    const a = await reporterToken(store, new Date('2026-10-02T12:00:00Z'));
    const b = await reporterToken(store, new Date('2026-11-23T12:00:00Z'));
    const next = await reporterToken(store, new Date('2027-01-02T12:00:00Z'));
    const other = await reporterToken(inMemory(), new Date('2026-10-02T12:00:00Z'));
    expect(a).toMatch(/^[0-9a-f]{32}$/);
    expect(b).toBe(a);
    expect(next).not.toBe(a);
    expect(other).not.toBe(a);
  });
});
