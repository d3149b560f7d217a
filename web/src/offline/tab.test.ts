/** Receipts of a tab: kept while it lives, handed over once, dropped when the report is taken back. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { ReportReceipt } from '../api/types';
import type { Delivered } from './store';
import { addToTab, dropFromTab, follow, followed, markSaved, tabReceipts } from './tab';

const entry = (id: string): Delivered => ({ id, queued_at: '2026-11-23T08:00:00Z', state: 'delivered', in_words: false, category: 'dark', receipt: { reference: `R-${id}`, receipt: `CODE-${id}` } as ReportReceipt });

function shelf(): Storage {
  const held = new Map<string, string>();
  return { getItem: (key: string) => held.get(key) ?? null, setItem: (key: string, value: string) => void held.set(key, value), removeItem: (key: string) => void held.delete(key) } as unknown as Storage;
}

describe('the receipts of a tab', () => {
  beforeEach(() => Object.assign(globalThis, { sessionStorage: shelf() }));

  it('are added once, and marked when saved', () => {
    addToTab(entry('a'));
    addToTab(entry('b'));
    markSaved('a');
    addToTab(entry('a'));
    expect(tabReceipts().map(({ id, saved }) => [id, saved])).toEqual([['a', true], ['b', false]]);
  });

  it('are handed to the next page once', () => {
    addToTab(entry('a'));
    follow('a');
    expect(followed()?.receipt.receipt).toBe('CODE-a');
    expect(followed()).toBeUndefined();
  });

  it('go when the report is taken back', () => {
    addToTab(entry('a'));
    dropFromTab('R-a');
    expect(tabReceipts()).toEqual([]);
  });

  it('are none where storage is closed', () => {
    const closed = () => {
      throw new Error('closed');
    };
    Object.assign(globalThis, { sessionStorage: { getItem: closed, setItem: closed, removeItem: closed } });
    expect(() => addToTab(entry('a'))).not.toThrow();
    expect(tabReceipts()).toEqual([]);
    expect(followed()).toBeUndefined();
  });
});
