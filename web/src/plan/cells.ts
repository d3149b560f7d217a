/** The cells of the map as rows: the same numbers, sorted, each with the nearest place name. */
import type { Position } from 'geojson';
import type { ChangeMap, HotspotMap, LiveHeatmap, Statistic } from '../api/types';
import { cellCenter, nearestPlace, roundMetres, type LonLat, type Place } from '../map/geo';
import { mapWords, metresText, type Lang } from '../map/words';

export interface CellRow {
  cell: string;
  reports: number;
  persons: number;
  center: LonLat;
  ring: Position[];
  /** Its class and how sure that is, on a map of hotspots. */
  hot: HotspotMap['features'][number]['properties'] | null;
  /** What has become of it, between two periods. */
  change: ChangeMap['features'][number]['properties'] | null;
}

/**
 * Counts and reporters of the same cells, joined; most first, or the clearest hotspot or change, then by name so that the order is
 * always the same. Such a cell may hold no report of its own. Where there is too little for hotspots, the rows are as without.
 */
export function cellRows(counts: LiveHeatmap | null, people: LiveHeatmap | null, by: Statistic, found: HotspotMap | ChangeMap | null = null): CellRow[] {
  const numbers = (map: LiveHeatmap | null) => new Map(map?.features.map((f) => [f.properties.cell, f.properties.count ?? 0]));
  const [reports, persons] = [numbers(counts), numbers(people)];
  const row = ({ geometry, properties }: (LiveHeatmap | HotspotMap | ChangeMap)['features'][number]): CellRow => ({
    cell: properties.cell,
    reports: reports.get(properties.cell) ?? 0,
    persons: persons.get(properties.cell) ?? 0,
    center: cellCenter(geometry),
    ring: geometry.coordinates[0] ?? [],
    hot: 'class' in properties ? properties : null,
    change: 'before' in properties ? properties : null,
  });
  const rows = found && !('message' in found && found.message) ? found.features.map(row) : (counts?.features ?? []).map(row);
  const value = (one: CellRow): number => (by === 'count' ? one.reports : one.persons);
  const clear = ({ hot, change }: CellRow): [number, number] => (hot?.class ? [hot.class, hot.gi_star ?? 0] : change ? [-(change.q ?? 2), -(change.p ?? 2)] : [0, 0]);
  const clearer = ([a, x]: [number, number], [b, y]: [number, number]): number => b - a || y - x;
  return rows.sort((a, b) => clearer(clear(a), clear(b)) || value(b) - value(a) || b.reports - a.reports || (a.cell < b.cell ? -1 : 1));
}

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
    return near ? w.from(`${new Intl.NumberFormat(lang).format(Math.round(near.metres / 10) * 10)} m`, w.compass[near.towards], near.place.name) : otherwise;
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
function field(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[";\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Semicolons, as in the server's own file: a Swedish spreadsheet reads a comma as a decimal mark. */
export function csv(rows: readonly (readonly (string | number)[])[]): Blob {
  const text = rows.map((row) => row.map(field).join(';')).join('\r\n');
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
