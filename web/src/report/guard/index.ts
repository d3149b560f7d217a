/**
 * Finds personal data in what people write: e-mail addresses, telephone numbers, personal numbers. The server reads by the
 * same rules; the phone only says so earlier. Offsets count Unicode code points.
 */
import type { Span } from '../../api/types';
import { groupsOf, overlaps, personalNumber } from './digits';
import { emails } from './email';
import { fold } from './fold';
import { phoneNumber } from './phone';

export function inspect(original: string): Span[] {
  const { text, at } = fold(original);
  const found: Span[] = [];
  const add = (start: number, end: number, kind: Span['kind']) =>
    found.push({ start: at[start] ?? 0, end: (at[end - 1] ?? 0) + 1, kind });

  const addresses = emails(text);
  for (const [start, end] of addresses) add(start, end, 'email');

  const groups = groupsOf(text).filter((group) => !overlaps(addresses, group.start, group.end));
  for (let i = 0; i < groups.length; ) {
    const group = groups[i];
    const personal = personalNumber(text, groups, i);
    const last = groups[i + personal - 1];
    if (group && last && personal > 0) {
      add(group.start, last.end, 'personal_number');
      i += personal;
      continue;
    }
    const phone = phoneNumber(text, groups, i);
    if (phone) add(phone.start, phone.end, 'phone');
    i += phone?.count ?? 1;
  }
  return found.sort((a, b) => a.start - b.start);
}

export interface Part {
  text: string;
  kind?: Span['kind'];
}

/** The text cut at the findings, for showing them in place. */
export function parts(text: string, spans: readonly Span[]): Part[] {
  const points = Array.from(text);
  const cut: Part[] = [];
  let at = 0;
  for (const { start, end, kind } of spans) {
    if (start > at) cut.push({ text: points.slice(at, start).join('') });
    cut.push({ text: points.slice(start, end).join(''), kind });
    at = end;
  }
  if (at < points.length) cut.push({ text: points.slice(at).join('') });
  return cut;
}

/** The text with every finding replaced by a word that says so. */
export function mask(text: string, spans: readonly Span[], word: string): string {
  return parts(text, spans)
    .map((part) => (part.kind ? word : part.text))
    .join('');
}
