/** What the layer that is looked at needs beside the counts, and the questions that its map is drawn from. */
import { ApiProblem } from '../api/client';
import type { BandMap, ChangeColumns, HotspotColumns, Statistic } from '../api/types';
import { faults } from '../ui/problem';
import type { GridId, Layer, View } from './address';
import * as api from './api';
import type { Days } from './periods';

/** What only one layer shows. */
export interface Layered {
  hotspots: HotspotColumns | null;
  bands: BandMap | null;
  change: ChangeColumns | null;
}
export const NOTHING: Layered = { hotspots: null, bands: null, change: null };

/** What the map draws of the numbers on the screen, and the questions that they answer; another one is drawn anew. */
export interface Drawing {
  layer: Layer;
  grid: GridId;
  statistic: Statistic;
  /** Of the cells that are drawn, or may be chosen under bands; none where there are none. */
  cells: string | null;
  /** Of the reports, where each can be shown by itself. */
  reports: string | null;
  /** Of what is shown, as it is taken home. */
  shown: string | null;
}

interface Loaded {
  shown: Partial<Layered>;
  drawing: Drawing;
  /** Why the layer cannot be shown. */
  fault: string | null;
  /** It failed and was not refused. */
  again: boolean;
}

/** Asks for what a view's layer shows. That it cannot be had is said in its place and takes nothing else away; a session that is over is thrown. */
export async function loadLayer({ municipality, filters, grid, layer, statistic, bandwidth }: View, before: Days | null, signal: AbortSignal): Promise<Loaded> {
  const code = municipality ?? '';
  const loaded = (shown: Partial<Layered>, question: string | null, cells = question): Loaded => ({ shown, drawing: { layer, grid, statistic, cells, reports: layer === 'count' ? api.reportQuestion(code, filters) : null, shown: question }, fault: null, again: false });
  const counted = (of: Statistic) => api.countQuestion(code, filters, grid, of);
  try {
    if (layer === 'hotspots') {
      const question = api.hotspotQuestion(code, filters, grid, statistic);
      return loaded({ hotspots: await api.columns<HotspotColumns>(question, signal) }, question);
    }
    if (layer === 'density') {
      const { bands, question } = await api.density(code, filters, bandwidth, statistic, signal);
      return loaded({ bands }, question, counted('count'));
    }
    if (layer === 'count') return loaded({}, counted(statistic));
    if (!before) return loaded({}, null);
    const question = api.changeQuestion(code, filters, grid, statistic, before);
    return loaded({ change: await api.columns<ChangeColumns>(question, signal) }, question);
  } catch (failure) {
    if (signal.aborted || (failure instanceof ApiProblem && [401, 403, 404].includes(failure.status))) throw failure;
    const refused = failure instanceof ApiProblem && failure.status < 500 && failure.status !== 429;
    return { ...loaded({}, null), fault: faults(failure).map(({ message }) => message).join(' '), again: !refused };
  }
}

/** Lets the browser draw and listen in between, where it knows how. */
export const breath = (): Promise<void> | undefined => (globalThis as { scheduler?: { yield?: () => Promise<void> } }).scheduler?.yield?.();
