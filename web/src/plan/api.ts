/** The planner's calls. Every one may throw `ApiProblem` or `NoNetwork`. */
import { API, ApiProblem, NoNetwork, ask } from '../api/client';
import type { BandMap, DensityColumns, FocusAreas, HeatmapQuery, Municipalities, MunicipalityDetailFeature, ReportDetailFeature, ReportPage, ReportPatch, ReportsQuery, Statistic, Summary } from '../api/types';
import { locale } from '../i18n/locale.svelte';
import { GRIDS, SQUARES, type Bandwidth, type GridId } from './address';
import { toQuery, type Filters } from './filters';
import { halfOpen, type Days } from './periods';

const get = async <T>(path: string, signal?: AbortSignal): Promise<T> => (await ask<T>(path, signal ? { signal } : {})).data;

export const municipalities = () => get<Municipalities>('/municipalities?active=true');
export const municipality = (code: string) => get<MunicipalityDetailFeature>(`/municipalities/${code}`);
export const focusAreas = (code: string) => get<FocusAreas>(`/municipalities/${code}/focus-areas`);

/** The filters, and what else is asked. */
function asking(code: string, filters: Filters, more: HeatmapQuery | ReportsQuery): string {
  const query = toQuery(code, filters);
  for (const [name, value] of Object.entries(more)) query.set(name, String(value));
  return query.toString();
}

/** What narrows a question to one cell, by the name of its grid and its own; nothing where none is chosen. */
const within = (cell: string | null): Pick<ReportsQuery, 'cell'> => (cell ? { cell } : {});

export const summary = (code: string, filters: Filters, cell: string | null = null, signal?: AbortSignal) => get<Summary>(`/summary?${asking(code, filters, within(cell))}`, signal);

/*
 * A question of cells is written once, and asked in three forms: as columns, as the tiles of the map, and as the GeoJSON that is
 * taken home.
 */
export const countQuestion = (code: string, filters: Filters, grid: GridId, statistic: Statistic): string => asking(code, filters, { ...GRIDS[grid], statistic });
export const hotspotQuestion = (code: string, filters: Filters, grid: GridId, of: Statistic): string => asking(code, filters, { ...GRIDS[grid], statistic: 'gi_star', of });
/** The period of the filters against the one before. */
export function changeQuestion(code: string, filters: Filters, grid: GridId, of: Statistic, before: Days): string {
  const { from, to } = halfOpen(before);
  return asking(code, filters, { ...GRIDS[grid], statistic: 'change', of, before_from: from, before_to: to });
}

const COLUMNS = { Accept: 'application/vnd.lykta.columns+json' };

export async function columns<T extends { columns: object }>(question: string, signal?: AbortSignal): Promise<T> {
  return (await ask<T>(`/heatmap?${question}`, { headers: COLUMNS, ...(signal ? { signal } : {}) })).data;
}

export const reportQuestion = (code: string, filters: Filters): string => asking(code, filters, {});

/** Where the map finds the tiles of a question: a worker fetches them, which knows no address but a whole one. */
export const tiles = (of: 'heatmap' | 'reports', question: string | null | undefined): string | null => (question ? `${location.origin}/tiles/${of}/{z}/{x}/{y}.mvt?${question}` : null);

export const geojson = (question: string): Promise<Blob> => file(`/heatmap?${question}`, 'application/geo+json');

/** As many as there are steps of heat. */
const BANDS = 6;

/** The bands of a density, from the finest squares that the server will compute for the kommun, and the question they answer. */
export async function density(code: string, filters: Filters, bandwidth: Bandwidth, of: Statistic, signal?: AbortSignal): Promise<{ bands: BandMap; question: string }> {
  const sizes = SQUARES[bandwidth];
  for (const size_m of sizes) {
    const question = asking(code, filters, { grid: 'square', size_m, statistic: 'density', of, bandwidth_m: bandwidth, bands: BANDS });
    try {
      return { bands: await get<BandMap>(`/heatmap?${question}`, signal), question };
    } catch (failure) {
      if (size_m === sizes.at(-1) || !(failure instanceof ApiProblem && failure.status === 400)) throw failure;
    }
  }
  throw new RangeError('no squares');
}

/** The squares that the bands were drawn from. */
export function densitySquares(code: string, filters: Filters, { size_m, bandwidth_m, of }: BandMap): Promise<DensityColumns> {
  return columns(asking(code, filters, { grid: 'square', size_m: size_m as HeatmapQuery['size_m'] & number, statistic: 'density', of, bandwidth_m }));
}

export function reports(code: string, filters: Filters, cell: string | null = null, limit = 50, signal?: AbortSignal): Promise<ReportPage> {
  return get<ReportPage>(`/reports?${asking(code, filters, { ...within(cell), limit })}`, signal);
}

/** The next page by the link the server gave. */
export function more(next: string): Promise<ReportPage> {
  const url = new URL(next, location.href);
  return get<ReportPage>(url.pathname.replace(API, '') + url.search);
}

export interface Opened {
  feature: ReportDetailFeature;
  etag: string;
}

export async function report(id: string): Promise<Opened> {
  const { data, headers } = await ask<ReportDetailFeature>(`/reports/${id}`);
  return { feature: data, etag: headers.get('etag') ?? '' };
}

export const change = (id: string, etag: string, body: ReportPatch) => ask(`/reports/${id}`, { method: 'PATCH', body, headers: { 'If-Match': etag } });

/** The rows of the list as the server writes them for a spreadsheet. */
export const reportsCsv = (code: string, filters: Filters, cell: string | null): Promise<Blob> => file(`/reports?${asking(code, filters, within(cell))}`, 'text/csv');

/** An answer as it is, to be kept. */
async function file(path: string, type: string): Promise<Blob> {
  const response = await fetch(API + path, { headers: { Accept: type, 'Accept-Language': locale.lang } }).catch(() => {
    throw new NoNetwork();
  });
  if (!response.ok) throw new ApiProblem(response.status, { type: 'about:blank', title: response.statusText, status: response.status, errors: [] });
  return response.blob();
}
