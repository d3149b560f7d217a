/** Hotspots in words and figures: what a cell is, how the map was made, and what is said where nothing is found. */
import type { HotspotColumns } from '../api/types';
import * as format from '../i18n/format';
import { locale } from '../i18n/locale.svelte';
import type { CellRow } from './cells';
import { inLanguage } from './labels';
import { words } from './words';

export type HotCell = NonNullable<CellRow['hot']>;

export const hotClass = (cell: HotCell): string => words.t.hot.classes[cell.class] ?? '';

/** From here on, a cell with its neighbours has more than 95 of 100 would by chance, if they were normal (two-sided). */
const MANY = 1.96;

/** What surprises in a class: many that are no hotspot, or a hotspot without any. */
export function hotWhy(cell: HotCell, reports: number): string | null {
  if (cell.class === 0 && (cell.gi_star ?? 0) > MANY) return words.t.hot.alone;
  return cell.class > 0 && reports === 0 ? words.t.hot.around : null;
}

/** "z = 5,2 · p = 0,00002 · q = 0,0031"; empty where all cells are alike, and there is none. */
export function hotFigures({ gi_star, p, q }: HotCell): string {
  const figures = { z: gi_star, p, q };
  const two = format.numbers(locale.lang, { maximumSignificantDigits: 2 });
  return Object.entries(figures).flatMap(([name, value]) => (value === null ? [] : [`${name}\u00A0=\u00A0${two.format(value)}`])).join(' · ');
}

export const hotMethod = ({ permutations, seed, cells, of }: HotspotColumns): string => words.t.hot.method(format.number(permutations), String(seed), format.number(cells), words.t.hot.of[of]);

/** Why no cell has a class: what is the matter, and what to do. None where some cell has. */
export function hotNothing(map: HotspotColumns): { what: string; next: string } | null {
  if (map.message) return { what: inLanguage(map.message), next: '' };
  const { none: what, none_do: next } = words.t.hot;
  return map.columns.class.some((one) => one !== 0) ? null : { what, next };
}
