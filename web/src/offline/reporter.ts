/**
 * The anonymous reporter token: HMAC-SHA-256 of the quarter under a secret that never leaves this phone, cut to 128 bits.
 * It lets the server count people instead of reports and links nothing across quarters.
 */
import type { Store } from './store';

/** "2026-Q4", by Swedish time. */
export function quarterOf(at: Date): string {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Stockholm', year: 'numeric', month: 'numeric' }).formatToParts(at);
  const part = (type: string) => Number(parts.find((p) => p.type === type)?.value);
  return `${part('year')}-Q${Math.ceil(part('month') / 3)}`;
}

/** The last day of the quarter, as "2026-12-31". */
export function quarterEnd(at: string): string {
  const [year = '', quarter = ''] = quarterOf(new Date(at)).split('-Q');
  return `${year}-${['03-31', '06-30', '09-30', '12-31'][Number(quarter) - 1] ?? ''}`;
}

export async function tokenOf(secret: CryptoKey, at: Date): Promise<string> {
  const mac = await crypto.subtle.sign('HMAC', secret, new TextEncoder().encode(quarterOf(at)));
  return [...new Uint8Array(mac, 0, 16)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The token, or nothing where WebCrypto is missing (plain http): such a report counts as nobody's. */
export async function reporterToken(store: Store, at: Date): Promise<string | undefined> {
  if (!globalThis.crypto?.subtle) return undefined;
  try {
    let secret = await store.get('device', 'secret');
    if (!secret) {
      secret = await crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256', length: 256 }, false, ['sign']);
      await store.put('device', 'secret', secret);
    }
    return await tokenOf(secret, at);
  } catch {
    return undefined; // storage that cannot hold a key is no reason to refuse a report
  }
}
