/** The cells of the map as rows: the same numbers, sorted, each with the nearest place name. */
import type { ChangeColumns, ChangeMap, CountColumns, HotspotColumns, HotspotMap, Statistic } from '../api/types';
import { numbers } from '../i18n/format';
import { nearestPlace, roundMetres, type LonLat, type Place, type Spot } from '../map/geo';
import { mapWords, metresText, type Lang } from '../map/words';

export interface CellRow {
  cell: string;
  reports: number;
  persons: number;
  center: LonLat;
  /** Its class and how sure that is, on a map of hotspots. */
  hot: HotspotMap['features'][number]['properties'] | null;
  /** What has become of it, between two periods. */
  change: ChangeMap['features'][number]['properties'] | null;
}

/** The number of a cell. Lists of one kommun come in one order, so the next cell is nearly always the one that is asked for. */
function numberOf(map: CountColumns | null): (cell: string) => number {
  const { cell: cells, count } = map?.columns ?? { cell: [], count: [] };
  let next = 0;
  let index: Map<string, number> | undefined;
  return (cell) => {
    if (cells[next] === cell) return count[next++] ?? 0;
    index ??= new Map(cells.map((one, i) => [one, i]));
    const at = index.get(cell);
    if (at === undefined) return 0;
    next = at + 1;
    return count[at] ?? 0;
  };
}

const isHotspots = (map: HotspotColumns | ChangeColumns): map is HotspotColumns => 'class' in map.columns;

function hotOf({ columns: { cell, count, gi_star, p, q, class: of } }: HotspotColumns, i: number): CellRow['hot'] {
  return { cell: cell[i] ?? '', count: count[i] ?? 0, gi_star: gi_star[i] ?? null, p: p[i] ?? null, q: q[i] ?? null, class: of[i] ?? 0 };
}

function changeOf({ columns: { cell, before, after, ratio, low, high, p, q } }: ChangeColumns, i: number): CellRow['change'] {
  return { cell: cell[i] ?? '', before: before[i] ?? 0, after: after[i] ?? 0, ratio: ratio[i] ?? null, low: low[i] ?? null, high: high[i] ?? null, p: p[i] ?? null, q: q[i] ?? null };
}

/** How clear a row is, the most telling first: the class of a hotspot and its Gi*, or how unlikely a change is by chance. */
const clear = ({ hot, change }: CellRow): number => hot?.class ?? -(change ? (change.q ?? 2) : 0);
const clearer = ({ hot, change }: CellRow): number => (hot?.class ? (hot.gi_star ?? 0) : -(change ? (change.p ?? 2) : 0));

/**
 * Counts and reporters of the same cells, joined; most first, or the clearest hotspot or change, then by name so that the order is
 * always the same. Such a cell may hold no report of its own. Where there is too little for hotspots, the rows are as without.
 */
export function cellRows(counts: CountColumns | null, people: CountColumns | null, by: Statistic, found: HotspotColumns | ChangeColumns | null = null): CellRow[] {
  const [reports, persons] = [numberOf(counts), numberOf(people)];
  const of = found && !('message' in found && found.message) ? found : null;
  const { cell: cells, centre } = (of ?? counts)?.columns ?? { cell: [], centre: [] };
  const rows = cells.map((cell, i): CellRow => ({
    cell,
    reports: reports(cell),
    persons: persons(cell),
    center: centre[i] as LonLat,
    hot: of && isHotspots(of) ? hotOf(of, i) : null,
    change: of && !isHotspots(of) ? changeOf(of, i) : null,
  }));
  const value = (one: CellRow): number => (by === 'count' ? one.reports : one.persons);
  return rows.sort((a, b) => clear(b) - clear(a) || clearer(b) - clearer(a) || value(b) - value(a) || b.reports - a.reports || (a.cell < b.cell ? -1 : 1));
}

/** Where how many reports are, for finding where most are. */
export const spotsOf = (counts: CountColumns | null): Spot[] => (counts?.columns.centre ?? []).map((at, i) => ({ at: at as LonLat, weight: counts?.columns.count[i] ?? 0 }));

/** "850 m nordost om Växjö", or only the name when the cell lies on it. */
export function placeName(lang: Lang, center: LonLat, places: readonly Place[], otherwise: string): string {
  const near = nearestPlace(places, center);
  if (!near) return otherwise;
  if (near.metres < 150) return near.place.name;
  const w = mapWords(lang);
  return w.from(metresText(lang, roundMetres(near.metres)), w.compass[near.towards], near.place.name);
}

/** The places of several cells, told apart: where two would read the same, the distance is given to ten metres, or else the cell. */
export function placeNames(lang: Lang, cells: readonly { cell: string; center: LonLat }[], places: readonly Place[], otherwise: string): Map<string, string> {
  const plain = cells.map(({ center }) => placeName(lang, center, places, otherwise));
  const close = cells.map(({ center }) => {
    const near = nearestPlace(places, center);
    const w = mapWords(lang);
    return near ? w.from(`${numbers(lang).format(Math.round(near.metres / 10) * 10)} m`, w.compass[near.towards], near.place.name) : otherwise;
  });
  const many = (list: readonly string[]) => {
    const times = new Map<string, number>();
    for (const name of list) times.set(name, (times.get(name) ?? 0) + 1);
    return (name: string) => (times.get(name) ?? 0) > 1;
  };
  const twice = many(plain);
  const stillTwice = many(close);
  return new Map(
    cells.map(({ cell }, i) => {
      const [name = otherwise, nearer = otherwise] = [plain[i], close[i]];
      return [cell, !twice(name) ? name : stillTwice(nearer) ? `${nearer} (${cell})` : nearer];
    }),
  );
}

/** A field of a CSV file. A leading `=`, `+`, `-` or `@` would be run by a spreadsheet, so it is defused. */
function field(value: string | number, mark: string): string {
  if (typeof value === 'number') return String(value).replace('.', mark);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[";\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Semicolons, and the decimal mark of the language: a Swedish spreadsheet takes 14.53 for words, or for a date. */
export function csv(lang: Lang, rows: readonly (readonly (string | number)[])[]): Blob {
  const mark = lang === 'sv' ? ',' : '.';
  const text = rows.map((row) => row.map((value) => field(value, mark)).join(';')).join('\r\n');
  return new Blob(['\uFEFF', text, '\r\n'], { type: 'text/csv;charset=utf-8' });
}

/** A degree with five decimals, about a metre: as a number, so that a western longitude is not taken for a formula. */
export const degree = (value: number): number => Number(value.toFixed(5));

export function download(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
