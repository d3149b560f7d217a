/**
 * A map on the page: the base map, our own layers on it, and both redrawn when day turns to night. Nothing here knows of
 * reports; callers give sources and a function from palette to layers.
 */
import type { FeatureCollection } from 'geojson';
import type { GeoJSONSource, LayerSpecification, Map, StyleSpecification } from 'maplibre-gl';
import { basemap, type Basemap } from './basemap';
import type { Bounds, LonLat } from './geo';
import { putHatch } from './hatch';
import { loadMaplibre, usePmtiles, type Maplibre } from './maplibre';
import { onThemeChange, readPalette, type Palette } from './palette';
import { baseStyle, OSM } from './style';
import { maplibreLocale, type Lang } from './words';

export interface Layers {
  /** Below the base map's letters. */
  below: LayerSpecification[];
  /** On top of everything. */
  above: LayerSpecification[];
}

export interface MapOptions {
  lang: Lang;
  /** `plain` is true when no base map lies below. */
  layers: (palette: Palette, plain: boolean) => Layers;
  /** Source id → the member that names a feature, for those whose features are picked out or lit. */
  sources: Record<string, { promoteId?: string }>;
  center?: LonLat;
  zoom?: number;
  bounds?: Bounds;
  /** Keeps the drawing readable for print. */
  printable?: boolean;
  /** Only looked at: takes no hand or key of its own. */
  still?: boolean;
  scale?: boolean;
  /** Buttons for zooming; the cross-hair map has its own. */
  zoomButtons?: boolean;
}

/** Where a map opens that knows no other place. */
export const SWEDEN: Bounds = [11, 55.3, 24.2, 69.1];
const EMPTY: FeatureCollection = { type: 'FeatureCollection', features: [] };

export class MapView {
  readonly map: Map;
  readonly #base: Basemap;
  readonly #options: MapOptions;
  readonly #data: Record<string, FeatureCollection> = {};
  readonly #stopTheme: () => void;
  /** A style can be compared with the next only once it is loaded; until then a change waits. */
  #ready = false;
  #late = false;
  /** A palette that overrides the page's, while a print is made. */
  #forced: Palette | undefined;

  static async create(container: HTMLElement, options: MapOptions): Promise<MapView> {
    const [maplibre, base] = await Promise.all([loadMaplibre(), basemap()]);
    if (base.kind === 'pmtiles') await usePmtiles(maplibre);
    return new MapView(maplibre, base, container, options);
  }

  private constructor(maplibre: Maplibre, base: Basemap, container: HTMLElement, options: MapOptions) {
    this.#base = base;
    this.#options = options;
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.map = new maplibre.Map({
      container,
      style: this.#style(),
      ...(options.center ? { center: options.center } : {}),
      ...(options.zoom !== undefined ? { zoom: options.zoom } : {}),
      ...(options.bounds ? { bounds: options.bounds, fitBoundsOptions: { padding: 32, animate: false } } : {}),
      minZoom: 3,
      maxZoom: 19,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      interactive: !options.still,
      fadeDuration: calm ? 0 : 150,
      attributionControl: false,
      locale: maplibreLocale(options.lang),
      canvasContextAttributes: { antialias: true, preserveDrawingBuffer: options.printable ?? false },
    });
    this.map.touchZoomRotate.disableRotation();
    this.map.keyboard.disableRotation();
    if (base.kind !== 'none' && !options.still) this.map.addControl(new maplibre.AttributionControl({ compact: false }), 'bottom-right');
    if (options.zoomButtons) this.map.addControl(new maplibre.NavigationControl({ showCompass: false }), 'bottom-right');
    if (options.scale) this.map.addControl(new maplibre.ScaleControl({ unit: 'metric', maxWidth: 120 }), 'bottom-left');
    this.map.on('style.load', () => {
      this.#ready = true;
      this.#hatch();
      if (this.#late) this.restyle(this.#forced);
    });
    this.#stopTheme = onThemeChange(() => this.restyle());
  }

  get #palette(): Palette {
    return this.#forced ?? readPalette();
  }

  #hatch(): void {
    putHatch(this.map, this.#palette.lineStrong);
  }

  #style(): StyleSpecification {
    const palette = this.#palette;
    const { style, before } = baseStyle(this.#base, palette);
    const { below, above } = this.#options.layers(palette, !this.hasNames);
    const sources: StyleSpecification['sources'] = { ...style.sources };
    for (const [id, { promoteId }] of Object.entries(this.#options.sources)) {
      sources[id] = { type: 'geojson', data: this.#data[id] ?? EMPTY, ...(promoteId ? { promoteId } : {}) };
    }
    const layers = [...style.layers.slice(0, before), ...below, ...style.layers.slice(before), ...above];
    return { ...style, sources, layers };
  }

  /** Draws everything anew from the palette and the layers' own state; MapLibre changes only what differs. */
  restyle(palette?: Palette): void {
    this.#forced = palette;
    this.#late = !this.#ready;
    if (this.#late) return;
    this.map.setStyle(this.#style(), { diff: true });
    this.#hatch();
  }

  setData(source: string, data: FeatureCollection): void {
    this.#data[source] = data;
    const live = this.map.getSource<GeoJSONSource>(source);
    if (live) void live.setData(data);
    else this.map.once('style.load', () => void this.map.getSource<GeoJSONSource>(source)?.setData(this.#data[source] ?? EMPTY));
  }

  /** True when a base map with its own place names is drawn. */
  get hasNames(): boolean {
    return this.#base.kind !== 'none';
  }

  /** Who made the base map, as it must be said. */
  get attribution(): string {
    if (this.#base.kind === 'none') return '';
    return this.#base.kind === 'pmtiles' ? this.#base.attribution : OSM;
  }

  destroy(): void {
    this.#stopTheme();
    this.map.remove();
  }
}
