/** Our styles are valid by the style specification, by day and by night, with every kind of base map. */
import { validateStyleMin, type StyleSpecification } from '@maplibre/maplibre-gl-style-spec';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { Basemap } from './basemap';
import { areaLayers, bandLayers, cellLayers, hiddenLayers, hitLayers, hotLayers, markLayers, nameLayers, outlineLayers, outsideLayers, pointLayers, positionLayers } from './layers';
import type { Palette } from './palette';
import { baseStyle, OSM } from './style';

const palette = (dark: boolean): Palette => {
  const ink = dark ? '#f2eee6' : '#16202a';
  return {
    dark, ink, inkSoft: ink, line: ink, lineStrong: ink, surface: ink, action: ink, lantern: ink,
    heat: ['#fff1cf', '#fbd38a', '#f0a63d', '#cf7418', '#974411', '#57220a'],
    hot: ['#e08f5a', '#b5402a', '#7a1420'], cold: ['#8fb7cf', '#3f7da3', '#15405f'], onHot: '#ffffff',
    land: ink, outside: ink, green: ink, water: ink, road: ink, roadMinor: ink, rail: ink, building: ink, label: ink, waterLabel: ink, halo: ink,
  };
};
const foreign: StyleSpecification = {
  version: 8,
  sources: { s: { type: 'vector', url: 'https://tiles.example/s.json' } },
  layers: [
    { id: 'ground', type: 'background' },
    { id: 'roads', type: 'line', source: 's', 'source-layer': 'roads' },
    { id: 'letters', type: 'symbol', source: 's', 'source-layer': 'places' },
  ],
};
const maps: Basemap[] = [{ kind: 'none' }, { kind: 'pmtiles', url: '/basemap/tiles.pmtiles', attribution: OSM }, { kind: 'style', url: 'https://tiles.example/style.json', style: foreign }];
const SOURCES = ['outside', 'outline', 'names', 'areas', 'cells', 'marks', 'bands', 'points', 'position'];

beforeAll(() => {
  vi.stubGlobal('location', { href: 'https://lykta.example/plan' });
});

const CELLS = { source: 'cells' };

describe('the map style', () => {
  it.each(maps.flatMap((map) => [true, false].map((dark) => [map.kind, dark, map] as const)))('is valid for %s, dark %s', (kind, dark, map) => {
    const p = palette(dark);
    const { style, before } = baseStyle(map, p);
    const plain = kind === 'none';
    const empty = { type: 'geojson' as const, data: { type: 'FeatureCollection' as const, features: [] } };
    for (const cells of [[...hiddenLayers(CELLS), ...cellLayers(p, CELLS, [1, 2, 4, 8, 15, 30], 'a', plain)], [...hotLayers(p, CELLS, 'a', plain), ...markLayers(p, 12.4)], [...bandLayers(p, plain), ...hitLayers(p, CELLS)]]) {
      const data = [...outsideLayers(p), ...cells, ...outlineLayers(p), ...nameLayers(p), ...areaLayers(p, ['x']), ...pointLayers(p, 'y'), ...positionLayers(p)];
      const whole: StyleSpecification = {
        ...style,
        sources: { ...style.sources, ...Object.fromEntries(SOURCES.map((id) => [id, empty])) },
        layers: [...style.layers.slice(0, before), ...data, ...style.layers.slice(before)],
      };
      expect(validateStyleMin(whole).map((fault) => fault.message)).toEqual([]);
      expect(new Set(whole.layers.map((layer) => layer.id)).size).toBe(whole.layers.length);
    }
  });

  it('lays data above the land and below the letters', () => {
    for (const map of maps.slice(1)) {
      const { style, before } = baseStyle(map, palette(false));
      expect(before).toBeGreaterThan(0);
      expect(style.layers.slice(0, before).some((layer) => layer.type === 'symbol')).toBe(false);
    }
  });

  it('asks no glyph server of its own', () => {
    for (const map of maps.slice(0, 2)) expect(baseStyle(map, palette(true)).style.glyphs).toBeUndefined();
  });

  it('names whose map it is', () => {
    const source = baseStyle({ kind: 'pmtiles', url: '/basemap/tiles.pmtiles', attribution: OSM }, palette(false)).style.sources['ground'];
    expect(source && 'attribution' in source ? source.attribution : '').toBe('© OpenStreetMap contributors');
  });

  it('gives every class of hotspots its own colour', () => {
    const layer = hotLayers(palette(false), CELLS, null, true).find(({ id }) => id === 'cells');
    const color = JSON.stringify(layer?.type === 'fill' ? layer.paint?.['fill-color'] : null);
    for (const [one, want] of [[3, '#7a1420'], [2, '#b5402a'], [1, '#e08f5a'], [-1, '#8fb7cf'], [-2, '#3f7da3'], [-3, '#15405f']]) expect(color).toContain(`${one},"${want}"`);
  });

  it('gives every step of the legend its own colour, in order', () => {
    for (const count of [1, 3, 6]) {
      const layer = cellLayers(palette(false), CELLS, [1, 2, 4, 8, 15, 30].slice(0, count), null, true).find(({ id }) => id === 'cells');
      const color = layer?.type === 'fill' ? layer.paint?.['fill-color'] : undefined;
      const colors = (Array.isArray(color) ? color : [color]).filter((part) => typeof part === 'string' && part.startsWith('#'));
      expect(colors).toEqual(palette(false).heat.slice(0, count));
    }
  });
});
