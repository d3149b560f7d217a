/** Hotspots in words: every class says what it is and how sure, and a map without classes says why. */
import { afterEach, describe, expect, it } from 'vitest';
import type { HotspotColumns } from '../api/types';
import { locale } from '../i18n/locale.svelte';
import { hotMark } from '../map/layers';
import { hotClass, hotFigures, hotMethod, hotNothing, hotWhy, type HotCell } from './hot';

const cell = (one: Partial<HotCell>): HotCell => ({ cell: 'a', count: 4, gi_star: 5.23, p: 0.00002, q: 0.00312, class: 3, ...one });
const map = (classes: number[], more: Partial<HotspotColumns> = {}): HotspotColumns => ({
  grid: 'square',
  size_m: 250,
  method: 'lykta-gi-star/2',
  statistic: 'gi_star',
  of: 'reporters',
  version: 1,
  total: 40,
  suppressed: 0,
  cells: 6848,
  mean: 0.3,
  sd: 1.2,
  rings: 1,
  permutations: 99_999,
  seed: 1,
  columns: { cell: classes.map(String), centre: classes.map(() => [14, 56]), count: classes, gi_star: classes, p: classes, q: classes, class: classes },
  ...more,
});
const plain = (text: string) => text.replaceAll('\u00A0', ' ');

afterEach(() => {
  locale.lang = 'sv';
});

describe('hotspots in words', () => {
  it('say what a class is and how sure', () => {
    expect([3, 2, 1, 0, -1, -2, -3].map((one) => hotClass(cell({ class: one })))).toEqual([
      'Mycket tydlig hotspot, q ≤ 0,01',
      'Tydlig hotspot, q ≤ 0,05',
      'Svag hotspot, q ≤ 0,10',
      'Kan inte skiljas från slumpen',
      'Svagt färre än slumpen ger, q ≤ 0,10',
      'Tydligt färre än slumpen ger, q ≤ 0,05',
      'Mycket tydligt färre än slumpen ger, q ≤ 0,01',
    ]);
    locale.lang = 'en';
    expect(hotClass(cell({ class: 2 }))).toBe('Clear hotspot, q ≤ 0.05');
  });

  it('give the figures, and leave out those that are not defined', () => {
    expect(plain(hotFigures(cell({})))).toBe('z = 5,2 · p = 0,00002 · q = 0,0031');
    expect(hotFigures(cell({ gi_star: null, p: null, q: null }))).toBe('');
  });

  it('tell how the map was made', () => {
    expect(plain(hotMethod(map([])))).toBe('Gi*, 99 999 permutationer, frö 1, 6 848 rutor, räknat på personer.');
  });

  it('tell why there are none, and what to do', () => {
    expect(hotNothing(map([0, 1]))).toBeNull();
    expect(hotNothing(map([0, -1]))).toBeNull();
    expect(hotNothing(map([0, 0]))).toMatchObject({ what: 'Testet kan inte skilja någon ruta från slumpen.', next: expect.stringContaining('Prova större rutor') });
    expect(hotNothing(map([0], { message: { sv: 'För få data.', en: 'Too little data.' } }))).toEqual({ what: 'För få data.', next: '' });
  });

  it('explain what surprises: a lone peak, and a hotspot without reports', () => {
    const why = (of: number, gi_star: number | null, reports: number) => hotWhy(cell({ class: of, gi_star }), reports);
    expect(why(0, 29, 176)).toMatch(/ensam topp/);
    expect(why(2, 4, 0)).toMatch(/grannrutorna/);
    expect([why(0, 1.9, 5), why(0, null, 0), why(2, 4, 3), why(-2, -4, 0)]).toEqual([null, null, null, null]);
  });

  it('have a sign for each class', () => {
    expect([3, 1, 0, -2].map(hotMark)).toEqual(['+++', '+', '', '−−']);
  });
});
