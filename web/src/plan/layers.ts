/** The layers beside counts in words and figures: densities and changes, and what is said where there is nothing. */
import type { BandMap, ChangeColumns } from '../api/types';
import * as format from '../i18n/format';
import { locale } from '../i18n/locale.svelte';
import type { CellRow } from './cells';
import { inLanguage } from './labels';
import type { Days } from './periods';
import { views, words } from './words';

export type Changed = NonNullable<CellRow['change']>;

/** No more digits than a density deserves. */
export const rounded = (value: number): string => format.numbers(locale.lang, { maximumSignificantDigits: 2 }).format(value);

/** Fewer reports than this and a density shows its own bumps (docs/statistics.md). */
const FEW = 30;

export interface BandStep {
  /** 1 to 6: which heat colour. */
  heat: number;
  text: string;
  said: string;
}

/** The bands as the legend lists them, least first. */
export function bandSteps({ levels }: BandMap): BandStep[] {
  return levels.map((low, i) => {
    const next = levels[i + 1];
    const [from, to] = [rounded(low), next === undefined ? '' : rounded(next)];
    return { heat: i + 1, text: next === undefined ? `${from}+` : `${from}–${to}`, said: next === undefined ? views.t.density.from(from) : views.t.density.from_to(from, to) };
  });
}

export function densityMethod({ bandwidth_m, size_m, of }: BandMap): string {
  const w = views.t.density;
  return (of === 'reporters' ? w.method : w.method_count)(format.number(bandwidth_m), format.number(size_m), words.t.hot.of[of]);
}

/** Why the shape is not to be trusted, if it is not. */
export function densityDoubt({ total }: BandMap): string | null {
  return total === 0 ? views.t.density.none : total < FEW ? views.t.density.few(format.number(total)) : null;
}

export const spanText = ({ from, to }: Days): string => (from === to ? format.date(from) : views.t.compare.span(format.date(from), format.date(to)));

/** Only what chance would seldom give has a direction. */
const SURE = 0.05;

export function direction({ q, before, after, ratio }: Changed): 'more' | 'fewer' | 'same' {
  if (q === null || q > SURE) return 'same';
  return (ratio === null ? after > before : ratio > 1) ? 'more' : 'fewer';
}

/** A false discovery rate; below 0.0001 only that it is. */
const qText = (q: number): string => (q < 1e-4 ? `q\u00A0<\u00A0${rounded(1e-4)}` : `q\u00A0=\u00A0${rounded(q)}`);

/** "2,1 gånger så många per dag (95 %: 1,2–3,9) · q = 0,031". */
export function changeFigures({ ratio, low, high, q }: Changed): string {
  const w = views.t.compare;
  const times = ratio === null || low === null ? w.times_new : w.times(rounded(ratio), rounded(low), high === null ? w.no_limit : rounded(high));
  return q === null ? times : `${times} · ${qText(q)}`;
}

/** The local days of a span that ends before `to`. */
function daysOf({ from, to }: { from: string; to: string }): Days {
  const day = (at: number): string => new Date(at).toLocaleDateString('sv-SE', { timeZone: 'Europe/Stockholm' });
  return { from: day(Date.parse(from)), to: day(Date.parse(to) - 1) };
}

/** Which days of both periods are counted, where it is not all of them; or why none are. */
export function changeCounted({ counted, counted_before: before, message }: ChangeColumns, askedBefore: Days | null, asked: Days | null): string | null {
  if (message) return inLanguage(message);
  if (!counted || !before) return null;
  const [was, is] = [daysOf(before), daysOf(counted)];
  const whole = [askedBefore, asked].every((days, i) => days?.from === [was, is][i]?.from && days?.to === [was, is][i]?.to);
  return whole ? null : views.t.compare.counted(spanText(was), spanText(is));
}

export const changeMethod = ({ columns }: ChangeColumns): string => views.t.compare.method(format.number(columns.cell.length));
