/**
 * Our own map style, by day and by night, for tiles in the OpenMapTiles schema; without tiles, plain ground. Letters are drawn
 * with the system's own font: no glyph server is asked (MapLibre does that when a style names no `glyphs`).
 */
import type { ExpressionSpecification, LayerSpecification, StyleSpecification } from 'maplibre-gl';
import type { Basemap } from './basemap';
import type { Palette } from './palette';

/** The first name gives only the weight; the family falls through to the system's. */
export const FONT = ['Lykta Regular', 'system-ui', 'sans-serif'];
export const FONT_BOLD = ['Lykta Bold', 'system-ui', 'sans-serif'];

/** How much of a way shows over the heat. */
const OVER = 0.6;
export const OSM = '© OpenStreetMap contributors';

const byZoom = (...stops: number[]): ExpressionSpecification => ['interpolate', ['exponential', 1.5], ['zoom'], ...stops] as ExpressionSpecification;
const name: ExpressionSpecification = ['coalesce', ['get', 'name:sv'], ['get', 'name'], ['get', 'name:latin']];

const tiles = (layer: string) => ({ source: 'ground', 'source-layer': layer }) as const;

/** Land, water and houses: below the heat. */
function ground(p: Palette): LayerSpecification[] {
  return [
    { id: 'landcover', type: 'fill', ...tiles('landcover'), filter: ['match', ['get', 'class'], ['wood', 'grass', 'wetland'], true, false], paint: { 'fill-color': p.green, 'fill-opacity': 0.7 } },
    { id: 'park', type: 'fill', ...tiles('park'), paint: { 'fill-color': p.green } },
    { id: 'landuse', type: 'fill', ...tiles('landuse'), filter: ['match', ['get', 'class'], ['cemetery', 'pitch', 'park', 'playground', 'garden'], true, false], paint: { 'fill-color': p.green } },
    { id: 'water', type: 'fill', ...tiles('water'), paint: { 'fill-color': p.water } },
    { id: 'waterway', type: 'line', ...tiles('waterway'), paint: { 'line-color': p.water, 'line-width': byZoom(9, 0.6, 16, 4) } },
    { id: 'building', type: 'fill', ...tiles('building'), minzoom: 13, paint: { 'fill-color': p.building, 'fill-opacity': ['interpolate', ['linear'], ['zoom'], 13, 0, 14.5, 1] } },
  ];
}

/** Streets and paths: above the heat, thin and half clear, so that a hot cell can still be found on the ground. */
function ways(p: Palette): LayerSpecification[] {
  const major: ExpressionSpecification = ['match', ['get', 'class'], ['motorway', 'trunk', 'primary', 'secondary'], true, false];
  const minor: ExpressionSpecification = ['match', ['get', 'class'], ['tertiary', 'minor', 'service', 'busway'], true, false];
  const path: ExpressionSpecification = ['match', ['get', 'class'], ['path', 'track', 'pedestrian'], true, false];
  const rail: ExpressionSpecification = ['match', ['get', 'class'], ['rail', 'transit'], true, false];
  return [
    { id: 'path', type: 'line', ...tiles('transportation'), minzoom: 13, filter: path, paint: { 'line-opacity': OVER, 'line-color': p.road, 'line-width': byZoom(13, 0.6, 18, 3), 'line-dasharray': [2, 1.5] } },
    { id: 'rail', type: 'line', ...tiles('transportation'), minzoom: 10, filter: rail, paint: { 'line-opacity': OVER, 'line-color': p.rail, 'line-width': byZoom(10, 0.5, 17, 2.5) } },
    { id: 'minor', type: 'line', ...tiles('transportation'), minzoom: 11, filter: minor, layout: { 'line-cap': 'round', 'line-join': 'round' }, paint: { 'line-opacity': OVER, 'line-color': p.roadMinor, 'line-width': byZoom(11, 0.5, 13, 1.2, 18, 14) } },
    { id: 'major', type: 'line', ...tiles('transportation'), filter: major, layout: { 'line-cap': 'round', 'line-join': 'round' }, paint: { 'line-opacity': OVER, 'line-color': p.road, 'line-width': byZoom(8, 0.8, 13, 2.6, 18, 18) } },
  ];
}

/** Letters: drawn above the heat, haloed, fewer than a road map would have. */
function labels(p: Palette): LayerSpecification[] {
  const halo = { 'text-halo-color': p.halo, 'text-halo-width': 1.4 } as const;
  return [
    { id: 'road-name', type: 'symbol', ...tiles('transportation_name'), minzoom: 14, filter: ['!', ['match', ['get', 'class'], ['rail', 'transit'], true, false]], layout: { 'symbol-placement': 'line', 'text-field': name, 'text-font': FONT, 'text-size': 12 }, paint: { 'text-color': p.label, ...halo } },
    { id: 'water-name', type: 'symbol', ...tiles('water_name'), layout: { 'text-field': name, 'text-font': FONT, 'text-size': 12, 'text-max-width': 8 }, paint: { 'text-color': p.waterLabel, ...halo } },
    {
      id: 'place-name', type: 'symbol', ...tiles('place'),
      filter: ['match', ['get', 'class'], ['city', 'town', 'village', 'suburb', 'quarter', 'neighbourhood', 'hamlet'], true, false],
      layout: { 'text-field': name, 'text-font': FONT_BOLD, 'text-max-width': 8, 'symbol-sort-key': ['get', 'rank'], 'text-size': ['match', ['get', 'class'], ['city', 'town'], 16, 'village', 14, 12.5] },
      paint: { 'text-color': p.label, ...halo },
    },
  ];
}

export interface Base {
  style: StyleSpecification;
  /** Where data belongs: everything from here on lies above it. */
  before: number;
}

/** The base style and the place in its layers where data belongs. */
export function baseStyle(map: Basemap, p: Palette): Base {
  if (map.kind === 'style') {
    const firstLabel = map.style.layers.findIndex((layer) => layer.type === 'symbol');
    return { style: map.style, before: firstLabel < 0 ? map.style.layers.length : firstLabel };
  }
  const style: StyleSpecification = { version: 8, sources: {}, layers: [{ id: 'land', type: 'background', paint: { 'background-color': p.land } }] };
  if (map.kind !== 'pmtiles') return { style, before: 1 };
  style.sources['ground'] = { type: 'vector', url: `pmtiles://${new URL(map.url, location.href).href}`, attribution: map.attribution };
  const below = ground(p);
  style.layers.push(...below, ...ways(p), ...labels(p));
  return { style, before: 1 + below.length };
}
