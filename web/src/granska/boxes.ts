/** Boxes over a picture, in its own pixels: drawn, moved, sized, never outside. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Smaller than this hides nothing. */
const LEAST = 8;
const clamp = (value: number, low: number, high: number) => Math.min(Math.max(value, low), Math.max(low, high));

/** Between two corners; `null` when it is too small to be meant. */
export function between(from: [number, number], to: [number, number], width: number, height: number): Box | null {
  const [left, right] = [from[0], to[0]].map((x) => Math.round(clamp(x, 0, width))).sort((a, b) => a - b) as [number, number];
  const [top, bottom] = [from[1], to[1]].map((y) => Math.round(clamp(y, 0, height))).sort((a, b) => a - b) as [number, number];
  return right - left < LEAST || bottom - top < LEAST ? null : { x: left, y: top, width: right - left, height: bottom - top };
}

/** In the middle, a quarter as wide. */
export function middle(width: number, height: number): Box {
  const [w, h] = [Math.max(1, Math.round(width / 4)), Math.max(1, Math.round(height / 4))];
  return { x: Math.round((width - w) / 2), y: Math.round((height - h) / 2), width: w, height: h };
}

/** What an arrow key makes of a box; with shift, of its size. `null` for other keys. */
export function keyed(box: Box, key: string, shift: boolean, width: number, height: number): Box | null {
  const step = Math.max(1, Math.round(Math.max(width, height) / 50));
  const by = ({ ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] } as Record<string, [number, number]>)[key];
  if (!by) return null;
  const [dx, dy] = [by[0] * step, by[1] * step];
  if (shift) return { ...box, width: clamp(box.width + dx, Math.min(LEAST, width), width - box.x), height: clamp(box.height + dy, Math.min(LEAST, height), height - box.y) };
  return { ...box, x: clamp(box.x + dx, 0, width - box.width), y: clamp(box.y + dy, 0, height - box.height) };
}
