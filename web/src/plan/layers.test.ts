/** Densities and changes in words: no more digits than they deserve, and no direction that chance would give. */
import { describe, expect, it } from 'vitest';
import type { BandMap, ChangeColumns } from '../api/types';
import { bandSteps, changeCounted, changeFigures, densityDoubt, densityMethod, direction, type Changed } from './layers';

const bands = (levels: number[], total = 100): BandMap => ({
  type: 'FeatureCollection', features: [], levels, total, version: 1, suppressed: 0, cells: 9, grid: 'square', size_m: 62.5, bandwidth_m: 200,
  kernel: 'quartic', edge_correction: false, method: 'lykta-kde/1', bands_method: 'lykta-isobands/1', statistic: 'density', of: 'reporters',
});
const changed = (more: Partial<Changed>): Changed => ({ cell: 'a', before: 4, after: 12, ratio: 3, low: 1.234, high: 9.6, p: 0.01, q: 0.0312, ...more });

describe('a density', () => {
  it('lists its bands from the least, the last one open', () => {
    expect(bandSteps(bands([14.29, 28.57, 1428.6])).map(({ heat, text }) => [heat, text.replace(/\s/g, ' ')])).toEqual([[1, '14–29'], [2, '29–1 400'], [3, '1 400+']]);
  });

  it('states kernel, bandwidth and squares', () => expect(densityMethod(bands([1]))).toMatch(/quartic, bandbredd 200 m, på rutor om 62,5 m, räknat på personer/));

  it('says when its shape is not to be trusted', () => {
    expect(densityDoubt(bands([], 0))).toMatch(/Ingenting/);
    expect(densityDoubt(bands([1], 29))).toMatch(/29/);
    expect(densityDoubt(bands([1], 30))).toBeNull();
  });
});

describe('a change', () => {
  it('has a direction only where chance would seldom give it', () => {
    expect(direction(changed({}))).toBe('more');
    expect(direction(changed({ ratio: 0.4, q: 0.05 }))).toBe('fewer');
    expect(direction(changed({ q: 0.051 }))).toBe('same');
    expect(direction(changed({ q: null }))).toBe('same');
    expect(direction(changed({ before: 0, ratio: null }))).toBe('more');
  });

  it('tells which days are counted where that is not all, and why where there are none', () => {
    const span = (from: string, to: string) => ({ from, to });
    const change = (counted: object | null, message?: object) => ({ counted, counted_before: span('2024-12-31T23:00:00Z', '2025-12-31T23:00:00Z'), message }) as ChangeColumns;
    const [before, asked] = [span('2025-01-01', '2025-12-31'), span('2026-01-01', '2026-12-31')];
    expect(changeCounted(change(span('2025-12-31T23:00:00Z', '2026-12-31T23:00:00Z')), before, asked)).toBeNull();
    expect(changeCounted(change(span('2025-12-31T23:00:00Z', '2026-09-30T22:00:00Z')), before, asked)).toMatch(/^Räknat: 1 januari 2025 – 31 december 2025 mot 1 januari 2026 – 30 september 2026\./);
    expect(changeCounted(change(null, { sv: 'Inget att jämföra med.', en: '' }), before, asked)).toBe('Inget att jämföra med.');
  });

  it('gives the ratio with its limits and q', () => {
    expect(changeFigures(changed({}))).toBe('3 gånger så många per dag (95 %: 1,2–9,6) · q\u00A0=\u00A00,031');
    expect(changeFigures(changed({ q: 1.8e-29 }))).toMatch(/ · q\u00A0<\u00A00,0001$/);
    expect(changeFigures(changed({ ratio: null, high: null, q: null }))).toBe('inga före att jämföra med');
  });
});
