/** Which base map this server offers. None is the rule: plain ground, the kommun's outline and names, no other host asked. */
import type { StyleSpecification } from 'maplibre-gl';
import type { Bounds } from './geo';

export interface Basemap {
  kind: 'none' | 'pmtiles' | 'style';
  url?: string;
  attribution?: string;
  bounds?: Bounds;
  minzoom?: number;
  maxzoom?: number;
  /** The foreign style, fetched, when `kind` is `style`. */
  style?: StyleSpecification;
}

const NONE: Basemap = { kind: 'none' };
let asked: Promise<Basemap> | undefined;

async function ask(): Promise<Basemap> {
  const answer = await fetch('/basemap/config.json');
  if (!answer.ok) return NONE;
  const config = (await answer.json()) as Basemap;
  if (config.kind === 'pmtiles' && config.url) return config;
  if (config.kind === 'style' && config.url) {
    const style = await fetch(config.url);
    return style.ok ? { ...config, style: (await style.json()) as StyleSpecification } : NONE;
  }
  return NONE;
}

/** A base map that fails is no reason to show no map: the plain ground stands in. */
export function basemap(): Promise<Basemap> {
  asked ??= ask().catch(() => NONE);
  return asked;
}
