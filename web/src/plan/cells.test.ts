/** Rows of cells: the joined numbers, their order, their names, and a file that a spreadsheet cannot be harmed by. */
import { describe, expect, it } from 'vitest';
import type { ChangeColumns, CountColumns, HotspotColumns } from '../api/types';
import type { Place } from '../map/geo';
import { cellRows, csv, degree, placeName, placeNames, spotsOf } from './cells';

const heat = (counts: Record<string, number>): CountColumns => ({
  grid: 'square',
  size_m: 250,
  method: 'lykta-count/1',
  statistic: 'count',
  version: 1,
  total: 0,
  suppressed: 0,
  columns: { cell: Object.keys(counts), centre: Object.keys(counts).map((_, i) => [14 + i / 100, 56]), count: Object.values(counts) },
});

describe('cell rows', () => {
  it('joins reports and persons, most first, ties by name', () => {
    const rows = cellRows(heat({ b: 3, a: 3, c: 9 }), heat({ a: 1, b: 2, c: 2 }), 'count');
    expect(rows.map(({ cell, reports, persons }) => [cell, reports, persons])).toEqual([['c', 9, 2], ['a', 3, 1], ['b', 3, 2]]);
    expect(cellRows(heat({ b: 3, a: 3, c: 9 }), heat({ a: 7, b: 2, c: 2 }), 'reporters').map((row) => row.cell)).toEqual(['a', 'c', 'b']);
  });

  it('puts the clearest hotspot first, also one without reports of its own', () => {
    const found = (classes: Record<string, [number, number]>, message?: HotspotColumns['message']) => {
      const all = Object.values(classes);
      const { columns } = heat(Object.fromEntries(Object.keys(classes).map((cell) => [cell, 0])));
      const own = { gi_star: all.map(([, z]) => z), p: all.map(() => 0.01), q: all.map(() => 0.01), class: all.map(([hot]) => hot) };
      return { columns: { ...columns, ...own }, ...(message ? { message } : {}) } as HotspotColumns;
    };
    const map = { a: [0, 1], b: [2, 4], c: [2, 6], d: [3, 5], e: [-1, -3] } as Record<string, [number, number]>;
    const rows = cellRows(heat({ a: 9, b: 3, c: 1 }), heat({ a: 1, b: 3, c: 1 }), 'reporters', found(map));
    expect(rows.map(({ cell, reports, hot }) => [cell, reports, hot?.class])).toEqual([['d', 0, 3], ['c', 1, 2], ['b', 3, 2], ['a', 9, 0], ['e', 0, -1]]);
    const few = cellRows(heat({ a: 9, b: 3 }), heat({ a: 1, b: 2 }), 'count', found(map, { sv: 'För få data', en: 'Too little data' }));
    expect(few.map(({ cell, hot }) => [cell, hot])).toEqual([['a', null], ['b', null]]);
  });

  it('puts the change that chance would least give first, and one that cannot be tested last', () => {
    const { columns } = heat({ a: 9, b: 1, c: 3 });
    const found = { columns: { ...columns, before: [4, 0, 3], after: [5, 1, 0], ratio: [1.25, null, 0], low: [1, null, 0], high: [2, null, 1], p: [0.8, null, 0.1], q: [0.9, null, 0.3] } } as unknown as ChangeColumns;
    const rows = cellRows(heat({ a: 9, b: 1 }), heat({ a: 2, b: 1 }), 'count', found);
    expect(rows.map(({ cell, reports, change }) => [cell, reports, change?.before, change?.ratio])).toEqual([['c', 0, 3, 0], ['a', 9, 4, 1.25], ['b', 1, 0, null]]);
  });

  it('keeps where each cell is, in whatever order', () => {
    const counts = heat({ b: 3, a: 3, c: 9 });
    expect(cellRows(counts, null, 'count').map(({ cell, center }) => [cell, center[0]])).toEqual([['c', 14.02], ['a', 14.01], ['b', 14]]);
    expect(spotsOf(counts)).toEqual([{ at: [14, 56], weight: 3 }, { at: [14.01, 56], weight: 3 }, { at: [14.02, 56], weight: 9 }]);
    expect(spotsOf(null)).toEqual([]);
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
    const rows = [['name', 'n'], ['=1+1', 3], ['a "b"; c', -4], ['väster', degree(-122.4194155)]];
    expect(await csv('sv', rows).text()).toBe('name;n\r\n\'=1+1;3\r\n"a ""b""; c";-4\r\nväster;-122,41942\r\n');
    expect(await csv('en', rows).text()).toContain('väster;-122.41942\r\n');
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
