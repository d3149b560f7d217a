/**
 * Vector tiles that are asked for anew while they are looked at: of another question, or of the same one after something has
 * changed. What is on the screen stays until all that is in view of the new is there, then one takes the other's place at once;
 * each asking is a source of its own, so that no tile of one ever stands among those of another.
 */
import type { LayerSpecification, VectorSourceSpecification } from 'maplibre-gl';

/** The opacities of each kind of layer that a slot may hold. */
const OPACITIES: Partial<Record<LayerSpecification['type'], readonly string[]>> = {
  fill: ['fill-opacity'],
  line: ['line-opacity'],
  circle: ['circle-opacity', 'circle-stroke-opacity'],
};

/** Changes of opacity are seen at once; `hidden`, the tiles are fetched and prepared all the same. */
function still(layer: LayerSpecification, hidden: boolean): LayerSpecification {
  const own = OPACITIES[layer.type] ?? [];
  const at = Object.fromEntries(own.flatMap((name): [string, unknown][] => [[`${name}-transition`, { duration: 0 }], ...(hidden ? [[name, 0] as [string, unknown]] : [])]));
  return { ...layer, paint: { ...('paint' in layer ? layer.paint : {}), ...at } } as LayerSpecification;
}

interface Asked {
  source: string;
  url: string;
  /** What it was asked for: something else is another asking, whatever the URL. */
  of: unknown;
}

/**
 * A source of tiles by a lasting name, as callers' layers know it. The opacity of its layers must not depend on their features:
 * MapLibre would prepare every tile again when they are shown.
 */
export class TileSlot {
  readonly name: string;
  /** Nearer than this, the same tiles are drawn larger. */
  readonly #maxzoom: number;
  #turns = 0;
  #now: Asked | null = null;
  /** What is on the screen until the tiles of `now` are there. */
  #before: { asked: Asked; layers: LayerSpecification[] } | null = null;
  /** The layers of `now`, as last written. */
  #layers: LayerSpecification[] = [];

  constructor(name: string, maxzoom: number) {
    this.name = name;
    this.#maxzoom = maxzoom;
  }

  /** Asks for the tiles of a URL, or for none; shown by the next style. */
  ask(url: string | null, of: unknown): void {
    if (url === null) {
      this.#now = this.#before = null;
      this.#layers = [];
    } else if (this.#now?.url !== url || this.#now.of !== of) {
      if (this.#now) this.#before ??= { asked: this.#now, layers: this.#layers };
      this.#turns += 1;
      this.#now = { source: `${this.name}/${this.#turns}`, url, of };
    }
  }

  /** The source whose tiles are waited for. */
  get awaited(): string | null {
    return this.#before && this.#now ? this.#now.source : null;
  }

  /** All in view is there: what was on the screen goes with the next style. */
  arrived(): void {
    this.#before = null;
  }

  /** Whether a source of the map is of this slot. */
  holds(source: string): boolean {
    return source === this.#now?.source || source === this.#before?.asked.source;
  }

  sources(): Record<string, VectorSourceSpecification> {
    const asked = [this.#now, this.#before?.asked].filter((one) => !!one);
    return Object.fromEntries(asked.map(({ source, url }) => [source, { type: 'vector', tiles: [url], maxzoom: this.#maxzoom }]));
  }

  /** What a layer of the slot is called in the map: of what can be seen. */
  layer(name: string): string {
    return `${name}/${(this.#before?.asked ?? this.#now)?.source ?? ''}`;
  }

  /** All layers of a style, with the slot's own turned to their sources. */
  layers(all: readonly LayerSpecification[]): LayerSpecification[] {
    const now = this.#now;
    this.#layers = [];
    return all.flatMap((layer): LayerSpecification[] => {
      if (!('source' in layer) || layer.source !== this.name) return [layer];
      if (!now) return [];
      const own = still({ ...layer, id: `${layer.id}/${now.source}`, source: now.source }, false);
      this.#layers.push(own);
      if (!this.#before) return [own];
      const first = this.#layers.length === 1;
      return [...(first ? this.#before.layers : []), still(own, true)];
    });
  }
}
