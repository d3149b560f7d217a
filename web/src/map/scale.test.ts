/** Steps of the cross-hair at every scale. */
import { describe, expect, it } from 'vitest';
import { metresPerPixel, nearEnough, stepsAt } from './scale';

describe('the scale of the cross-hair map', () => {
  it('knows how many metres a pixel is', () => {
    expect(metresPerPixel(0, 0)).toBeCloseTo(78_271.5, 0);
    expect(metresPerPixel(60, 1)).toBeCloseTo(78_271.5 / 4, 0);
  });

  it.each([5, 7, 9, 11, 13, 14, 16, 19])('moves a visible distance at zoom %i, and never out of the picture', (zoom) => {
    const mpp = metresPerPixel(57, zoom);
    const { steps, first } = stepsAt(mpp);
    expect(steps).toContain(first);
    for (const step of steps) expect(step / mpp).toBeGreaterThanOrEqual(10);
    expect(first / mpp).toBeLessThanOrEqual(160);
  });

  it('begins with 50 metres where a place can be chosen, and lets none be chosen from afar', () => {
    expect(stepsAt(metresPerPixel(57, 14)).first).toBe(50);
    expect([8, 12, 12.9, 13.1, 14, 19].map((zoom) => nearEnough(metresPerPixel(57, zoom)))).toEqual([false, false, false, true, true, true]);
  });
});
