/** A change of a report in words: what the change log's facts say, nothing of what was written or where. */
import type { ReportChange } from '../api/types';
import { codes, label } from '../i18n/codes';
import { words } from './words';

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** One line per thing that happened in the change. */
export function told({ kind, facts }: ReportChange): string[] {
  const w = words.t.changes;
  if (kind === 'created') return [w.created];
  if (kind === 'supported') return [w.supported];
  if (kind === 'withdrawn') return [w.withdrawn];
  if (kind === 'moderated' || kind === 'merged' || kind === 'unmerged' || kind === 'thinned' || kind === 'held' || kind === 'let_go') return [w[kind]];
  const lines: string[] = [];
  const status = facts?.['status'] as { from?: unknown; to?: unknown } | undefined;
  if (status && text(status.to) && status.from !== status.to) {
    const reason = text(facts?.['reason']);
    const to = label('status', text(status.to));
    lines.push([text(status.from) ? w.status(label('status', text(status.from)), to) : to, reason ? codes.t.close_reason[reason as keyof typeof codes.t.close_reason] : null].filter(Boolean).join(' · '));
  }
  if (facts?.['answer']) lines.push(w.answered);
  if (facts?.['location']) lines.push(w.placed);
  return lines.length > 0 ? lines : [w.changed];
}
