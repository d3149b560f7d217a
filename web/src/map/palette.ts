/**
 * The map's colours, read from the house palette (CSS custom properties) so that map and page always agree, by day and by night.
 * What the ground needs beyond it stands in `map.css`; it stays quieter than anything that is data.
 */
import './map.css';

export interface Palette {
  dark: boolean;
  ink: string;
  inkSoft: string;
  line: string;
  lineStrong: string;
  surface: string;
  action: string;
  lantern: string;
  /** Six steps, least first. */
  heat: [string, string, string, string, string, string];
  /** More than by chance and less: three classes each, the weakest first. */
  hot: [string, string, string];
  cold: [string, string, string];
  /** Written on the two clearer classes; ink on the weakest. */
  onHot: string;
  land: string;
  outside: string;
  green: string;
  water: string;
  road: string;
  roadMinor: string;
  rail: string;
  building: string;
  label: string;
  waterLabel: string;
  halo: string;
}

export function readPalette(element: Element = document.documentElement): Palette {
  const style = getComputedStyle(element);
  const read = (name: string): string => style.getPropertyValue(`--${name}`).trim() || '#888888';
  return {
    dark: read('map-dark') === '1',
    ink: read('ink'),
    inkSoft: read('ink-soft'),
    line: read('line'),
    lineStrong: read('line-strong'),
    surface: read('surface'),
    action: read('action'),
    lantern: read('lantern'),
    heat: [read('heat-1'), read('heat-2'), read('heat-3'), read('heat-4'), read('heat-5'), read('heat-6')],
    hot: [read('hot-90'), read('hot-95'), read('hot-99')],
    cold: [read('cold-90'), read('cold-95'), read('cold-99')],
    onHot: read('on-hot'),
    land: read('map-land'),
    outside: read('map-outside'),
    green: read('map-park'),
    water: read('map-water'),
    road: read('map-road'),
    roadMinor: read('map-road-minor'),
    rail: read('map-rail'),
    building: read('map-building'),
    label: read('map-label'),
    waterLabel: read('map-water-label'),
    halo: read('map-halo'),
  };
}

/** Calls back when day turns to night or back. Returns how to stop. */
export function onThemeChange(callback: () => void): () => void {
  const media = matchMedia('(prefers-color-scheme: dark)');
  media.addEventListener('change', callback);
  return () => media.removeEventListener('change', callback);
}
