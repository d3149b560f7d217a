/** The moments of a report in order: received, each answer, and where it stands now. */
import type { ReceiptView } from '../api/types';
import type { Status } from '../i18n/codes';

export interface Moment {
  kind: 'received' | 'answer' | 'status';
  /** Only of a moment that is a status: what it was when an answer was given, nobody is told. */
  status?: Status;
  at?: string | null;
  text?: string;
  now: boolean;
}

export function timeline(view: Pick<ReceiptView, 'received_at' | 'answers' | 'status'>): Moment[] {
  const answers = [...view.answers].sort((a, b) => (a.at ?? '').localeCompare(b.at ?? ''));
  const moments: Moment[] = [
    { kind: 'received', at: view.received_at, now: false },
    ...answers.map(({ at, text }) => ({ kind: 'answer' as const, at, text, now: false })),
  ];
  if (view.status !== 'received') moments.push({ kind: 'status', status: view.status, now: false });
  const last = moments.at(-1);
  if (last) last.now = true;
  return moments;
}
