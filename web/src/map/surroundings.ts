/** What there is to orient by round a point: place names and focus areas of the kommuner in view. */
import type { Feature, FeatureCollection, Geometry } from 'geojson';
import { ask } from '../api/client';
import type { FocusAreas } from '../api/types';
import { boundsOf, distance, featureAt, type Bounds, type LonLat, type Place } from './geo';
import { placesOf } from './places';
import { genitive, type Outlines } from './under';
import { mapWords, type Lang } from './words';

/** More kommuner than this are seen from so far that only their own names have room. */
const MANY = 4;

const boxes = new WeakMap<Outlines, { code: string; box: Bounds }[]>();

function boxesOf(outlines: Outlines): { code: string; box: Bounds }[] {
  let found = boxes.get(outlines);
  if (!found) {
    found = outlines.features.flatMap((feature) => {
      const box = boundsOf([feature]);
      return box ? [{ code: feature.properties.code, box }] : [];
    });
    boxes.set(outlines, found);
  }
  return found;
}

/** The kommuner whose names belong in the view; from afar only the one under the point. */
export function inView(outlines: Outlines, [west, south, east, north]: Bounds, at: LonLat): string[] {
  const seen = boxesOf(outlines).filter(({ box: [w, s, e, n] }) => w <= east && e >= west && s <= north && n >= south);
  if (seen.length <= MANY) return seen.map(({ code }) => code);
  const home = featureAt(outlines, at)?.properties.code;
  return home ? [home] : [];
}

/** All named places of some kommuner. */
export async function placesOfAll(codes: readonly string[]): Promise<readonly Place[]> {
  return (await Promise.all(codes.map(placesOf))).flat();
}

const areas = new Map<string, Promise<FocusAreas>>();

/** The focus areas that are places; without them the map still works. */
export async function areasOfAll(codes: readonly string[], lang: Lang): Promise<Feature[]> {
  const all = await Promise.all(
    codes.map((code) => {
      const asked = areas.get(code) ?? ask<FocusAreas>(`/municipalities/${code}/focus-areas`).then(({ data }) => data);
      areas.set(code, asked);
      return asked.catch(() => {
        areas.delete(code);
        return null;
      });
    }),
  );
  return all.flatMap((found) =>
    (found?.features ?? []).flatMap(({ id, geometry, properties }): Feature[] =>
      geometry ? [{ type: 'Feature', geometry: geometry as Geometry, properties: { area: id, title: properties.title[lang] } }] : [],
    ),
  );
}

const point = (at: LonLat, properties: Record<string, unknown>): Feature => ({ type: 'Feature', geometry: { type: 'Point', coordinates: at }, properties });

/** Names for the map: kommuner first, then the place that gave the kommun its name, then the others. */
export function nameFeatures(lang: Lang, places: readonly Place[], outlines: Outlines | null): FeatureCollection {
  const seats = new Set(outlines?.features.map(({ properties }) => properties.name));
  const kommuner = (outlines ? boxesOf(outlines) : []).map(({ code, box: [w, s, e, n] }) => {
    const name = outlines?.features.find(({ properties }) => properties.code === code)?.properties.name ?? '';
    return point([(w + e) / 2, (s + n) / 2], { name: mapWords(lang).in(genitive(lang, name)), rank: 0, kommun: true });
  });
  const towns = places.map(({ name, location }) => point(location.coordinates as LonLat, { name, rank: seats.has(name) ? 1 : 2, kommun: false }));
  return { type: 'FeatureCollection', features: [...kommuner, ...towns] };
}

/** A thread from the cross-hair to the nearest named place, so that an empty piece of ground still says where it is. */
export function thread(at: LonLat, nearest: Place | undefined, text: string): Feature[] {
  const to = nearest?.location.coordinates as LonLat | undefined;
  if (!to || distance(at, to) < 100) return [];
  return [{ type: 'Feature', properties: { text }, geometry: { type: 'LineString', coordinates: [at, to] } }];
}
