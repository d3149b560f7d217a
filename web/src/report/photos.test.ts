/** A picture keeps its shape, and is never made larger. */
import { expect, it } from 'vitest';
import { within } from './photos';

it('fits a picture into a square', () => {
  expect(within(4000, 3000, 1600)).toEqual([1600, 1200]);
  expect(within(3000, 4000, 1600)).toEqual([1200, 1600]);
  expect(within(640, 480, 1600)).toEqual([640, 480]);
  expect(within(10_000, 1, 1600)).toEqual([1600, 1]);
  expect(within(0, 0, 1600)).toEqual([1, 1]);
});
