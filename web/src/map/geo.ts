/** Small geometry for the map: extents, distances, what lies under a point. Longitude first, WGS 84 degrees. */
import type { Feature, FeatureCollection, Geometry, Point, Position } from 'geojson';

export type LonLat = [number, number];
/** West, south, east, north. */
export type Bounds = [number, number, number, number];

export interface Place {
  name: string;
  kind: string;
  location: Point;
}

const EARTH_RADIUS_M = 6_371_008.8;
const rad = (degrees: number): number => (degrees * Math.PI) / 180;

/** Great-circle distance in metres: good to half a per cent, enough for "80 m north of …". */
export function distance(a: LonLat, b: LonLat): number {
  const dLat = rad(b[1] - a[1]);
  const dLon = rad(b[0] - a[0]);
  const h = Math.sin(dLat / 2) ** 2 + Math.cos(rad(a[1])) * Math.cos(rad(b[1])) * Math.sin(dLon / 2) ** 2;
  return 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** The point `east` and `north` metres from `from`. */
export function moved(from: LonLat, east: number, north: number): LonLat {
  const lat = from[1] + (north / EARTH_RADIUS_M) * (180 / Math.PI);
  const lon = from[0] + (east / (EARTH_RADIUS_M * Math.cos(rad(from[1])))) * (180 / Math.PI);
  return [lon, lat];
}

export type Compass = 'n' | 'ne' | 'e' | 'se' | 's' | 'sw' | 'w' | 'nw';
const COMPASS: readonly Compass[] = ['n', 'ne', 'e', 'se', 's', 'sw', 'w', 'nw'];

/** The direction in which one walks from `from` to `to`, on the eight-point compass. */
export function direction(from: LonLat, to: LonLat): Compass {
  const east = (to[0] - from[0]) * Math.cos(rad(from[1]));
  const north = to[1] - from[1];
  const turns = Math.atan2(east, north) / (2 * Math.PI);
  return COMPASS[(Math.round(turns * 8) + 8) % 8] ?? 'n';
}

function eachPosition(geometry: Geometry, visit: (p: Position) => void): void {
  if (geometry.type === 'GeometryCollection') return geometry.geometries.forEach((g) => eachPosition(g, visit));
  const walk = (node: unknown): void => {
    if (!Array.isArray(node)) return;
    if (typeof node[0] === 'number') visit(node as Position);
    else node.forEach(walk);
  };
  walk(geometry.coordinates);
}

export function boundsOf(features: readonly Feature<Geometry | null>[]): Bounds | null {
  let box: Bounds | null = null;
  for (const { geometry } of features) {
    if (!geometry) continue;
    eachPosition(geometry, ([x = 0, y = 0]) => {
      box = box ? [Math.min(box[0], x), Math.min(box[1], y), Math.max(box[2], x), Math.max(box[3], y)] : [x, y, x, y];
    });
  }
  return box;
}

function inRing([x, y]: LonLat, ring: readonly Position[]): boolean {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [xi = 0, yi = 0] = ring[i] ?? [];
    const [xj = 0, yj = 0] = ring[j] ?? [];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}

export function polygonsOf(geometry: Geometry | null): Position[][][] {
  if (geometry?.type === 'MultiPolygon') return geometry.coordinates;
  return geometry?.type === 'Polygon' ? [geometry.coordinates] : [];
}

export function contains(geometry: Geometry | null, point: LonLat): boolean {
  return polygonsOf(geometry).some(([outer, ...holes]) => !!outer && inRing(point, outer) && !holes.some((hole) => inRing(point, hole)));
}

/** The feature whose polygon holds the point, if any. */
export function featureAt<P>(collection: FeatureCollection<Geometry, P>, point: LonLat): Feature<Geometry, P> | undefined {
  return collection.features.find((f) => contains(f.geometry, point));
}

/** Metres from a point to the nearest side of a polygon; 0 inside. Flat around the point: good to a per cent within some tens of kilometres. */
export function metresTo(geometry: Geometry | null, point: LonLat): number {
  if (contains(geometry, point)) return 0;
  const flat = ([lon = 0, lat = 0]: Position): LonLat => [rad(lon - point[0]) * Math.cos(rad(point[1])) * EARTH_RADIUS_M, rad(lat - point[1]) * EARTH_RADIUS_M];
  let best = Infinity;
  for (const line of polygonsOf(geometry).flat()) {
    for (let i = 1; i < line.length; i++) {
      const [ax, ay] = flat(line[i - 1] ?? []);
      const [bx, by] = flat(line[i] ?? []);
      const [dx, dy] = [bx - ax, by - ay];
      const along = Math.min(1, Math.max(0, -(ax * dx + ay * dy) / (dx * dx + dy * dy || 1)));
      best = Math.min(best, Math.hypot(ax + along * dx, ay + along * dy));
    }
  }
  return best;
}

export interface Nearest {
  place: Place;
  metres: number;
  /** Which way the point lies, seen from the place. */
  towards: Compass;
}

export function nearestPlace(places: readonly Place[], point: LonLat): Nearest | null {
  let best: Nearest | null = null;
  for (const place of places) {
    const at = place.location.coordinates as LonLat;
    const metres = distance(at, point);
    if (!best || metres < best.metres) best = { place, metres, towards: direction(at, point) };
  }
  return best;
}

/** The middle of a cell polygon: the mean of its corners (the closing corner left out). */
export function cellCenter(geometry: Geometry): LonLat {
  const ring = geometry.type === 'Polygon' ? (geometry.coordinates[0] ?? []) : [];
  const corners = ring.slice(0, -1);
  const sum = corners.reduce<LonLat>(([x, y], p) => [x + (p[0] ?? 0), y + (p[1] ?? 0)], [0, 0]);
  return corners.length > 0 ? [sum[0] / corners.length, sum[1] / corners.length] : [0, 0];
}

/** A place and how much is there. */
export interface Spot {
  at: LonLat;
  weight: number;
}

/** A degree of latitude is nowhere shorter. */
const DEGREE_M = 110_500;

/**
 * Where to look first: the surroundings of where most is, since a whole kommun would show its cells as dust. From the fullest
 * spot the middle is moved, a few times, to the centre of gravity of what lies around it (mean shift). `reach` is how far a spot
 * itself extends, in metres.
 */
export function busiestOf(spots: readonly Spot[], within = 3000, reach = 0): Bounds | null {
  const top = spots.reduce<Spot | null>((best, spot) => (spot.weight > (best?.weight ?? 0) ? spot : best), null);
  if (!top) return null;
  const near = (middle: LonLat) => spots.filter(({ at }) => Math.abs(at[1] - middle[1]) * DEGREE_M <= within && distance(at, middle) <= within);
  let middle = top.at;
  for (let round = 0; round < 8; round++) {
    let [sum, east, north] = [0, 0, 0];
    for (const { at, weight } of near(middle)) {
      sum += weight;
      east += at[0] * weight;
      north += at[1] * weight;
    }
    if (sum === 0) break;
    middle = [east / sum, north / sum];
  }
  const box = near(middle).reduce<Bounds>(([w, s, e, n], { at: [x, y] }) => [Math.min(w, x), Math.min(s, y), Math.max(e, x), Math.max(n, y)], [...middle, ...middle]);
  return [...moved([box[0], box[1]], -reach, -reach), ...moved([box[2], box[3]], reach, reach)];
}

/** Everything but the given area: for dimming what lies outside a kommun. */
export function outsideOf(area: Geometry): Feature {
  const rings = polygonsOf(area).flatMap((polygon) => polygon.slice(0, 1));
  const world = [[-180, -85], [180, -85], [180, 85], [-180, 85], [-180, -85]];
  return { type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates: [world, ...rings] } };
}

/** A circle of `metres` radius as a polygon: the accuracy ring round one's own position. */
export function ring(center: LonLat, metres: number, steps = 48): Position[] {
  return Array.from({ length: steps + 1 }, (_, i) => {
    const angle = (2 * Math.PI * (i % steps)) / steps;
    return moved(center, metres * Math.sin(angle), metres * Math.cos(angle));
  });
}

/** No more digits than the eye can use: metres by tens, then by fifties, hundreds, thousands. */
export const grain = (metres: number): number => (metres < 100 ? 10 : metres < 1000 ? 50 : metres < 10_000 ? 100 : 1000);

/** 84 m → 80, 847 m → 850, 12,340 m → 12,000. */
export function roundMetres(metres: number): number {
  const step = grain(metres);
  return Math.max(step, Math.round(metres / step) * step);
}
