/** Where one heat step ends and the next begins: round numbers, chosen from the data, stated in the legend. */

/** Numbers that people count by. */
const ROUND = [1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 40, 50, 60, 80];

function roundNumbers(upTo: number, unit: number): number[] {
  const out = new Set<number>();
  for (let scale = 1; scale * unit <= upTo * 10; scale *= 10) {
    for (const number of ROUND) out.add(number * scale * unit);
  }
  return [...out].sort((a, b) => a - b);
}

/**
 * Lower bounds of at most six steps, the first the smallest count that is shown. Steps grow by a steady factor up to the level
 * that one cell in fifty passes, so that a few extreme cells do not wash out the rest. `unit` is 5 for published numbers,
 * which are rounded to 5.
 */
export function heatBreaks(counts: readonly number[], unit = 1): number[] {
  const sorted = Float64Array.from(counts.filter((count) => count > 0)).sort();
  const max = sorted.at(-1);
  if (max === undefined) return [];
  const levels = Math.floor(max / unit);
  if (levels <= 6) return Array.from({ length: Math.max(1, levels) }, (_, i) => (i + 1) * unit);
  const high = Math.max(sorted[Math.floor(sorted.length * 0.98)] ?? max, 6 * unit);
  const round = roundNumbers(max, unit);
  const breaks = [unit];
  for (let step = 1; step < 6; step++) {
    const wanted = unit * (high / unit) ** (step / 5);
    const above = round.filter((number) => number > (breaks.at(-1) ?? 0) && number <= max);
    const next = above.reduce<number | undefined>((best, number) => (best === undefined || Math.abs(Math.log(number / wanted)) < Math.abs(Math.log(best / wanted)) ? number : best), undefined);
    if (next === undefined) break;
    breaks.push(next);
  }
  return breaks;
}

export interface Step {
  /** 1 to 6: which heat colour. */
  heat: number;
  from: number;
  /** Last number of the step; none for the open top step. */
  to: number | null;
}

/** The steps as the legend lists them; `max` closes the top step when nothing lies above its first number. */
export function legendSteps(breaks: readonly number[], max: number, unit = 1): Step[] {
  return breaks.map((from, i) => {
    const next = breaks[i + 1];
    return { heat: i + 1, from, to: next !== undefined ? next - unit : max <= from ? from : null };
  });
}

/** The largest count of some cells; hidden counts are none. */
export const largest = (counts: readonly (number | null)[]): number => counts.reduce<number>((most, count) => Math.max(most, count ?? 0), 0);
