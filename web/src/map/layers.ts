/** Our own layers: the kommun's outline, place names, focus areas, cells of the heatmap, one's own position. */
import type { ExpressionSpecification, LayerSpecification, LineLayerSpecification } from 'maplibre-gl';
import { HATCH } from './hatch';
import type { Palette } from './palette';
import { FONT, FONT_BOLD } from './style';

/** What lies outside the kommun steps back. */
export function outsideLayers(p: Palette): LayerSpecification[] {
  return [{ id: 'outside', type: 'fill', source: 'outside', paint: { 'fill-color': p.outside, 'fill-opacity': 0.75, 'fill-antialias': false } }];
}

export function outlineLayers(p: Palette): LayerSpecification[] {
  return [{ id: 'outline', type: 'line', source: 'outline', layout: { 'line-join': 'round' }, paint: { 'line-color': p.lineStrong, 'line-width': ['interpolate', ['linear'], ['zoom'], 6, 0.8, 12, 1.6], 'line-opacity': 0.8 } }];
}

/** Names on plain ground; a base map brings its own. */
export function nameLayers(p: Palette): LayerSpecification[] {
  return [
    {
      id: 'names', type: 'symbol', source: 'names',
      layout: { 'text-field': ['get', 'name'], 'text-font': FONT, 'text-size': ['interpolate', ['linear'], ['zoom'], 8, 11, 13, 14], 'text-max-width': 8, 'text-padding': 6, 'text-optional': true },
      paint: { 'text-color': p.label, 'text-halo-color': p.halo, 'text-halo-width': 1.6 },
    },
  ];
}

export function areaLayers(p: Palette, chosen: readonly string[]): LayerSpecification[] {
  const on: ExpressionSpecification = ['in', ['get', 'area'], ['literal', [...chosen]]];
  return [
    { id: 'areas-hit', type: 'fill', source: 'areas', paint: { 'fill-color': p.ink, 'fill-opacity': 0 } },
    { id: 'areas-halo', type: 'line', source: 'areas', layout: { 'line-join': 'round' }, paint: { 'line-color': p.halo, 'line-width': ['case', on, 6, 4.5], 'line-opacity': 0.75 } },
    { id: 'areas', type: 'line', source: 'areas', layout: { 'line-join': 'round' }, paint: { 'line-color': p.ink, 'line-width': ['case', on, 3, 1.8], 'line-dasharray': [2, 2] } },
    {
      id: 'areas-name', type: 'symbol', source: 'areas', minzoom: 11,
      layout: { 'text-field': ['get', 'title'], 'text-font': FONT_BOLD, 'text-size': 13, 'symbol-placement': 'line', 'symbol-spacing': 1200, 'text-max-angle': 30, 'text-offset': [0, -0.8] },
      paint: { 'text-color': p.ink, 'text-halo-color': p.halo, 'text-halo-width': 1.8 },
    },
  ];
}

/** Where cells are drawn from: data that was given, or a layer of tiles. */
export interface CellSource {
  source: string;
  'source-layer'?: string;
}

/**
 * The heat, by the number that stands in `by`. `breaks` are the lower bounds of the six steps; fewer are drawn when the data holds
 * fewer. On plain ground the colour on the map is exactly the colour in the legend; over a base map, land and water show through.
 */
export function cellLayers(p: Palette, of: CellSource, breaks: readonly number[], chosen: string | null, plain: boolean, by = 'count'): LayerSpecification[] {
  const steps = breaks.slice(1).flatMap((from, i) => [from, p.heat[Math.min(i + 1, 5)] ?? p.heat[5]]);
  const color = steps.length > 0 ? (['step', ['get', by], p.heat[0], ...steps] as ExpressionSpecification) : p.heat[0];
  const counted: ExpressionSpecification = ['>', ['coalesce', ['get', by], 0], 0];
  return [
    { id: 'cells', type: 'fill', ...of, filter: counted, paint: { 'fill-color': color, 'fill-opacity': plain ? 1 : 0.78, 'fill-antialias': false } },
    ...edgeLayers(p, of),
    ...chosenLayers(p, of, chosen),
  ];
}

/** What a release holds back. */
export function hiddenLayers(of: CellSource): LayerSpecification[] {
  return [{ id: 'cells-hidden', type: 'fill', ...of, filter: ['==', ['get', 'suppressed'], true], paint: { 'fill-pattern': HATCH, 'fill-opacity': 0.8 } }];
}

function edgeLayers(p: Palette, of: CellSource): LayerSpecification[] {
  return [{ id: 'cells-edge', type: 'line', ...of, paint: edge(p, 0.55) }];
}

/** From afar a rim would hide the colour that it is round. */
const edge = (p: Palette, opacity: number): NonNullable<LineLayerSpecification['paint']> => ({ 'line-color': p.lineStrong, 'line-width': ['interpolate', ['linear'], ['zoom'], 9, 0.3, 13, 0.8], 'line-opacity': ['interpolate', ['linear'], ['zoom'], 7, 0, 9, opacity] });

/** The chosen cell, with a rim that stands out from any colour. */
export function chosenLayers(p: Palette, of: CellSource, chosen: string | null): LayerSpecification[] {
  const filter: ExpressionSpecification = ['==', ['get', 'cell'], chosen ?? ''];
  return [
    { id: 'cell-chosen-halo', type: 'line', ...of, filter, layout: { 'line-join': 'round' }, paint: { 'line-color': p.halo, 'line-width': 7 } },
    { id: 'cell-chosen', type: 'line', ...of, filter, layout: { 'line-join': 'round' }, paint: { 'line-color': p.ink, 'line-width': 3.5 } },
  ];
}

