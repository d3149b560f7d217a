/** What is under the cross-hair, in words: for the line below the map and for screen readers. */
import type { FeatureCollection, Geometry } from 'geojson';
import { featureAt, grain, nearestPlace, type LonLat, type Place } from './geo';
import { mapWords, metresText, type Lang } from './words';

export type Outlines = FeatureCollection<Geometry, { code: string; name: string }>;

/** Nearer than this, and than a step, one is *at* the place. */
const AT_METRES = 60;
/** Farther than this, a name says nothing about where one is. */
const FAR_METRES = 25_000;

/** `step` is how far the cross-hair moves at a time: the distance is told so finely that it follows. */
export function underWords(lang: Lang, point: LonLat, places: readonly Place[], outlines: Outlines | null, step = Infinity): string {
  const w = mapWords(lang);
  const parts: string[] = [];
  const near = nearestPlace(places, point);
  if (near && near.metres <= Math.min(AT_METRES, step * 0.8)) parts.push(w.near(near.place.name));
  else if (near && near.metres <= FAR_METRES) parts.push(w.from(metresText(lang, rounded(near.metres, step)), w.compass[near.towards], near.place.name));
  if (outlines) {
    const home = featureAt(outlines, point);
    parts.push(home ? w.in(genitive(lang, home.properties.name)) : w.outside);
  }
  const text = parts.join(', ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function rounded(metres: number, step: number): number {
  const to = Math.min(step, grain(metres));
  return Math.max(to, Math.round(metres / to) * to);
}

/** "Växjö kommun", but "Olofströms kommun" and "Degerfors kommun": Swedish adds an s after a consonant other than s, x, z. */
export function genitive(lang: Lang, name: string): string {
  return lang === 'sv' && /[^aeiouyåäösxz]$/i.test(name) ? `${name}s` : name;
}
