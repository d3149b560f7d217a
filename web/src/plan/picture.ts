/** The map as a picture for print: drawn by day colours, whatever the screen shows, with its scale bar and its source. */
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

function compose(view: MapView, palette: Palette, lang: Lang): string | null {
  const source = view.map.getCanvas();
  const canvas = document.createElement('canvas');
  canvas.width = source.width;
  canvas.height = source.height;
  const pen = canvas.getContext('2d');
  if (!pen || source.width === 0) return null;
  pen.drawImage(source, 0, 0);
  drawScale(pen, view, palette, lang);
  return canvas.toDataURL('image/png');
}

/** The map on paper is as wide as the paper, whatever column it has on the screen. */
const PAPER = { width: '1000px', height: '660px', inset: '0 auto auto 0' };

class PagePicture {
  source: MapView | null = null;

  /** Draws the map in the colours of `element` (which the print style sets to day) and returns it as an image address. */
  async take(element: Element, lang: Lang): Promise<string | null> {
    const view = this.source;
    if (!view || view.map.getCanvas().clientWidth === 0) return null;
    const day = readPalette(element);
    const { style } = view.map.getContainer();
    Object.assign(style, PAPER);
    view.map.resize();
    view.restyle(day);
    await new Promise<void>((done) => {
      const late = setTimeout(done, 3000);
      void view.map.once('idle', () => {
        clearTimeout(late);
        done();
      });
      view.map.triggerRepaint();
    });
    const picture = compose(view, day, lang);
    Object.assign(style, { width: '', height: '', inset: '' });
    view.map.resize();
    view.restyle();
    return picture;
  }

  /** The map as it stands, at once: for the browser's own print command, which waits for nobody. */
  now(lang: Lang): string | null {
    return this.source && this.source.map.getCanvas().clientWidth > 0 ? compose(this.source, readPalette(), lang) : null;
  }

  /** Whom the base map is by. */
  get attribution(): string {
    return this.source?.attribution ?? '';
  }
}

export const pagePicture = new PagePicture();
