/** The planner's calls. Every one may throw `ApiProblem` or `NoNetwork`. */
import type { Position } from 'geojson';
import { API, ApiProblem, NoNetwork, ask } from '../api/client';
import type { BandMap, ChangeMap, DensityMap, FocusAreas, HeatmapQuery, HotspotMap, LiveHeatmap, Municipalities, MunicipalityDetailFeature, ReportDetailFeature, ReportFilters, ReportPage, ReportPatch, ReportsQuery, Session, Statistic, Summary, Token } from '../api/types';
import { locale } from '../i18n/locale.svelte';
import { GRIDS, SQUARES, type Bandwidth, type GridId } from './address';
import { toQuery, type Filters } from './filters';
import { halfOpen, type Days } from './periods';

const get = async <T>(path: string, signal?: AbortSignal): Promise<T> => (await ask<T>(path, signal ? { signal } : {})).data;

export const session = async (): Promise<boolean> => (await get<Session>('/session')).role !== null;
export const login = (token: string) => ask('/session', { method: 'POST', body: { token } satisfies Token });
export const logout = () => ask('/session', { method: 'DELETE' });
export const municipalities = () => get<Municipalities>('/municipalities?active=true');
export const municipality = (code: string) => get<MunicipalityDetailFeature>(`/municipalities/${code}`);
export const focusAreas = (code: string) => get<FocusAreas>(`/municipalities/${code}/focus-areas`);

/** A ring as the API's `polygon` filter writes it. */
const polygonText = (ring: readonly Position[]): string => ring.map(([lon, lat]) => `${lon} ${lat}`).join(',');

const within = (ring?: readonly Position[]): Pick<ReportFilters, 'polygon'> => (ring ? { polygon: polygonText(ring) } : {});

/** The filters, and what else is asked. */
function asking(code: string, filters: Filters, more: HeatmapQuery | ReportsQuery): URLSearchParams {
  const query = toQuery(code, filters);
  for (const [name, value] of Object.entries(more)) query.set(name, String(value));
  return query;
}

export const summary = (code: string, filters: Filters, ring?: readonly Position[], signal?: AbortSignal) => get<Summary>(`/summary?${asking(code, filters, within(ring))}`, signal);

export function heatmap(code: string, filters: Filters, grid: GridId, statistic: Statistic, signal?: AbortSignal): Promise<LiveHeatmap> {
  return get<LiveHeatmap>(`/heatmap?${asking(code, filters, { ...GRIDS[grid], statistic })}`, signal);
}

export function hotspots(code: string, filters: Filters, grid: GridId, of: Statistic, signal?: AbortSignal): Promise<HotspotMap> {
  return get<HotspotMap>(`/heatmap?${asking(code, filters, { ...GRIDS[grid], statistic: 'gi_star', of })}`, signal);
}

/** As many as there are steps of heat. */
const BANDS = 6;

/** The bands of a density, from the finest squares that the server will compute for the kommun. */
export async function density(code: string, filters: Filters, bandwidth: Bandwidth, of: Statistic, signal?: AbortSignal): Promise<BandMap> {
  const sizes = SQUARES[bandwidth];
  for (const size_m of sizes) {
    try {
      return await get<BandMap>(`/heatmap?${asking(code, filters, { grid: 'square', size_m, statistic: 'density', of, bandwidth_m: bandwidth, bands: BANDS })}`, signal);
    } catch (failure) {
      if (size_m === sizes.at(-1) || !(failure instanceof ApiProblem && failure.status === 400)) throw failure;
    }
  }
  throw new RangeError('no squares');
}

/** The squares that the bands were drawn from. */
export function densitySquares(code: string, filters: Filters, { size_m, bandwidth_m, of }: BandMap): Promise<DensityMap> {
  return get<DensityMap>(`/heatmap?${asking(code, filters, { grid: 'square', size_m: size_m as HeatmapQuery['size_m'] & number, statistic: 'density', of, bandwidth_m })}`);
}

/** The period of the filters against the one before. */
export function compared(code: string, filters: Filters, grid: GridId, of: Statistic, before: Days, signal?: AbortSignal): Promise<ChangeMap> {
  const { from, to } = halfOpen(before);
  return get<ChangeMap>(`/heatmap?${asking(code, filters, { ...GRIDS[grid], statistic: 'change', of, before_from: from, before_to: to })}`, signal);
}

export function reports(code: string, filters: Filters, ring?: readonly Position[], limit = 50, signal?: AbortSignal): Promise<ReportPage> {
  return get<ReportPage>(`/reports?${asking(code, filters, { ...within(ring), limit })}`, signal);
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
export async function reportsCsv(code: string, filters: Filters, ring?: readonly Position[]): Promise<Blob> {
  const response = await fetch(`${API}/reports?${asking(code, filters, within(ring))}`, { headers: { Accept: 'text/csv', 'Accept-Language': locale.lang } }).catch(() => {
    throw new NoNetwork();
  });
  if (!response.ok) throw new ApiProblem(response.status, { type: 'about:blank', title: response.statusText, status: response.status, errors: [] });
  return response.blob();
}
