/** The one way to the server: what counts as no network. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ask, NoNetwork, PATIENCE_MS, randomId } from './client';

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

/** A network that never answers, but gives up when told to. */
const silent = (_path: string, { signal }: RequestInit) => new Promise((_, failed) => signal?.addEventListener('abort', () => failed(signal.reason)));

it('takes a server that says nothing for 20 s as no network', async () => {
  const limit = new AbortController();
  const timeout = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(limit.signal);
  vi.stubGlobal('fetch', silent);
  const asked = ask('/reports', { method: 'POST', body: {} });
  limit.abort(new DOMException('late', 'TimeoutError'));
  await expect(asked).rejects.toBeInstanceOf(NoNetwork);
  expect(timeout).toHaveBeenCalledWith(PATIENCE_MS);
});

it('has the same patience with what its asker may call off', async () => {
  const limit = new AbortController();
  vi.spyOn(AbortSignal, 'timeout').mockReturnValue(limit.signal);
  vi.stubGlobal('fetch', silent);
  const asked = ask('/summary', { signal: new AbortController().signal });
  limit.abort(new DOMException('late', 'TimeoutError'));
  await expect(asked).rejects.toBeInstanceOf(NoNetwork);
});

it('lets whoever asked give up, and is then silent about the network', async () => {
  vi.stubGlobal('fetch', silent);
  const own = new AbortController();
  const asked = ask('/summary', { signal: own.signal });
  own.abort();
  await expect(asked).rejects.toHaveProperty('name', 'AbortError');
});

describe('an id', () => {
  it('is another each time, a UUID v4', () => {
    const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
    expect(new Set(Array.from({ length: 50 }, randomId)).size).toBe(50);
    expect(randomId()).toMatch(uuid);
  });

  it('is one where randomUUID is missing', () => {
    const native = crypto.randomUUID;
    Object.defineProperty(crypto, 'randomUUID', { value: undefined, configurable: true });
    try {
      expect(randomId()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    } finally {
      Object.defineProperty(crypto, 'randomUUID', { value: native, configurable: true });
    }
  });
});
