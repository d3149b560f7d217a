/** The hard limits of the form, the same as the server's: counted in characters as a person sees them. */
export const NOTE_MAX = 1000;
export const PLACE_TEXT_MAX = 300;
/** Above this the resident is told that the position is rough. */
export const ROUGH_M = 50;

const segmenter = typeof Intl.Segmenter === 'function' ? new Intl.Segmenter('sv', { granularity: 'grapheme' }) : undefined;

/** Characters in the trimmed text; one family emoji is one. */
export function characters(text: string): number {
  const trimmed = text.trim();
  if (!segmenter) return [...trimmed].length;
  let count = 0;
  for (const _ of segmenter.segment(trimmed)) count += 1;
  return count;
}
