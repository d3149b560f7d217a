/**
 * The view in the address bar, so that it can be shared, bookmarked and gone back to. It stands behind the `#`: what a planner
 * looks at never reaches a server's log. An open report stands there by its random id, which opens nothing without the right.
 */
import type { HeatmapQuery, Statistic } from '../api/types';
import { CATEGORIES, LIGHTS, PERSPECTIVES, STATUSES, TIME_BANDS, TRAVEL_MODES } from '../i18n/codes';
import { LISTS, startFilters, withFeeling, feelingOf, type Filters, type ListKey } from './filters';
import type { Before } from './periods';

export const TABS = ['filters', 'map', 'table', 'reports'] as const;
export type Tab = (typeof TABS)[number];

/** What the map tells: how many, where there are more than chance would give, how densely, or what has changed. */
export const LAYERS = ['count', 'hotspots', 'density', 'compare'] as const;
export type Layer = (typeof LAYERS)[number];

/** What a layer counts until something else is chosen: ten reports by one person are ten reports, but no hotspot. */
export const COUNTED: Record<Layer, Statistic> = { count: 'count', hotspots: 'reporters', density: 'reporters', compare: 'count' };

/** How far a report reaches in a density, in metres. */
export const REACHES = [100, 200, 400, 800] as const;
export type Bandwidth = (typeof REACHES)[number];
/** The squares a density is computed in, finest first: the wider are for kommuner that are too large for the finer. */
export const SQUARES: Record<Bandwidth, readonly (62.5 | 125 | 250 | 500)[]> = { 100: [62.5], 200: [62.5, 125], 400: [125, 250], 800: [250, 500] };

export const GRIDS = {
  'square-125': { grid: 'square', size_m: 125 },
  'square-250': { grid: 'square', size_m: 250 },
  'square-500': { grid: 'square', size_m: 500 },
  'square-1000': { grid: 'square', size_m: 1000 },
  'hex-100': { grid: 'hex', size_m: 100 },
  'hex-200': { grid: 'hex', size_m: 200 },
  'hex-400': { grid: 'hex', size_m: 400 },
  'h3-8': { grid: 'h3', resolution: 8 },
  'h3-9': { grid: 'h3', resolution: 9 },
  'h3-10': { grid: 'h3', resolution: 10 },
} as const satisfies Record<string, Pick<HeatmapQuery, 'grid' | 'size_m' | 'resolution'>>;
export type GridId = keyof typeof GRIDS;
export const GRID_IDS = Object.keys(GRIDS) as GridId[];

/** How wide a cell is in metres, to the eye: a hexagon from corner to corner, one of H3 from side to side (its mean edge). */
const WIDTHS: Record<GridId, number> = {
  'square-125': 125, 'square-250': 250, 'square-500': 500, 'square-1000': 1000,
  'hex-100': 200, 'hex-200': 400, 'hex-400': 800,
  'h3-8': 920, 'h3-9': 348, 'h3-10': 131,
};
export const cellWidth = (grid: GridId): number => WIDTHS[grid];

/** A cell as the API's filter `cell` names it. */
export const cellName = (grid: GridId, cell: string): string => `${grid.replace(/^h3-/, 'h3r').replace(/-(?=\d+$)/, '')}-${cell}`;

export interface View {
  municipality: string | null;
  filters: Filters;
  grid: GridId;
  layer: Layer;
  statistic: Statistic;
  bandwidth: Bandwidth;
  /** What the period is compared with. */
  before: Before;
  tab: Tab;
  cell: string | null;
  /** The report that is open. */
  report: string | null;
  /** How many per cent of the map show the time before. */
  divider: number;
  /** Where the map stands; none means the whole kommun. */
  at: { lon: number; lat: number; zoom: number } | null;
}

export function startView(): View {
  return { municipality: null, filters: startFilters(), grid: 'square-250', layer: 'count', statistic: COUNTED.count, bandwidth: 200, before: 'previous', divider: 50, tab: 'map', cell: null, report: null, at: null };
}

const one = <T extends string>(value: string | null, of: readonly T[], otherwise: T): T => of.find((item) => item === value) ?? otherwise;
const day = (value: string | null): string | null => (value && /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value)) ? value : null);
const whole = (value: string | null): number | null => (value && /^\d{1,15}$/.test(value) ? Number(value) : null);

export function writeView(view: View): string {
  const out = new URLSearchParams();
  if (view.municipality) out.set('municipality', view.municipality);
  out.set('feeling', feelingOf(view.filters) ?? 'both');
  for (const key of LISTS) if (key !== 'feeling' && view.filters.lists[key].length > 0) out.set(key, view.filters.lists[key].join(','));
  const { from, to, insecurityMin, since } = view.filters;
  if (from) out.set('from', from);
  if (to) out.set('to', to);
  if (insecurityMin !== null) out.set('insecurity_min', String(insecurityMin));
  if (since !== null) out.set('since', String(since));
  const start = startView();
  if (view.grid !== start.grid) out.set('grid', view.grid);
  if (view.layer !== start.layer) out.set('layer', view.layer);
  if (view.statistic !== COUNTED[view.layer]) out.set('statistic', view.statistic);
  if (view.bandwidth !== start.bandwidth) out.set('bandwidth', String(view.bandwidth));
  if (view.before !== start.before) out.set('before', typeof view.before === 'string' ? view.before : `${view.before.from},${view.before.to}`);
  if (view.divider !== start.divider) out.set('divider', String(view.divider));
  if (view.tab !== start.tab) out.set('tab', view.tab);
  if (view.cell) out.set('cell', view.cell);
  if (view.report) out.set('report', view.report);
  if (view.at) out.set('at', `${view.at.lon.toFixed(5)},${view.at.lat.toFixed(5)},${view.at.zoom.toFixed(2)}`);
  return `#${out.toString().replaceAll('%2C', ',')}`;
}

