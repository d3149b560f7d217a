/** The timeline of a report. */
import { describe, expect, it } from 'vitest';
import { timeline } from './timeline';

const received_at = '2026-11-20T18:22:00Z';

describe('the timeline', () => {
  it('begins and, unread, ends with the receipt', () => {
    expect(timeline({ received_at, answers: [], status: 'received' })).toEqual([{ kind: 'received', at: received_at, now: true }]);
  });

  it('puts answers in order and ends with where the report stands', () => {
    const answers = [
      { at: '2026-11-22T09:00:00Z', text: 'Lampan är bytt.' },
      { at: '2026-11-21T09:00:00Z', text: 'Vi tittar.' },
    ];
    const moments = timeline({ received_at, answers, status: 'done' });
    expect(moments.map((moment) => moment.text ?? moment.kind)).toEqual(['received', 'Vi tittar.', 'Lampan är bytt.', 'status']);
    expect(moments.map((moment) => moment.now)).toEqual([false, false, false, true]);
    expect(moments.map((moment) => moment.status)).toEqual([undefined, undefined, undefined, 'done']);
  });

  it('shows a state that no answer speaks of', () => {
    const moments = timeline({ received_at, answers: [], status: 'in_progress' });
    expect(moments.at(-1)).toEqual({ kind: 'status', status: 'in_progress', now: true });
  });
});
