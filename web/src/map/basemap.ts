/** Which base map this server offers. None is the rule: plain ground, the kommun's outline and names, no other host asked. */
import type { StyleSpecification } from 'maplibre-gl';
import type { BasemapConfig } from '../api/types';

/** As the server says; a style of another host comes with what was fetched there. */
export type Basemap = Exclude<BasemapConfig, { kind: 'style' }> | (Extract<BasemapConfig, { kind: 'style' }> & { style: StyleSpecification });

const NONE: Basemap = { kind: 'none' };
let asked: Promise<Basemap> | undefined;

async function ask(): Promise<Basemap> {
  const answer = await fetch('/basemap/config.json');
  if (!answer.ok) return NONE;
  const config = (await answer.json()) as BasemapConfig;
  if (config.kind === 'pmtiles') return config;
  if (config.kind === 'style') {
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
