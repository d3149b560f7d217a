/** The planner's filters: one plain object, its query to the API, and nothing else. The address bar is `address.ts`. */
import type { ReportFilters } from '../api/types';
import { CATEGORIES, FEELINGS, GROUPS, type Category, type Feeling, type Group } from '../i18n/codes';

/** Filters that are lists of codes or numbers, in the order of the panel. */
export const LISTS = ['focus_area', 'category', 'feeling', 'light', 'status', 'hour', 'weekday', 'month', 'time_band', 'travel_mode', 'perspective', 'source'] as const satisfies readonly (keyof ReportFilters)[];
export type ListKey = (typeof LISTS)[number];

export interface Filters {
  lists: Record<ListKey, string[]>;
  /** First day, `YYYY-MM-DD`. */
  from: string | null;
  /** Last day, inclusive as people say it; the API's `to` is the day after. */
  to: string | null;
  insecurityMin: number | null;
  /** Only what changed after this version of the kommun. */
  since: number | null;
}

export type Facet = ListKey | 'period' | 'insecurity' | 'since';

export function noFilters(): Filters {
  const lists = Object.fromEntries(LISTS.map((key) => [key, []])) as unknown as Record<ListKey, string[]>;
  return { lists, from: null, to: null, insecurityMin: null, since: null };
}

/** What a planner meets first: where it is unsafe. Heat that adds safe and unsafe places together means neither. */
export function startFilters(): Filters {
  return withFeeling(noFilters(), 'unsafe');
}

/** One feeling, or both; what the other feeling's categories narrowed is let go of. */
export function withFeeling(f: Filters, feeling: Feeling | null): Filters {
  const kept = f.lists.category.filter((category) => !feeling || CATEGORIES.safe.some((safe) => safe === category) === (feeling === 'safe'));
  return { ...f, lists: { ...f.lists, feeling: feeling ? [feeling] : [], category: kept } };
}

/** The one feeling that is chosen; none when both are shown. */
export function feelingOf(f: Filters): Feeling | null {
  return FEELINGS.find((known) => known === f.lists.feeling[0]) ?? null;
}

export const isStart = (f: Filters): boolean => JSON.stringify(f) === JSON.stringify(startFilters());

export function activeFacets(f: Filters): Facet[] {
  const active: Facet[] = LISTS.filter((key) => f.lists[key].length > 0);
  if (f.from || f.to) active.push('period');
  if (f.insecurityMin !== null) active.push('insecurity');
  if (f.since !== null) active.push('since');
  return active;
}

/** The same filters without one facet: for counting what that facet's own choices would give. */
export function without(f: Filters, facet: Facet): Filters {
  if (facet === 'period') return { ...f, from: null, to: null };
  if (facet === 'insecurity') return { ...f, insecurityMin: null };
  if (facet === 'since') return { ...f, since: null };
  return { ...f, lists: { ...f.lists, [facet]: [] } };
}

export function toggled(f: Filters, key: ListKey, values: readonly string[]): Filters {
  const have = new Set(f.lists[key]);
  const all = values.every((value) => have.has(value));
  for (const value of values) {
    if (all) have.delete(value);
    else have.add(value);
  }
  return { ...f, lists: { ...f.lists, [key]: [...have] } };
}

/** The groups of one feeling, or all: those of the other would count zero. */
export const groupsOf = (feeling: Feeling | null): Group[] => GROUPS.filter((group) => !feeling || (group === 'safe') === (feeling === 'safe'));

/** Groups whose every category is chosen. */
export function wholeGroups(categories: readonly string[]): Group[] {
  return GROUPS.filter((group) => CATEGORIES[group].every((category) => categories.includes(category)));
}

/** The categories that are chosen one by one, outside whole groups. */
export function looseCategories(categories: readonly string[]): Category[] {
  const whole = wholeGroups(categories);
  return GROUPS.filter((group) => !whole.includes(group)).flatMap((group) => CATEGORIES[group].filter((category) => categories.includes(category)));
}

export function dayAfter(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + 1);
  return date.toISOString().slice(0, 10);
}

/** First and last day of a month "2026-09". */
export function monthDays(month: string): { from: string; to: string } {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const last = new Date(Date.UTC(year, number, 0)).getUTCDate();
  return { from: `${month}-01`, to: `${month}-${String(last).padStart(2, '0')}` };
}

/** The filters as the API names them. Several categories and whole groups go out as one list: either of them counts. */
export function toQuery(municipality: string, f: Filters): URLSearchParams {
  const query = new URLSearchParams({ municipality });
  const ask = (name: keyof ReportFilters, value: string): void => query.set(name, value);
  for (const key of LISTS) {
    const values = f.lists[key];
    if (values.length === 0) continue;
    const groups = key === 'category' ? wholeGroups(values) : [];
    if (groups.length > 0 && looseCategories(values).length === 0) ask('group', groups.join(','));
    else ask(key, values.join(','));
  }
  if (f.from) ask('from', f.from);
  if (f.to) ask('to', dayAfter(f.to));
  if (f.insecurityMin !== null) ask('insecurity_min', String(f.insecurityMin));
  if (f.since !== null) ask('since', String(f.since));
  return query;
}
