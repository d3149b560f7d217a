/** What everybody may ask for. Sent without cookies: a planner who looks here sees what everybody sees. */
import { API, ApiProblem, NoNetwork, ask, query } from '../api/client';
import type { HeatmapQuery, Municipalities, MunicipalityDetailFeature, Open, Problem, PublicHeatmap, Release, Releases } from '../api/types';
import type { Feeling, Group } from '../i18n/codes';
import { locale } from '../i18n/locale.svelte';

/** Squares the releases are made of. */
export const SIZES = [250, 500, 1000] as const satisfies readonly HeatmapQuery['size_m'][];

export interface Choice {
  municipality: string;
  feeling: Feeling;
  group: Group | null;
  size_m: (typeof SIZES)[number];
  /** Which quarters (see `periods.ts`); none means the newest release. */
  span: string | null;
}

export const municipalities = async (): Promise<Municipalities> => (await ask<Municipalities>('/municipalities?active=true')).data;
export const municipality = async (code: string): Promise<MunicipalityDetailFeature> => (await ask<MunicipalityDetailFeature>(`/municipalities/${code}`)).data;

export const releases = async (code: string): Promise<Release[]> => (await ask<Releases>(`/municipalities/${code}/releases`)).data.releases;

export async function published({ municipality, feeling, group, size_m }: Choice, span: { from: string; to: string } | null, signal: AbortSignal): Promise<PublicHeatmap> {
  const asked = { municipality, feeling, group: group && [group], grid: 'square', size_m, from: span?.from ?? null, to: span?.to ?? null } satisfies Open<HeatmapQuery>;
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
