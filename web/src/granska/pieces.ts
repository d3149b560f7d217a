/** A text in pieces: those that were found, with what they are, and those between. */
import type { FindingKind } from '../api/types';

export interface Piece {
  text: string;
  kind: FindingKind | null;
}

/** Findings count Unicode code points and may overlap; where they do, the first one's kind is told. */
export function pieces(text: string, findings: readonly { start: number; end: number; kind: FindingKind }[]): Piece[] {
  const points = [...text];
  const found: Piece[] = [];
  let at = 0;
  const take = (to: number, kind: FindingKind | null) => {
    if (to > at) found.push({ text: points.slice(at, to).join(''), kind });
    at = Math.max(at, to);
  };
  for (const { start, end, kind } of [...findings].sort((a, b) => a.start - b.start)) {
    take(Math.min(start, points.length), null);
    take(Math.min(end, points.length), kind);
  }
  take(points.length, null);
  return found;
}
