/** Days in forms: today in Sweden, and days from it. */
import { daysAfter } from '../plan/periods';

export const today = (now: Date = new Date()): string => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Stockholm' }).format(now);
/** The last day of something that ends at an instant, which is the first when it no longer holds. */
export const lastDay = (end: string): string => today(new Date(Date.parse(end) - 1));
export const inDays = (days: number, from: string = today()): string => daysAfter(from, days);

/** The longest a guest may stay and a token lasts. */
export const YEAR_DAYS = 365;
