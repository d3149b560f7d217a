/** The map as a picture for print: drawn by day colours, whatever the screen shows, with its scale bar and its source. */
import type { LngLatBounds } from 'maplibre-gl';
import type { Bounds } from '../map/geo';
import { readPalette, type Palette } from '../map/palette';
import type { MapView } from '../map/view';
import { metresText, type Lang } from '../map/words';

/** Metres on the ground per pixel on the screen, at a latitude and a zoom (tiles of 512 pixels). */
export function metresPerPixel(lat: number, zoom: number): number {
  return (40_075_016.686 * Math.cos((lat * Math.PI) / 180)) / (512 * 2 ** zoom);
}

/** The longest 1, 2 or 5 times a power of ten that fits into `most` metres. */
export function roundBar(most: number): number {
  const power = 10 ** Math.floor(Math.log10(most));
  return ([5, 2].find((step) => step * power <= most) ?? 1) * power;
}

function drawScale(pen: CanvasRenderingContext2D, view: MapView, palette: Palette, lang: Lang): void {
  const { canvas } = pen;
  const ratio = canvas.width / view.map.getCanvas().clientWidth;
  const perPixel = metresPerPixel(view.map.getCenter().lat, view.map.getZoom());
  const metres = roundBar(perPixel * 160);
  const width = (metres / perPixel) * ratio;
  const [x, y, tick] = [16 * ratio, canvas.height - 16 * ratio, 7 * ratio];
  pen.fillStyle = palette.surface;
  pen.fillRect(x - 8 * ratio, y - 26 * ratio, width + 16 * ratio, 34 * ratio);
  pen.strokeStyle = palette.ink;
  pen.lineWidth = 2 * ratio;
  pen.beginPath();
  pen.moveTo(x, y - tick);
  pen.lineTo(x, y);
  pen.lineTo(x + width, y);
  pen.lineTo(x + width, y - tick);
  pen.stroke();
  pen.font = `${13 * ratio}px system-ui, sans-serif`;
  pen.fillStyle = palette.ink;
  pen.fillText(metresText(lang, metres), x + 4 * ratio, y - 9 * ratio);
}

/** A second map over the left part of the first. */
interface Beside {
  view: MapView;
  /** How many per cent of the width it covers. */
  share: () => number;
  /** What the left and the right map are called. */
  words: () => [string, string];
}

/** Both maps as they lie over each other, the border between them, and their names. */
function drawBeside(pen: CanvasRenderingContext2D, { view, share, words }: Beside, palette: Palette, ratio: number): void {
  const { canvas } = pen;
  const x = (canvas.width * share()) / 100;
  if (x >= 1) pen.drawImage(view.map.getCanvas(), 0, 0, x, canvas.height, 0, 0, x, canvas.height);
  pen.fillStyle = palette.ink;
  pen.fillRect(x - 1.5 * ratio, 0, 3 * ratio, canvas.height);
  pen.font = `700 ${14 * ratio}px system-ui, sans-serif`;
  words().forEach((word, right) => {
    const width = pen.measureText(word).width + 16 * ratio;
    const left = right ? x + 8 * ratio : x - 8 * ratio - width;
    pen.fillStyle = palette.surface;
    pen.fillRect(left, 12 * ratio, width, 26 * ratio);
    pen.fillStyle = palette.ink;
    pen.fillText(word, left + 8 * ratio, 30 * ratio);
  });
}

function compose(view: MapView, beside: Beside | null, palette: Palette, lang: Lang): HTMLCanvasElement | null {
  const source = view.map.getCanvas();
  const canvas = document.createElement('canvas');
  canvas.width = source.width;
  canvas.height = source.height;
  const pen = canvas.getContext('2d');
  if (!pen || source.width === 0) return null;
  pen.drawImage(source, 0, 0);
  if (beside) drawBeside(pen, beside, palette, source.width / source.clientWidth);
  drawScale(pen, view, palette, lang);
  return canvas;
}

/** The map on paper is as wide as the paper, whatever column it has on the screen. */
const PAPER = { width: '1000px', height: '660px', inset: '0 auto auto 0' };

/** A slow machine may need seconds for a map twice as wide in other colours; a map that never comes to rest is taken as it is. */
const SLOW_MS = 15_000;

class PagePicture {
  source: MapView | null = null;
  beside: Beside | null = null;
  /** What the last picture shows. */
  private shown: LngLatBounds | null = null;

  /** Draws the map in the colours of `element` (which the print style sets to day) and returns it. */
  async draw(element: Element, lang: Lang): Promise<HTMLCanvasElement | null> {
    const { source, beside } = this;
    if (!source || source.map.getCanvas().clientWidth === 0) return null;
    const day = readPalette(element);
    const maps = beside ? [source, beside.view] : [source];
    await Promise.all(
      maps.map((view) => {
        Object.assign(view.map.getContainer().style, PAPER);
        view.map.resize();
        view.restyle(day);
        return Promise.race([view.rest(), new Promise((late) => setTimeout(late, SLOW_MS))]);
      }),
    );
    this.shown = source.map.getBounds();
    const picture = compose(source, beside, day, lang);
    for (const view of maps) {
      Object.assign(view.map.getContainer().style, { width: '', height: '', inset: '' });
      view.map.resize();
      view.restyle();
    }
    return picture;
  }

  /** The same as an image address. */
  async take(element: Element, lang: Lang): Promise<string | null> {
    return (await this.draw(element, lang))?.toDataURL('image/png') ?? null;
  }

  /** The map as it stands, at once: for the browser's own print command, which waits for nobody. */
  now(lang: Lang): string | null {
    const { source, beside } = this;
    if (!source || source.map.getCanvas().clientWidth === 0) return null;
    this.shown = source.map.getBounds();
    return compose(source, beside, readPalette(), lang)?.toDataURL('image/png') ?? null;
  }

  /** Whether a place reaches beyond what the picture shows, which the numbers beside it are nevertheless of. */
  cuts([west, south, east, north]: Bounds): boolean {
    const { shown } = this;
    return shown !== null && !(shown.contains([west, south]) && shown.contains([east, north]));
  }

  /** Whom the base map is by. */
  get attribution(): string {
    return this.source?.attribution ?? '';
  }
}

export const pagePicture = new PagePicture();
