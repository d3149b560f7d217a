/** Dates, numbers and distances as people write them in the chosen language, always in Swedish time. */
import { locale } from './locale.svelte';

const ZONE = 'Europe/Stockholm';
const tag = () => (locale.lang === 'sv' ? 'sv-SE' : 'en-GB');

const made = new Map<string, Intl.NumberFormat>();

/** A way to write numbers, made once: to make one takes longer than a hundred uses. */
export function numbers(language: string, options: Intl.NumberFormatOptions = {}): Intl.NumberFormat {
  const key = `${language} ${JSON.stringify(options)}`;
  const known = made.get(key) ?? new Intl.NumberFormat(language, options);
  made.set(key, known);
  return known;
}

export function number(value: number): string {
  return numbers(tag()).format(value);
}

/** "14 november 2026". Accepts a plain date or an instant. */
export function date(value: string): string {
  const plain = /^\d{4}-\d{2}-\d{2}$/.test(value);
  return new Intl.DateTimeFormat(tag(), { dateStyle: 'long', timeZone: plain ? 'UTC' : ZONE }).format(new Date(value));
}

/** "november 2026", of "2026-11". */
export function month(value: string): string {
  return new Intl.DateTimeFormat(tag(), { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${value}-01`));
}

/** "14 nov. 2026 18:30". */
export function dateTime(value: string): string {
  return new Intl.DateTimeFormat(tag(), { dateStyle: 'medium', timeStyle: 'short', timeZone: ZONE }).format(new Date(value));
}

/** "40 m", "1,2 km": no more digits than the place deserves. */
export function metres(value: number): string {
  const step = value < 100 ? 5 : 10;
  if (value < 1000) return `${number(Math.max(step, Math.round(value / step) * step))} m`;
  return `${numbers(tag(), { maximumFractionDigits: 1 }).format(value / 1000)} km`;
}

/** "a, b och c". */
export function list(items: readonly string[]): string {
  return new Intl.ListFormat(tag(), { type: 'conjunction' }).format(items);
}
