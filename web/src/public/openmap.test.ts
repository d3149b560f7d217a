/** The public map's address, its spans, and what it shows when the answer does not come. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { OpenMap, readChoice, writeChoice } from './openmap.svelte';
import type { Release } from '../api/types';
import * as format from '../i18n/format';
import type { Choice } from './api';
import { justBefore, spansOf, spanText } from './periods';

describe('the choice in the address', () => {
  it('round-trips', () => {
    const choice: Choice = { municipality: '0780', feeling: 'safe', group: 'safe', size_m: 1000, span: '2025-Q4..2026-Q3' };
    expect(readChoice(writeChoice(choice))).toEqual(choice);
  });

  it('falls back to what is published for anything else', () => {
    expect(readChoice('#feeling=angry&group=people&size_m=10&span=now')).toEqual({ municipality: '', feeling: 'unsafe', group: null, size_m: 500, span: null });
  });
});

describe('spans of releases', () => {
  const release = (period: string, from: string, to: string): Release => ({ id: `1060-${period}`, period, from, to, made_at: to, method: 'lykta-release/1', k: 5 });
  const made = [
    release('2026-Q3', '2026-06-30T22:00:00Z', '2026-09-30T22:00:00Z'),
    release('2026-Q2', '2026-03-31T22:00:00Z', '2026-06-30T22:00:00Z'),
    release('2026-Q1', '2025-12-31T23:00:00Z', '2026-03-31T22:00:00Z'),
    release('2025-Q4', '2025-09-30T22:00:00Z', '2025-12-31T23:00:00Z'),
    release('2025-Q3', '2025-06-30T22:00:00Z', '2025-09-30T22:00:00Z'),
  ];

  it('offers the newest, the last four, all, and each alone', () => {
    expect(spansOf(made).map(({ kind, id }) => [kind, id])).toEqual([
      ['latest', '2026-Q3'],
      ['year', '2025-Q4..2026-Q3'],
      ['all', '2025-Q3..2026-Q3'],
      ['one', '2026-Q2'],
      ['one', '2026-Q1'],
      ['one', '2025-Q4'],
      ['one', '2025-Q3'],
    ]);
    expect(spansOf(made)[1]).toMatchObject({ from: '2025-09-30T22:00:00Z', to: '2026-09-30T22:00:00Z' });
  });

  it('never offers the same span twice', () => {
    for (let n = 0; n <= made.length; n++) {
      const ids = spansOf(made.slice(0, n)).map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
    }
  });

  it('ends on the last day people would name', () => {
    expect(format.date(justBefore('2026-09-30T22:00:00Z'))).toBe('30 september 2026');
    expect(spanText('2025-Q4..2026-Q3')).toBe('oktober–december 2025 till juli–september 2026');
    expect(spanText('2026-Q2')).toBe('april–juni 2026');
  });
});

describe('the open map', () => {
  beforeEach(() => {
    vi.stubGlobal('location', { hash: '' });
    vi.stubGlobal('history', { pushState: () => undefined, replaceState: () => undefined });
  });
  afterEach(() => void vi.unstubAllGlobals());

  const answers = (path: string): object => {
    if (path.startsWith('/municipalities?')) return { features: [{ properties: { code: '0780' } }] };
    if (path.startsWith('/municipalities/0780/releases')) return { releases: [] };
    return path.startsWith('/municipalities/') ? { properties: { code: '0780' } } : { features: [], places: [] };
  };

  it('shows no old numbers under a choice that could not be answered, nor under another kommun', async () => {
    let fails = false;
    vi.stubGlobal('fetch', async (url: string) => (fails ? new Response('', { status: 503 }) : Response.json(answers(url.replace('/api/v1', '')))));
    const open = new OpenMap();
    await open.start();
    expect(open.heat).not.toBeNull();
    fails = true;
    await open.choose({ size_m: 1000 });
    expect(open.heat).toBeNull();
    expect(open.fault).not.toBeNull();
    fails = false;
    await open.choose({ size_m: 500 });
    expect(open.heat).not.toBeNull();
    location.hash = '#municipality=9999';
    await open.adopt();
    expect([open.stranger, open.home, open.heat]).toEqual([true, null, null]);
  });
});
