/** The moments of a report in order: received, each answer, and where it stands now if no answer says so. */
import type { ReceiptView } from '../api/types';
import type { Status } from '../i18n/codes';

export interface Moment {
  kind: 'received' | 'answer' | 'status';
  status: Status;
  at?: string | null;
  text?: string;
  now: boolean;
}

export function timeline(view: Pick<ReceiptView, 'received_at' | 'answers' | 'status'>): Moment[] {
  const answers = [...view.answers].sort((a, b) => (a.at ?? '').localeCompare(b.at ?? ''));
  const moments: Moment[] = [
    { kind: 'received', status: 'received', at: view.received_at, now: false },
    ...answers.map(({ at, text, status }) => ({ kind: 'answer' as const, status, at, text, now: false })),
  ];
  if (moments.at(-1)?.status !== view.status) moments.push({ kind: 'status', status: view.status, now: false });
  const last = moments.at(-1);
  if (last) last.now = true;
  return moments;
}
