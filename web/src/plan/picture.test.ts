/** The printed scale bar: right length, round number. */
import { describe, expect, it } from 'vitest';
import { metresPerPixel, roundBar } from './picture';

describe('the scale bar', () => {
  it('knows the size of a pixel', () => {
    expect(metresPerPixel(0, 0)).toBeCloseTo(78_271.517, 2);
    expect(metresPerPixel(60, 10)).toBeCloseTo(78_271.517 / 2 / 1024, 4);
  });

  it.each([[7, 5], [100, 100], [199, 100], [250, 200], [999, 500], [1001, 1000]])('is the longest round number within %i m', (most, bar) => {
    expect(roundBar(most)).toBe(bar);
  });
});
