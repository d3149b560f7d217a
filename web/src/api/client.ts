/** The one way to the server: JSON in, JSON out, every failure as a Problem (RFC 9457) or as "no network". */
import { locale } from '../i18n/locale.svelte';
import type { Problem } from './types';

/** The server answered, and said no. */
export class ApiProblem extends Error {
  constructor(
    readonly status: number,
    readonly problem: Problem,
    readonly retryAfter: number | null = null,
  ) {
    super(problem.title);
    this.name = 'ApiProblem';
  }
}

/** The server was not reached: no network, or something between that is not Lykta. */
export class NoNetwork extends Error {
  constructor() {
    super('no network');
    this.name = 'NoNetwork';
  }
}

export interface Answer<T> {
  status: number;
  data: T;
  headers: Headers;
}

export interface Ask {
  method?: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  body?: unknown;
  /** A file as it is, in place of a body of JSON. */
  file?: Blob;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

export const API = '/api/v1';
/** A phone with one bar can leave a request hanging for minutes; after this, it counts as no network. */
export const PATIENCE_MS = 20_000;
/** A photo on one bar takes longer. */
export const FILE_PATIENCE_MS = 90_000;

async function problemOf(response: Response): Promise<Problem> {
  const type = response.headers.get('content-type') ?? '';
  if (type.includes('json')) {
    try {
      const read = (await response.json()) as Partial<Problem>;
      return { type: 'about:blank', title: response.statusText, status: response.status, errors: [], ...read };
    } catch {
      // falls through to the bare status
    }
  }
  return { type: 'about:blank', title: response.statusText || String(response.status), status: response.status, errors: [] };
}

/** Sends one request below `/api/v1` and reads the answer as JSON (or `undefined` for 204). */
export async function ask<T>(path: string, { method = 'GET', body, file, headers = {}, signal }: Ask = {}): Promise<Answer<T>> {
  const init: RequestInit = {
    method,
    headers: { 'Accept-Language': locale.lang, ...headers },
    credentials: 'same-origin',
  };
  // Older browsers have no `timeout` or `any`; there, a request hangs as long as the browser or the caller lets it.
  const late = AbortSignal.timeout?.(file ? FILE_PATIENCE_MS : PATIENCE_MS);
  const limit = signal && late ? (AbortSignal.any?.([signal, late]) ?? signal) : (signal ?? late);
  if (limit) init.signal = limit;
  if (body !== undefined) {
    init.body = JSON.stringify(body);
    init.headers = { ...init.headers, 'Content-Type': 'application/json' };
  }
  if (file) {
    init.body = file;
    init.headers = { ...init.headers, 'Content-Type': file.type };
  }
  let response: Response;
  try {
    response = await fetch(API + path, init);
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new NoNetwork();
  }
  if (!response.ok) {
    const wait = Number(response.headers.get('retry-after'));
    throw new ApiProblem(response.status, await problemOf(response), Number.isFinite(wait) && wait > 0 ? wait : null);
  }
  if (response.status === 204) return { status: 204, data: undefined as T, headers: response.headers };
  try {
    return { status: response.status, data: (await response.json()) as T, headers: response.headers };
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new NoNetwork(); // a captive portal answers 200 with a page of its own
  }
}

/** A query string without the empty values: `{q: 'torg', limit: 5, bbox: undefined}` gives `?q=torg&limit=5`. Lists go with commas. */
export function query(values: Record<string, string | number | boolean | readonly string[] | undefined | null>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined && value !== null && value !== '') search.set(name, String(value));
  }
  const text = search.toString();
  return text ? `?${text}` : '';
}

/** The id of something that is about to be sent, so that sending it twice makes one: a random UUID v4, also over plain http where `crypto.randomUUID` is missing. */
export function randomId(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
