/** Rows of cells: the joined numbers, their order, their names, and a file that a spreadsheet cannot be harmed by. */
import { describe, expect, it } from 'vitest';
import type { HotspotMap, LiveHeatmap } from '../api/types';
import type { Place } from '../map/geo';
import { cellRows, csv, degree, placeName, placeNames } from './cells';

const square = (w: number): LiveHeatmap['features'][number]['geometry'] => ({ type: 'Polygon', coordinates: [[[w, 56], [w + 0.01, 56], [w + 0.01, 56.01], [w, 56.01], [w, 56]]] });
const heat = (counts: Record<string, number>): LiveHeatmap => ({
  type: 'FeatureCollection',
  grid: 'square',
  size_m: 250,
  method: 'lykta-count/1',
  statistic: 'count',
  version: 1,
  total: 0,
  suppressed: 0,
  features: Object.entries(counts).map(([cell, count], i) => ({ type: 'Feature', id: cell, geometry: square(14 + i / 100), properties: { cell, count } })),
});

describe('cell rows', () => {
  it('joins reports and persons, most first, ties by name', () => {
    const rows = cellRows(heat({ b: 3, a: 3, c: 9 }), heat({ a: 1, b: 2, c: 2 }), 'count');
    expect(rows.map(({ cell, reports, persons }) => [cell, reports, persons])).toEqual([['c', 9, 2], ['a', 3, 1], ['b', 3, 2]]);
    expect(cellRows(heat({ b: 3, a: 3, c: 9 }), heat({ a: 7, b: 2, c: 2 }), 'reporters').map((row) => row.cell)).toEqual(['a', 'c', 'b']);
  });

  it('puts the clearest hotspot first, also one without reports of its own', () => {
    const found = (classes: Record<string, [number, number]>, message?: HotspotMap['message']) =>
      ({ features: Object.entries(classes).map(([cell, [hot, z]]) => ({ ...heat({ [cell]: 0 }).features[0], properties: { cell, count: 0, gi_star: z, p: 0.01, q: 0.01, class: hot } })), ...(message ? { message } : {}) }) as unknown as HotspotMap;
    const map = { a: [0, 1], b: [2, 4], c: [2, 6], d: [3, 5], e: [-1, -3] } as Record<string, [number, number]>;
    const rows = cellRows(heat({ a: 9, b: 3, c: 1 }), heat({ a: 1, b: 3, c: 1 }), 'reporters', found(map));
    expect(rows.map(({ cell, reports, hot }) => [cell, reports, hot?.class])).toEqual([['d', 0, 3], ['c', 1, 2], ['b', 3, 2], ['a', 9, 0], ['e', 0, -1]]);
    const few = cellRows(heat({ a: 9, b: 3 }), heat({ a: 1, b: 2 }), 'count', found(map, { sv: 'För få data', en: 'Too little data' }));
    expect(few.map(({ cell, hot }) => [cell, hot])).toEqual([['a', null], ['b', null]]);
  });

  it('has no rows before the first answer', () => {
    expect(cellRows(null, null, 'count')).toEqual([]);
  });

  it('names a cell by the nearest place', () => {
    const vaxjo: Place = { name: 'Växjö', kind: 'locality', location: { type: 'Point', coordinates: [14.8, 56.88] } };
    expect(placeName('sv', [14.8, 56.888], [vaxjo], '–')).toBe('900 m norr om Växjö');
    expect(placeName('sv', [14.8, 56.8801], [vaxjo], '–')).toBe('Växjö');
    expect(placeName('sv', [14.8, 56.88], [], 'utan namn')).toBe('utan namn');
  });
});

describe('the CSV file', () => {
  it('quotes what must be quoted and defuses formulas', async () => {
    const text = await csv([['name', 'n'], ['=1+1', 3], ['a "b"; c', -4], ['väster', degree(-122.4194155)]]).text();
    expect(text).toBe('name;n\r\n\'=1+1;3\r\n"a ""b""; c";-4\r\nväster;-122.41942\r\n');
  });
});

describe('names of several cells', () => {
  const places: Place[] = [{ name: 'Växjö', kind: 'locality', location: { type: 'Point', coordinates: [14.8, 56.88] } }];
  it('are told apart where they would read the same', () => {
    const cells = [
      { cell: 'a', center: [14.8, 56.862] as [number, number] },
      { cell: 'b', center: [14.8, 56.8616] as [number, number] },
      { cell: 'c', center: [14.8, 56.85] as [number, number] },
    ];
    const names = [...placeNames('sv', cells, places, '').values()];
    expect(new Set(names).size).toBe(3);
    expect(names[2]).toBe('3,3 km söder om Växjö');
    expect([...placeNames('sv', cells.slice(0, 1).flatMap((cell) => [cell, { ...cell, cell: 'd' }]), places, '').values()][1]).toContain('(d)');
  });
});
