/** Moderation: what is suggested, what takes a decision back, and how words are cut where the guard has found something. */
import { describe, expect, it } from 'vitest';
import type { QueuedReport } from '../api/types';
import { pieces } from './pieces';
import { before, suggested } from './queue.svelte';

const queued = (properties: Partial<QueuedReport['report']['properties']>, findings: QueuedReport['findings'] = []) =>
  ({ report: { id: 'x', properties: { note: null, public_words: null, moderation: 'waiting', moderation_reason: null, ...properties } }, etag: '"1"', findings, similar: [] }) as unknown as QueuedReport;

describe('words for everybody', () => {
  it('are one’s own, without what the guard has found, also behind a flag of two signs', () => {
    const one = queued({ note: '🏮 Ring 070-174 06 58 eller Eva' }, [
      { field: 'note', start: 7, end: 20, kind: 'phone' },
      { field: 'note', start: 27, end: 30, kind: 'person_name' },
      { field: 'place_text', start: 0, end: 2, kind: 'email' },
    ]);
    expect(suggested(one, '[borttaget]')).toBe('🏮 Ring [borttaget] eller [borttaget]');
  });

  it('are those that were approved, where there are any', () => {
    expect(suggested(queued({ note: 'Långt', public_words: 'Kort' }), '…')).toBe('Kort');
    expect(suggested(queued({}), '…')).toBe('');
  });
});

describe('taking back', () => {
  it('is deciding what the report was before', () => {
    expect(before(queued({ moderation: 'rejected', moderation_reason: 'spam' }))).toEqual({ state: 'rejected', reason: 'spam', words: null });
    expect(before(queued({ moderation: 'shown', public_words: 'Mörkt' }))).toEqual({ state: 'shown', reason: null, words: 'Mörkt' });
  });
});

describe('a marked text', () => {
  it('is whole, in order, and cut at the findings', () => {
    const cut = pieces('å🏮bcdef', [
      { start: 3, end: 5, kind: 'phone' },
      { start: 1, end: 2, kind: 'email' },
    ]);
    expect(cut).toEqual([
      { text: 'å', kind: null },
      { text: '🏮', kind: 'email' },
      { text: 'b', kind: null },
      { text: 'cd', kind: 'phone' },
      { text: 'ef', kind: null },
    ]);
  });

  it('survives findings that overlap or reach beyond', () => {
    const cut = pieces('abcdef', [
      { start: 1, end: 4, kind: 'suspicion' },
      { start: 2, end: 99, kind: 'person_name' },
    ]);
    expect(cut.map(({ text }) => text).join('')).toBe('abcdef');
  });
});