function readAt(value: string | null): View['at'] {
  const [lon, lat, zoom, ...rest] = (value ?? '').split(',').map((part) => (part === '' ? Number.NaN : Number(part)));
  if (lon === undefined || lat === undefined || zoom === undefined || rest.length > 0) return null;
  return Math.abs(lon) <= 180 && Math.abs(lat) <= 85 && zoom >= 0 && zoom <= 22 ? { lon, lat, zoom } : null;
}

function readBefore(value: string | null): Before {
  if (value === 'year') return value;
  const [from = null, to = null] = (value ?? '').split(',').map(day);
  return from && to && from <= to ? { from, to } : 'previous';
}

const numbers = (from: number, to: number): string[] => Array.from({ length: to - from + 1 }, (_, i) => String(from + i));

/** The codes that a filter knows; a filter that is not here takes any name that looks like one. */
const KNOWN: Partial<Record<ListKey, readonly string[]>> = {
  category: Object.values(CATEGORIES).flat(),
  light: LIGHTS,
  status: STATUSES,
  hour: numbers(0, 23),
  weekday: numbers(1, 7),
  month: numbers(1, 12),
  time_band: TIME_BANDS,
  travel_mode: TRAVEL_MODES,
  perspective: PERSPECTIVES,
};
const SHAPE: Partial<Record<ListKey, RegExp>> = { focus_area: /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i };

/**
 * Anything that is not understood is left out: an old or mangled link still opens a view. What was left out of the filters is
 * noted in `dropped`, since the numbers are then of something else than the link asked for.
 */
export function readView(hash: string, dropped: string[] = []): View {
  const query = new URLSearchParams(hash.replace(/^#/, ''));
  const view = startView();
  const municipality = query.get('municipality');
  view.municipality = municipality && /^\d{4}$/.test(municipality) ? municipality : null;
  const understood = <T>(name: string, value: T | null): T | null => {
    if (value === null && query.get(name)) dropped.push(`${name}=${query.get(name)}`);
    return value;
  };
  for (const key of LISTS) {
    if (key === 'feeling') continue;
    const said = [...new Set((query.get(key) ?? '').split(',').filter((value) => value !== ''))];
    const known = said.filter((value) => KNOWN[key]?.includes(value) ?? (SHAPE[key] ?? /^[\w.:-]{1,64}$/).test(value));
    view.filters.lists[key] = known;
    dropped.push(...said.filter((value) => !known.includes(value)).map((value) => `${key}=${value}`));
  }
  const feeling = understood('feeling', (['unsafe', 'safe', 'both'] as const).find((one) => one === query.get('feeling')) ?? null);
  // A link to categories alone keeps them all, whichever feeling they are of.
  if (feeling === 'both' || (!feeling && view.filters.lists.category.length > 0)) view.filters.lists.feeling = [];
  else view.filters = withFeeling(view.filters, feeling ?? 'unsafe');
  view.filters.from = understood('from', day(query.get('from')));
  view.filters.to = understood('to', day(query.get('to')));
  view.filters.since = understood('since', whole(query.get('since')));
  const least = whole(query.get('insecurity_min'));
  view.filters.insecurityMin = understood('insecurity_min', least !== null && least <= 3 ? least : null);
  view.grid = one(query.get('grid'), GRID_IDS, view.grid);
  view.layer = one(query.get('layer'), LAYERS, view.layer);
  view.statistic = one(query.get('statistic'), ['count', 'reporters'] as const, COUNTED[view.layer]);
  view.bandwidth = REACHES.find((reach) => String(reach) === query.get('bandwidth')) ?? view.bandwidth;
  view.before = readBefore(query.get('before'));
  const divider = whole(query.get('divider'));
  if (divider !== null && divider <= 100) view.divider = divider;
  view.tab = one(query.get('tab'), TABS, view.tab);
  view.cell = query.get('cell');
  const report = query.get('report');
  view.report = report && /^[\da-f-]{36}$/i.test(report) ? report : null;
  view.at = readAt(query.get('at'));
  return view;
}

/** Takes the key of a link out of the address bar, and so out of the history; the view that came with it stays. */
export function takeKey(): string | null {
  const view = new URLSearchParams(location.hash.slice(1));
  const key = view.get('key');
  if (key === null) return null;
  view.delete('key');
  const rest = String(view);
  history.replaceState(null, '', location.pathname + location.search + (rest && `#${rest}`));
  return key;
}

/** What the numbers depend on, as one text. */
export function question({ municipality, filters, grid, layer, statistic, bandwidth, before }: View): string {
  return JSON.stringify([municipality, filters, grid, layer, statistic, layer === 'density' && bandwidth, layer === 'compare' && before]);
}
