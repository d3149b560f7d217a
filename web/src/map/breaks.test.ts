/** Heat steps: round, rising, never more than six, and stating every count exactly once. */
import { describe, expect, it } from 'vitest';
import { heatBreaks, largest, legendSteps } from './breaks';

/** A deterministic stand-in for real counts: many small, few large. */
const skewed = (n: number, top: number): number[] => Array.from({ length: n }, (_, i) => Math.max(1, Math.round(top * ((i + 1) / n) ** 6)));

describe('heatBreaks', () => {
  it('gives nothing for nothing', () => {
    expect(heatBreaks([])).toEqual([]);
    expect(heatBreaks([0, 0])).toEqual([]);
  });

  it('gives every whole number its own step while there are at most six', () => {
    expect(heatBreaks([1, 1, 1])).toEqual([1]);
    expect(heatBreaks([1, 2, 4])).toEqual([1, 2, 3, 4]);
    expect(heatBreaks([1, 6])).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it.each([7, 12, 31, 48, 199, 5_000, 1_000_000])('rises from 1 in at most six round steps up to %i', (top) => {
    const breaks = heatBreaks(skewed(400, top));
    expect(breaks[0]).toBe(1);
    expect(breaks.length).toBe(6);
    expect([...breaks].sort((a, b) => a - b)).toEqual(breaks);
    expect(new Set(breaks).size).toBe(6);
    expect(breaks.at(-1)).toBeLessThanOrEqual(top);
    for (const number of breaks) expect(String(number).replace(/0+$/, '').length).toBeLessThanOrEqual(2);
  });

  it('lets a single extreme cell not wash out the rest', () => {
    const counts = [...Array.from({ length: 99 }, (_, i) => 1 + (i % 12)), 4000];
    expect(heatBreaks(counts).at(-1)).toBeLessThanOrEqual(15);
  });

  it('keeps to fives for published numbers', () => {
    const breaks = heatBreaks([5, 5, 10, 15, 20, 35, 60, 125], 5);
    expect(breaks[0]).toBe(5);
    for (const number of breaks) expect(number % 5).toBe(0);
  });
});

describe('the legend', () => {
  it('covers every count exactly once', () => {
    const counts = skewed(300, 77);
    const breaks = heatBreaks(counts);
    const steps = legendSteps(breaks, largest(counts));
    for (let count = 1; count <= 77; count++) {
      const holding = steps.filter(({ from, to }) => count >= from && (to === null || count <= to));
      expect(holding.map(({ heat }) => heat)).toEqual([breaks.filter((from) => count >= from).length]);
    }
  });

  it('closes the top step when nothing lies above it', () => {
    expect(legendSteps([1, 2, 3], 3).at(-1)).toEqual({ heat: 3, from: 3, to: 3 });
    expect(legendSteps([1, 2, 3], 9).at(-1)).toEqual({ heat: 3, from: 3, to: null });
  });

  it('counts hidden cells as none', () => {
    expect(largest([null, 5, null])).toBe(5);
    expect(largest([])).toBe(0);
  });
});
