/** Distances, directions and what lies under a point, against values known from elsewhere. */
import type { FeatureCollection, Polygon } from 'geojson';
import { describe, expect, it } from 'vitest';
import { busiestOf, boundsOf, cellCenter, contains, direction, distance, featureAt, metresTo, moved, nearestPlace, outsideOf, ring, roundMetres, type LonLat, type Place } from './geo';
import { genitive, underWords, type Outlines } from './under';

const STOCKHOLM: LonLat = [18.0686, 59.3293];
const GOTEBORG: LonLat = [11.9746, 57.7089];
const square = (w: number, s: number, size = 1): Polygon => ({ type: 'Polygon', coordinates: [[[w, s], [w + size, s], [w + size, s + size], [w, s + size], [w, s]]] });
const place = (name: string, at: LonLat): Place => ({ name, kind: 'locality', location: { type: 'Point', coordinates: at } });

describe('distance and movement', () => {
  it('knows how far it is from Stockholm to Göteborg', () => {
    expect(distance(STOCKHOLM, GOTEBORG) / 1000).toBeCloseTo(398, -1);
  });

  it.each([[100, 0], [0, 100], [-250, 50], [3, -4]])('moves %i m east and %i m north', (east, north) => {
    expect(distance(STOCKHOLM, moved(STOCKHOLM, east, north))).toBeCloseTo(Math.hypot(east, north), 0);
  });

  it('names the eight directions', () => {
    const towards = [[0, 9], [9, 9], [9, 0], [9, -9], [0, -9], [-9, -9], [-9, 0], [-9, 9]].map(([e = 0, n = 0]) => direction(STOCKHOLM, moved(STOCKHOLM, e * 100, n * 100)));
    expect(towards).toEqual(['n', 'ne', 'e', 'se', 's', 'sw', 'w', 'nw']);
  });

  it('draws a closed ring at one distance', () => {
    const points = ring(STOCKHOLM, 40);
    expect(points[0]).toEqual(points.at(-1));
    for (const point of points) expect(distance(STOCKHOLM, point as LonLat)).toBeCloseTo(40, 0);
  });

  it('rounds to what the eye can use', () => {
    expect([4, 84, 847, 4321, 12_340].map(roundMetres)).toEqual([10, 80, 850, 4300, 12_000]);
  });
});

describe('areas', () => {
  it('knows inside from outside, holes included', () => {
    const holed: Polygon = { type: 'Polygon', coordinates: [...square(0, 0, 10).coordinates, ...square(4, 4, 2).coordinates] };
    expect(contains(holed, [1, 1])).toBe(true);
    expect(contains(holed, [5, 5])).toBe(false);
    expect(contains(holed, [11, 5])).toBe(false);
    expect(contains(null, [1, 1])).toBe(false);
  });

  it('finds the feature under a point', () => {
    const two: FeatureCollection<Polygon> = { type: 'FeatureCollection', features: [square(0, 0), square(2, 0)].map((geometry, i) => ({ type: 'Feature', id: i, properties: {}, geometry })) };
    expect(featureAt(two, [2.5, 0.5])?.id).toBe(1);
    expect(featureAt(two, [1.5, 0.5])).toBeUndefined();
  });

  it('measures the box of what has a place, and none of what has not', () => {
    expect(boundsOf([{ type: 'Feature', properties: {}, geometry: square(3, 4, 2) }, { type: 'Feature', properties: {}, geometry: null }])).toEqual([3, 4, 5, 6]);
    expect(boundsOf([{ type: 'Feature', properties: {}, geometry: null }])).toBeNull();
  });

  it('takes the middle of a cell', () => {
    expect(cellCenter(square(2, 4, 2))).toEqual([3, 5]);
  });

  it('cuts the area out of the world', () => {
    expect(contains(outsideOf(square(0, 0)).geometry, [0.5, 0.5])).toBe(false);
    expect(contains(outsideOf(square(0, 0)).geometry, [20, 20])).toBe(true);
  });

  it('looks first at the surroundings of the fullest cell', () => {
    const spot = (lon: number, lat: number, weight: number) => ({ at: [lon, lat] as LonLat, weight });
    const spots = [spot(14.005, 57.005, 3), spot(14.015, 57.005, 9), spot(15.005, 57.005, 8), spot(14.005, 57.015, 0)];
    for (const [i, edge] of [14.005, 57.005, 14.015, 57.015].entries()) expect(busiestOf(spots)?.[i]).toBeCloseTo(edge, 9);
    const [west = 0, south = 0, east = 0, north = 0] = busiestOf(spots, 3000, 125) ?? [];
    expect([distance([west, south], [14.005, 57.005]), distance([east, north], [14.015, 57.015])].map(Math.round)).toEqual([177, 177]);
    expect(busiestOf([])).toBeNull();
    // The fullest cell stands at the edge of the town: the town is shown, not the edge.
    const town = Array.from({ length: 9 }, (_, i) => spot(14 + i * 0.01, 57, 8));
    const [left = 0, , right = 0] = busiestOf([...town, spot(14.09, 57, 9)]) ?? [];
    expect(left).toBeLessThan(14.02);
    expect(right).toBeGreaterThan(14.06);
  });
});

describe('how far a place lies from a kommun', () => {
  const square: Polygon = { type: 'Polygon', coordinates: [[[14, 56], [15, 56], [15, 57], [14, 57], [14, 56]]] };

  it('is nothing inside, and the way to the nearest side or corner outside', () => {
    expect(metresTo(square, [14.5, 56.5])).toBe(0);
    expect(metresTo(square, [14.5, 55.99])).toBeCloseTo(distance([14.5, 55.99], [14.5, 56]), 0);
    const corner = distance([15.02, 57.01], [15, 57]);
    expect(Math.abs(metresTo(square, [15.02, 57.01]) - corner)).toBeLessThan(corner / 100);
    expect(metresTo({ type: 'MultiPolygon', coordinates: [square.coordinates] }, [13.99, 56.5])).toBeCloseTo(distance([13.99, 56.5], [14, 56.5]), -1);
    expect(metresTo(null, [14.5, 56.5])).toBe(Infinity);
  });
});

describe('words for what is under the cross-hair', () => {
  const places = [place('Araby', [14.78, 56.89]), place('Växjö', [14.81, 56.88])];
  const outlines: Outlines = { type: 'FeatureCollection', features: [{ type: 'Feature', properties: { code: '0780', name: 'Växjö' }, geometry: square(14, 56, 1) }] };

  it('names the nearest place, how far and which way', () => {
    expect(nearestPlace(places, [14.781, 56.891])?.place.name).toBe('Araby');
    expect(underWords('sv', [14.78, 56.8925], places, outlines)).toBe('300 m norr om Araby, Växjö kommun');
    expect(underWords('en', [14.78, 56.8925], places, outlines)).toBe('300 m north of Araby, Växjö municipality');
    expect(underWords('sv', [14.78, 56.8901], places, null)).toBe('Vid Araby');
  });

  it('says when one is outside every kommun', () => {
    expect(underWords('sv', [30, 60], places, outlines)).toBe('Utanför alla kommuner');
  });

  it('writes the kommun as Swedish does', () => {
    expect([genitive('sv', 'Olofström'), genitive('sv', 'Degerfors'), genitive('sv', 'Växjö'), genitive('en', 'Olofström')]).toEqual(['Olofströms', 'Degerfors', 'Växjö', 'Olofström']);
  });
});
