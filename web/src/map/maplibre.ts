/**
 * The only door to MapLibre. It is loaded on demand (it is far larger than the rest of the app), told where its worker lives
 * before the first map is made (without that a production build shows nothing at all), and knows `.pmtiles` files.
 */
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';

export type Maplibre = typeof import('maplibre-gl');

let loading: Promise<Maplibre> | undefined;
let pmtilesReady: Promise<void> | undefined;

async function load(): Promise<Maplibre> {
  const [maplibre] = await Promise.all([import('maplibre-gl'), import('maplibre-gl/dist/maplibre-gl.css')]);
  maplibre.setWorkerUrl(workerUrl);
  return maplibre;
}

export function loadMaplibre(): Promise<Maplibre> {
  loading ??= load().catch((error: unknown) => {
    // A failed download (no network) must not be remembered for ever.
    loading = undefined;
    throw error;
  });
  return loading;
}

/** Registers the `pmtiles://` protocol once. */
export function usePmtiles(maplibre: Maplibre): Promise<void> {
  pmtilesReady ??= import('pmtiles').then(
    ({ Protocol }) => maplibre.addProtocol('pmtiles', new Protocol().tile),
    (error: unknown) => {
      pmtilesReady = undefined; // see `loadMaplibre`
      throw error;
    },
  );
  return pmtilesReady;
}

/** MapLibre needs WebGL 2; without it we show words and lists instead of an empty square. */
export function canDrawMaps(): boolean {
  try {
    return document.createElement('canvas').getContext('webgl2') !== null;
  } catch {
    return false;
  }
}
