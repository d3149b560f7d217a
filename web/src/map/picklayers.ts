/** What the cross-hair map draws besides outlines and focus areas: names that keep clear of the cross-hair, and the thread. */
import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl';
import type { Palette } from './palette';
import { FONT, FONT_BOLD } from './style';

const kommun: ExpressionSpecification = ['==', ['get', 'kommun'], true];

/** Beside the dot when there is room, clear of the cross-hair when the dot lies under it. */
const BESIDE = ['top', [0, 0.5], 'bottom', [0, -0.5], 'top', [0, 2.8], 'bottom', [0, -2.8]] as (string | [number, number])[];

export function pickLayers(p: Palette, plain: boolean): LayerSpecification[] {
  const halo = { 'text-color': p.label, 'text-halo-color': p.halo, 'text-halo-width': 1.8 };
  const names: LayerSpecification[] = [
    { id: 'thread', type: 'line', source: 'thread', minzoom: 9, paint: { 'line-color': p.lineStrong, 'line-width': 1.4, 'line-dasharray': [2, 3] } },
    {
      id: 'thread-name', type: 'symbol', source: 'thread', minzoom: 9,
      layout: { 'symbol-placement': 'line', 'symbol-spacing': 320, 'text-field': ['get', 'text'], 'text-font': FONT, 'text-size': 13, 'text-offset': [0, -0.9], 'text-max-angle': 30 },
      paint: halo,
    },
    { id: 'name-dots', type: 'circle', source: 'names', minzoom: 7.2, filter: ['!', kommun], paint: { 'circle-radius': 3, 'circle-color': p.label, 'circle-stroke-color': p.halo, 'circle-stroke-width': 1.5 } },
    {
      id: 'names', type: 'symbol', source: 'names', minzoom: 7.2, filter: ['!', kommun],
      layout: { 'text-field': ['get', 'name'], 'text-font': FONT, 'text-size': ['case', ['==', ['get', 'rank'], 1], 16, 14], 'symbol-sort-key': ['get', 'rank'], 'text-max-width': 8, 'text-padding': 4, 'text-variable-anchor-offset': BESIDE as never },
      paint: halo,
    },
    {
      id: 'kommun-names', type: 'symbol', source: 'names', maxzoom: 9, filter: kommun,
      layout: { 'text-field': ['get', 'name'], 'text-font': FONT_BOLD, 'text-size': 14, 'text-max-width': 7, 'text-padding': 4, 'text-variable-anchor-offset': BESIDE as never },
      paint: halo,
    },
  ];
  // Placed before everything below it: an unseen letter in the middle, with room round it, that no name may cover.
  const mark: LayerSpecification = {
    id: 'mark', type: 'symbol', source: 'mark',
    layout: { 'text-field': '+', 'text-font': FONT, 'text-size': 12, 'text-padding': 24, 'text-allow-overlap': true },
    paint: { 'text-opacity': 0 },
  };
  return [...(plain ? names : []), mark];
}