/** Cells that may be chosen though they are not filled: in the other of two periods, or under bands. */
export const hitLayers = (p: Palette, of: CellSource): LayerSpecification[] => [{ id: 'cells-hit', type: 'fill', ...of, paint: { 'fill-color': p.ink, 'fill-opacity': 0 } }];

/** A surface in bands, numbered from 1 by `heat`; a line between two of them, so that no shade has to be told apart. */
export function bandLayers(p: Palette, plain: boolean): LayerSpecification[] {
  const color = ['match', ['get', 'heat'], ...p.heat.flatMap((shade, i) => [i + 1, shade]), p.heat[5]] as unknown as ExpressionSpecification;
  return [
    { id: 'bands', type: 'fill', source: 'bands', paint: { 'fill-color': color, 'fill-opacity': plain ? 1 : 0.74, 'fill-antialias': false } },
    { id: 'bands-edge', type: 'line', source: 'bands', paint: { 'line-color': p.lineStrong, 'line-width': 0.7, 'line-opacity': 0.7 } },
  ];
}

/** The sign of a class, so that no colour has to be told apart: as many strokes as it is clear. */
export const hotMark = (hotClass: number): string => (hotClass < 0 ? '−' : '+').repeat(Math.abs(hotClass));

/** Hotspots and their opposite; what cannot be told from chance is faint. */
export function hotLayers(p: Palette, of: CellSource, chosen: string | null, plain: boolean): LayerSpecification[] {
  const sign: ExpressionSpecification = ['get', 'class'];
  const none: ExpressionSpecification = ['==', sign, 0];
  const some: ExpressionSpecification = ['!=', sign, 0];
  const color: ExpressionSpecification = ['match', sign, 3, p.hot[2], 2, p.hot[1], 1, p.hot[0], -1, p.cold[0], -2, p.cold[1], -3, p.cold[2], p.inkSoft];
  return [
    { id: 'cells-none', type: 'fill', ...of, filter: none, paint: { 'fill-color': p.inkSoft, 'fill-opacity': 0.16, 'fill-antialias': false } },
    { id: 'cells', type: 'fill', ...of, filter: some, paint: { 'fill-color': color, 'fill-opacity': plain ? 1 : 0.8, 'fill-antialias': false } },
    { id: 'cells-none-edge', type: 'line', ...of, filter: none, paint: edge(p, 0.3) },
    { id: 'cells-edge', type: 'line', ...of, filter: some, paint: edge(p, 0.55) },
    ...chosenLayers(p, of, chosen),
  ];
}

/** The signs of classes, each at the middle of its cell: a cell may lie on several tiles. From the zoom `roomy` on they have room. */
export function markLayers(p: Palette, roomy: number): LayerSpecification[] {
  const of: ExpressionSpecification = ['get', 'class'];
  const mark = ['match', of, ...[3, 2, 1, -1, -2, -3].flatMap((one) => [one, hotMark(one)]), ''] as unknown as ExpressionSpecification;
  return [
    {
      id: 'marks', type: 'symbol', source: 'marks', minzoom: roomy,
      layout: { 'text-field': mark, 'text-font': FONT_BOLD, 'text-size': ['interpolate', ['exponential', 2], ['zoom'], roomy, 10, roomy + 1, 20], 'text-allow-overlap': true, 'text-ignore-placement': true },
      paint: { 'text-color': ['match', of, [1, -1], p.ink, p.onHot] },
    },
  ];
}

/** The zoom from which single reports are told apart. */
export const NEAR = 15;

/** Each report at its place: a full dot where it was unsafe, a ring where it was safe. Where a tile holds too many, sums, larger. */
export function reportLayers(p: Palette, of: CellSource): LayerSpecification[] {
  const safe: ExpressionSpecification = ['==', ['get', 'feeling'], 'safe'];
  return [
    {
      id: 'reports', type: 'circle', ...of, minzoom: NEAR,
      paint: { 'circle-radius': ['case', ['has', 'cluster'], 9, 5], 'circle-color': ['case', safe, p.surface, p.ink], 'circle-stroke-color': ['case', safe, p.ink, p.surface], 'circle-stroke-width': ['case', safe, 2.5, 1.5] },
    },
  ];
}

/** The report that is open, at its true point. */
export function pointLayers(p: Palette, open: string | null): LayerSpecification[] {
  const on: ExpressionSpecification = ['==', ['get', 'id'], open ?? ''];
  return [
    {
      id: 'points', type: 'circle', source: 'points',
      paint: { 'circle-radius': ['case', on, 8, 5], 'circle-color': ['case', on, p.lantern, p.surface], 'circle-stroke-color': p.ink, 'circle-stroke-width': ['case', on, 3, 1.6] },
    },
  ];
}

export function positionLayers(p: Palette): LayerSpecification[] {
  const isRing: ExpressionSpecification = ['==', ['geometry-type'], 'Polygon'];
  return [
    { id: 'position-ring', type: 'fill', source: 'position', filter: isRing, paint: { 'fill-color': p.action, 'fill-opacity': 0.14, 'fill-outline-color': p.action } },
    { id: 'position', type: 'circle', source: 'position', filter: ['!', isRing], paint: { 'circle-radius': 6, 'circle-color': p.action, 'circle-stroke-color': p.surface, 'circle-stroke-width': 2 } },
  ];
}
