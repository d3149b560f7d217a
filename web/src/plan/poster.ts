/** The picture of a map with its heading above, and its legend, method and source below. Knows no reports. */

export interface Swatch {
  /** The house colour by role (`heat-3`, `hot-99`), or `none`. */
  role: string;
  mark: string;
  text: string;
}

export interface Poster {
  heading: string;
  /** Of what the numbers are: sentences under the heading. */
  said: readonly string[];
  title: string;
  swatches: readonly Swatch[];
  notes: readonly string[];
}

/** Breaks a text into lines no wider than `width`, at spaces; a word that is wider stands alone. */
export function wrap(text: string, width: number, measure: (line: string) => number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && measure(`${last} ${word}`) <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** Where swatches of the given widths stand in rows no wider than `width`. */
export function rowsOf(widths: readonly number[], width: number, gap: number): { x: number; row: number }[] {
  let [x, row] = [0, 0];
  return widths.map((own) => {
    if (x > 0 && x + own > width) [x, row] = [0, row + 1];
    const at = { x, row };
    x += own + gap;
    return at;
  });
}

const FONT = 'system-ui, sans-serif';
const EDGE = 24;
/** Sizes are for a map 1000 px wide. */
const WIDTH = 1000;

/** Draws the whole; colours come from `element`. */
export async function poster(map: HTMLCanvasElement, element: Element, { heading, said, title, swatches, notes }: Poster): Promise<Blob | null> {
  const ratio = map.width / WIDTH;
  const canvas = document.createElement('canvas');
  const pen = canvas.getContext('2d');
  if (!pen) return null;
  const style = getComputedStyle(element);
  const colour = (role: string): string => style.getPropertyValue(`--${role}`).trim() || '#ffffff';
  const inner = WIDTH - 2 * EDGE;
  const lines = (texts: readonly string[], font: string): string[] => {
    pen.font = font;
    return texts.flatMap((text) => wrap(text, inner, (line) => pen.measureText(line).width));
  };
  const [big, plain, small, bold] = [`700 24px ${FONT}`, `16px ${FONT}`, `13px ${FONT}`, `700 15px ${FONT}`];
  const intro = lines(said, plain);
  const tail = lines(notes, small);
  pen.font = small;
  const places = rowsOf(swatches.map(({ text }) => 34 + 8 + pen.measureText(text).width), inner, 20);
  const rows = (places.at(-1)?.row ?? -1) + 1;
  const mapHeight = map.height / ratio;
  const top = EDGE + 30 + intro.length * 22 + 12;
  const under = top + mapHeight + 16;
  const height = under + 24 + rows * 26 + 8 + tail.length * 18 + EDGE;

  canvas.width = map.width;
  canvas.height = Math.ceil(height * ratio);
  pen.scale(ratio, ratio);
  pen.fillStyle = colour('surface');
  pen.fillRect(0, 0, WIDTH, height);
  const write = (text: string, x: number, y: number, font: string, role: string) => {
    pen.font = font;
    pen.fillStyle = colour(role);
    pen.fillText(text, x, y);
  };
  write(heading, EDGE, EDGE + 22, big, 'ink');
  intro.forEach((line, i) => write(line, EDGE, EDGE + 50 + i * 22, plain, 'ink'));
  pen.drawImage(map, 0, top, WIDTH, mapHeight);
  pen.strokeStyle = colour('line-strong');
  pen.strokeRect(0.5, top, WIDTH - 1, mapHeight);
  write(title, EDGE, under + 14, bold, 'ink');
  swatches.forEach(({ role, mark, text }, i) => {
    const { x = 0, row = 0 } = places[i] ?? {};
    const [left, y] = [EDGE + x, under + 26 + row * 26];
    const none = role === 'none';
    pen.fillStyle = colour(none ? 'map-land' : role);
    pen.fillRect(left, y, 34, 18);
    if (none) {
      // As faint as such a cell is on the map.
      pen.globalAlpha = 0.16;
      pen.fillStyle = colour('ink-soft');
      pen.fillRect(left, y, 34, 18);
      pen.globalAlpha = 1;
    }
    pen.strokeRect(left + 0.5, y + 0.5, 33, 17);
    write(mark, left + 4, y + 14, `700 12px ${FONT}`, role.endsWith('90') ? 'ink' : 'on-hot');
    write(text, left + 42, y + 14, small, 'ink');
  });
  tail.forEach((line, i) => write(line, EDGE, under + 24 + rows * 26 + 20 + i * 18, small, 'ink-soft'));
  return new Promise((done) => canvas.toBlob(done, 'image/png'));
}
