/** The spans the public map offers: the newest release, the last four, all, or any one. Each release is one whole quarter. */
import type { Release } from '../api/types';
import { words } from '../plan/words';

export interface Span {
  /** "2025-Q4..2026-Q3", or one quarter; what the address keeps. */
  id: string;
  kind: 'latest' | 'year' | 'all' | 'one';
  /** Instants, as the releases state them. */
  from: string;
  to: string;
}

function span(kind: Span['kind'], oldest: Release, newest: Release): Span {
  const id = oldest.period === newest.period ? newest.period : `${oldest.period}..${newest.period}`;
  return { id, kind, from: oldest.from, to: newest.to };
}

/** What can be chosen from `releases` (newest first), the common choices first. */
export function spansOf(releases: readonly Release[]): Span[] {
  const [newest] = releases;
  const oldest = releases.at(-1);
  if (!newest || !oldest) return [];
  const spans = [span('latest', newest, newest)];
  const fourth = releases[3];
  if (fourth) spans.push(span('year', fourth, newest));
  if (releases.length > 1 && releases.length !== 4) spans.push(span('all', oldest, newest));
  return [...spans, ...releases.slice(1).map((release) => span('one', release, release))];
}

/** The last moment of a half-open span, for saying its last day. */
export const justBefore = (to: string): string => new Date(Date.parse(to) - 1).toISOString();

/** "oktober–december 2025 till juli–september 2026": quarters as people say them, in the words of the moment. */
export function spanText(id: string): string {
  const w = words.t.public;
  const [from = '', to] = id.split('..').map((period) => {
    const [year = '', quarter = ''] = period.split('-Q');
    return w.quarter(Number(quarter), year);
  });
  return to ? w.quarters(from, to) : from;
}
