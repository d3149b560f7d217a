/** The planner's calls. Every one may throw `ApiProblem` or `NoNetwork`. */
import type { Position } from 'geojson';
import { API, ApiProblem, NoNetwork, ask } from '../api/client';
import type { FocusAreas, Municipalities, MunicipalityFeature } from '../api/types';
import { locale } from '../i18n/locale.svelte';
import { GRIDS, type GridId, type Statistic } from './address';
import { toQuery, type Filters } from './filters';
import type { CloseReason, Status } from '../i18n/codes';
import type { DetailFeature, Heatmap, ReportPage, Summary } from './types';

const get = async <T>(path: string, signal?: AbortSignal): Promise<T> => (await ask<T>(path, signal ? { signal } : {})).data;

export const session = async (): Promise<boolean> => (await get<{ role: string | null }>('/session')).role !== null;
export const login = (token: string) => ask('/session', { method: 'POST', body: { token } });
export const logout = () => ask('/session', { method: 'DELETE' });
export const municipalities = () => get<Municipalities>('/municipalities?active=true');
export const municipality = (code: string) => get<MunicipalityFeature>(`/municipalities/${code}`);
export const focusAreas = (code: string) => get<FocusAreas>(`/municipalities/${code}/focus-areas`);

/** A ring as the API's `polygon` filter writes it. */
export const polygonText = (ring: readonly Position[]): string => ring.map(([lon, lat]) => `${lon} ${lat}`).join(',');

function narrowed(code: string, filters: Filters, ring?: readonly Position[]): URLSearchParams {
  const query = toQuery(code, filters);
  if (ring) query.set('polygon', polygonText(ring));
  return query;
}

export const summary = (code: string, filters: Filters, ring?: readonly Position[], signal?: AbortSignal) => get<Summary>(`/summary?${narrowed(code, filters, ring)}`, signal);

export function heatmap(code: string, filters: Filters, grid: GridId, statistic: Statistic, signal?: AbortSignal): Promise<Heatmap> {
  const query = toQuery(code, filters);
  for (const [name, value] of Object.entries(GRIDS[grid])) query.set(name, String(value));
  query.set('statistic', statistic);
  return get<Heatmap>(`/heatmap?${query}`, signal);
}

export function reports(code: string, filters: Filters, ring?: readonly Position[], limit = 50, signal?: AbortSignal): Promise<ReportPage> {
  const query = narrowed(code, filters, ring);
  query.set('limit', String(limit));
  return get<ReportPage>(`/reports?${query}`, signal);
}

/** The next page by the link the server gave. */
export function more(next: string): Promise<ReportPage> {
  const url = new URL(next, location.href);
  return get<ReportPage>(url.pathname.replace(API, '') + url.search);
}

export interface Opened {
  feature: DetailFeature;
  etag: string;
}

export async function report(id: string): Promise<Opened> {
  const { data, headers } = await ask<DetailFeature>(`/reports/${id}`);
  return { feature: data, etag: headers.get('etag') ?? '' };
}

export interface Change {
  status?: Status;
  reason?: CloseReason;
  answer?: string;
  location?: { type: 'Point'; coordinates: [number, number] };
}

export const change = (id: string, etag: string, body: Change) => ask(`/reports/${id}`, { method: 'PATCH', body, headers: { 'If-Match': etag } });

/** The rows of the list as the server writes them for a spreadsheet. */
export async function reportsCsv(code: string, filters: Filters, ring?: readonly Position[]): Promise<Blob> {
  const response = await fetch(`${API}/reports?${narrowed(code, filters, ring)}`, { headers: { Accept: 'text/csv', 'Accept-Language': locale.lang } }).catch(() => {
    throw new NoNetwork();
  });
  if (!response.ok) throw new ApiProblem(response.status, { type: 'about:blank', title: response.statusText, status: response.status, errors: [] });
  return response.blob();
}
