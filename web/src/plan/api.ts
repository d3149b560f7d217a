/** The planner's calls. Every one may throw `ApiProblem` or `NoNetwork`. */
import type { Position } from 'geojson';
import { API, ApiProblem, NoNetwork, ask } from '../api/client';
import type { FocusAreas, HeatmapQuery, HotspotMap, LiveHeatmap, Municipalities, MunicipalityDetailFeature, ReportDetailFeature, ReportFilters, ReportPage, ReportPatch, ReportsQuery, Session, Statistic, Summary, Token } from '../api/types';
import { locale } from '../i18n/locale.svelte';
import { GRIDS, type GridId } from './address';
import { toQuery, type Filters } from './filters';

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
