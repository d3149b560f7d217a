/** Spans of whole days: the one before, the same a year ago, and the steps that a slider goes by. First and last day are both in. */
import { dayAfter, monthDays } from './filters';

export interface Days {
  from: string;
  to: string;
}

/** What a period is held against: the equally long one before it, the same a year earlier, or days of one's own. */
export type Before = 'previous' | 'year' | Days;

const DAY_MS = 86_400_000;
const utc = (day: string): number => Date.parse(`${day}T00:00:00Z`);
const text = (time: number): string => new Date(time).toISOString().slice(0, 10);

export const daysAfter = (day: string, days: number): string => text(utc(day) + days * DAY_MS);
/** How many days a span has. */
export const daysIn = ({ from, to }: Days): number => Math.round((utc(to) - utc(from)) / DAY_MS) + 1;

const monthOf = (day: string): string => day.slice(0, 7);

/** The month so many months later, `YYYY-MM`. */
export function monthsAfter(month: string, months: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return text(Date.UTC(year, number - 1 + months, 1)).slice(0, 7);
}

/** How many calendar months a span is made of; none when it begins or ends within one. */
function wholeMonths({ from, to }: Days): number | null {
  if (!from.endsWith('-01') || monthDays(monthOf(to)).to !== to) return null;
  const [a, b] = [from, to].map((day) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)));
  return (b ?? 0) - (a ?? 0) + 1;
}

/** The equally long span that ends the day before: of whole months, as many whole months. */
export function previous(span: Days): Days {
  const months = wholeMonths(span);
  if (months !== null) return { from: `${monthsAfter(monthOf(span.from), -months)}-01`, to: daysAfter(span.from, -1) };
  return { from: daysAfter(span.from, -daysIn(span)), to: daysAfter(span.from, -1) };
}

/** The same days of the year before; a last day of February stays one. */
export function yearBefore(span: Days): Days {
  const earlier = (day: string): string => {
    const month = monthsAfter(monthOf(day), -12);
    const { to: last } = monthDays(month);
    const same = `${month}${day.slice(7)}`;
    return same > last || day === monthDays(monthOf(day)).to ? last : same;
  };
  return { from: span.from.endsWith('-01') ? `${monthsAfter(monthOf(span.from), -12)}-01` : earlier(span.from), to: earlier(span.to) };
}

export const beforeOf = (span: Days, before: Before): Days => (before === 'previous' ? previous(span) : before === 'year' ? yearBefore(span) : before);

/** What to compare when no period is chosen: the latest year, or the later half of a shorter time. `months` are in order. */
export function latest(months: readonly string[]): Days | null {
  const last = months.at(-1);
  if (!last) return null;
  const long = Math.max(1, Math.min(12, Math.floor(months.length / 2)));
  return { from: `${monthsAfter(last, 1 - long)}-01`, to: monthDays(last).to };
}

export const STEPS = ['week', 'month', 'quarter', 'year'] as const;
export type StepOf = (typeof STEPS)[number];
const MONTHS = { month: 1, quarter: 3, year: 12 } as const;
/** More steps than this, and a slider cannot tell them apart. */
const MOST = 3000;

/** The calendar's own weeks (from Monday), months, quarters or years that cover the months from `first` to `last`. */
export function stepsOver(step: StepOf, first: string, last: string): Days[] {
  const out: Days[] = [];
  const end = monthDays(last).to;
  if (step === 'week') {
    const day = new Date(utc(`${first}-01`)).getUTCDay();
    for (let from = daysAfter(`${first}-01`, -((day + 6) % 7)); from <= end && out.length < MOST; from = daysAfter(from, 7)) out.push({ from, to: daysAfter(from, 6) });
    return out;
  }
  const size = MONTHS[step];
  let month = monthsAfter(first, -((Number(first.slice(5, 7)) - 1) % size));
  while (month <= last && out.length < MOST) {
    const next = monthsAfter(month, size);
    out.push({ from: `${month}-01`, to: daysAfter(`${next}-01`, -1) });
    month = next;
  }
  return out;
}

/** The step that a span is; else of its own length. */
export function stepOf(span: Days): StepOf | null {
  const months = wholeMonths(span);
  return STEPS.find((step) => step !== 'week' && MONTHS[step] === months) ?? (daysIn(span) === 7 ? 'week' : null);
}

/** A span as the API writes it: until, not through. */
export const halfOpen = ({ from, to }: Days): Days => ({ from, to: dayAfter(to) });
