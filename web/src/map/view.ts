/**
 * A map on the page: the base map, our own layers on it, and both redrawn when day turns to night. Nothing here knows of
 * reports; callers give sources and a function from palette to layers.
 */
import type { FeatureCollection } from 'geojson';
import type { ErrorEvent, GeoJSONSource, LayerSpecification, Map, MapGeoJSONFeature, MapSourceDataEvent, Point, StyleSpecification } from 'maplibre-gl';
import { basemap, type Basemap } from './basemap';
import type { Bounds, LonLat } from './geo';
import { putHatch } from './hatch';
import { loadMaplibre, usePmtiles, type Maplibre } from './maplibre';
import { onThemeChange, readPalette, type Palette } from './palette';
import { baseStyle, OSM } from './style';
import { TileSlot } from './tiles';
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
  /** The sources that are given data. */
  sources: readonly string[];
  /** The sources that are asked for as tiles, and the zoom from which the same tiles are drawn larger. */
  tiles?: Record<string, number>;
  /** A tile that could not be fetched. */
  ontilefault?: (failure: ErrorEvent['error']) => void;
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
  readonly #slots: readonly TileSlot[];
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
    this.#slots = Object.entries(options.tiles ?? {}).map(([name, maxzoom]) => new TileSlot(name, maxzoom));
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
    this.map.on('sourcedata', (event: MapSourceDataEvent) => {
      // Without a tile it is the source that has come, and it does not know yet what is in view.
      if (event.tile) this.#turn();
    });
    this.map.on('idle', () => this.#turn());
    this.map.on('error', (event: ErrorEvent & { sourceId?: string }) => {
      const { error, sourceId } = event;
      if (!this.#slots.some((slot) => slot.holds(sourceId ?? ''))) return console.error(error);
      this.#turn();
      options.ontilefault?.(error);
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
    for (const id of this.#options.sources) sources[id] = { type: 'geojson', data: this.#data[id] ?? EMPTY };
    let layers = [...style.layers.slice(0, before), ...below, ...style.layers.slice(before), ...above];
    for (const slot of this.#slots) {
      layers = slot.layers(layers);
      Object.assign(sources, slot.sources());
    }
    return { ...style, sources, layers };
  }

  /** Draws everything anew from the palette and the layers' own state; MapLibre changes only what differs. */
  restyle(palette?: Palette): void {
    this.#forced = palette;
    this.#late = !this.#ready;
    if (this.#late) return;
    this.map.setStyle(this.#style(), { diff: true });
    this.#hatch();
    // Also where nothing differs, so that `idle` follows whatever was given.
    this.map.triggerRepaint();
  }

  setData(source: string, data: FeatureCollection): void {
    this.#data[source] = data;
    const live = this.map.getSource<GeoJSONSource>(source);
    if (live) void live.setData(data);
    else this.map.once('style.load', () => void this.map.getSource<GeoJSONSource>(source)?.setData(this.#data[source] ?? EMPTY));
  }

  /** Asks for tiles, or for none, by `{z}/{x}/{y}`; asked `of` something else they are fetched anew. Drawn by the next `restyle`. */
  setTiles(source: string, url: string | null, of: unknown): void {
    this.#slots.find(({ name }) => name === source)?.ask(url, of);
  }

  /** Shows the new tiles when all in view are there. */
  #turn(): void {
    const come = this.#slots.filter(({ awaited }) => awaited && this.map.getSource(awaited) && this.map.isSourceLoaded(awaited));
    for (const slot of come) slot.arrived();
    if (come.length > 0) this.restyle(this.#forced);
  }

  /** Everything that was given is drawn. */
  get settled(): boolean {
    return this.map.loaded() && this.#slots.every(({ awaited }) => !awaited);
  }

  /** When everything that was given is drawn. */
  async rest(): Promise<void> {
    do {
      this.map.triggerRepaint();
      await this.map.once('idle');
    } while (!this.settled);
  }

  /** What lies within `reach` pixels of a point, of some layers: the topmost. */
  hit({ x, y }: Point, names: readonly string[], reach = 0): MapGeoJSONFeature | undefined {
    const layers = names.flatMap((name) => [name, ...this.#slots.map((slot) => slot.layer(name))]).filter((id) => this.map.getLayer(id));
    return this.map.queryRenderedFeatures([[x - reach, y - reach], [x + reach, y + reach]], { layers })[0];
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
