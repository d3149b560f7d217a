/** What everybody may ask for. Sent without cookies: a planner who looks here sees what everybody sees. */
import type { FeatureCollection, Polygon } from 'geojson';
import { API, ApiProblem, NoNetwork, ask, query } from '../api/client';
import type { Municipalities, MunicipalityFeature, Problem } from '../api/types';
import { locale } from '../i18n/locale.svelte';

export interface Release {
  id: string;
  period: string;
  from: string;
  to: string;
  made_at: string;
}

export interface PublicHeatmap extends FeatureCollection<Polygon, { cell: string; count: number | null; suppressed?: boolean }> {
  release: Release | null;
  /** Every release the numbers add up, newest first. */
  releases?: Release[];
  total: number;
  suppressed: number;
  k?: number;
  message?: { sv: string; en: string };
}

export interface Choice {
  municipality: string;
  feeling: 'unsafe' | 'safe';
  group: string | null;
  size_m: number;
  /** Which quarters (see `periods.ts`); none means the newest release. */
  span: string | null;
}

export const municipalities = async (): Promise<Municipalities> => (await ask<Municipalities>('/municipalities?active=true')).data;
export const municipality = async (code: string): Promise<MunicipalityFeature> => (await ask<MunicipalityFeature>(`/municipalities/${code}`)).data;

export const releases = async (code: string): Promise<Release[]> => (await ask<{ releases: Release[] }>(`/municipalities/${code}/releases`)).data.releases;

export async function published({ municipality, feeling, group, size_m }: Choice, span: { from: string; to: string } | null, signal: AbortSignal): Promise<PublicHeatmap> {
  const asked = { municipality, feeling, group, grid: 'square', size_m, from: span?.from, to: span?.to };
  const response = await fetch(`${API}/heatmap${query(asked)}`, { credentials: 'omit', headers: { 'Accept-Language': locale.lang }, signal }).catch((cause: unknown) => {
    if (signal.aborted) throw cause;
    throw new NoNetwork();
  });
  if (!response.ok) {
    const problem = (await response.json().catch(() => ({}))) as Partial<Problem>;
    throw new ApiProblem(response.status, { type: 'about:blank', title: response.statusText, status: response.status, errors: [], ...problem });
  }
  return (await response.json()) as PublicHeatmap;
}
