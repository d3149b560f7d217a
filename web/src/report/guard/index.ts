/**
 * Finds personal data in what people write: e-mail addresses, telephone and personal numbers, plates, names; and whether somebody
 * is pointed out and accused. The server reads by the same rules; the phone only says so earlier. Offsets count Unicode code points.
 */
import type { Span } from '../../api/types';

export interface Seen {
  /** Personal data, in order, none overlapping another. */
  personal: Span[];
  /** Suspicions against somebody, in order; each may cover personal data. */
  suspicions: Span[];
}

let guard: typeof import('./look') | undefined;

/** Fetches the guard with its lists, which the first screen has no room for; false where that fails. */
export async function whenListed(): Promise<boolean> {
  guard ??= await import('./look').catch(() => undefined);
  return guard !== undefined;
}

/** What the guard sees; nothing before it is here (`whenListed`): the server looks again in any case. */
export function look(original: string): Seen {
  return guard?.look(original) ?? { personal: [], suspicions: [] };
}

/** Everything to hide, in order, none overlapping another: the suspicions, and the personal data outside them. */
export function inspect(original: string): Span[] {
  const { personal, suspicions } = look(original);
  const spans = [...suspicions];
  for (const one of personal) {
    const around = spans.find((other) => other.kind === 'suspicion' && one.start < other.end && one.end > other.start);
    if (!around) spans.push(one);
    else {
      around.start = Math.min(around.start, one.start);
      around.end = Math.max(around.end, one.end);
    }
  }
  return spans.sort((a, b) => a.start - b.start);
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
