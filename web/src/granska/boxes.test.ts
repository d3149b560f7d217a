/** A box stays inside its picture, whatever is done with it. */
import { expect, it } from 'vitest';
import { between, keyed, middle } from './boxes';

it('is drawn from any corner, and not by a slip', () => {
  expect(between([50, 60], [10, 20], 100, 100)).toEqual({ x: 10, y: 20, width: 40, height: 40 });
  expect(between([-30, 90], [30, 400], 100, 100)).toEqual({ x: 0, y: 90, width: 30, height: 10 });
  expect(between([10, 10], [12, 90], 100, 100)).toBeNull();
});

it('is moved and sized by keys, and never leaves', () => {
  let box = middle(100, 50);
  expect(box).toEqual({ x: 38, y: 19, width: 25, height: 13 });
  for (const key of ['ArrowLeft', 'ArrowUp', 'ArrowRight', 'ArrowDown']) {
    for (let times = 0; times < 99; times += 1) {
      for (const shift of [false, true]) {
        box = keyed(box, key, shift, 100, 50) ?? box;
        expect(box.x >= 0 && box.y >= 0 && box.width >= 8 && box.height >= 8 && box.x + box.width <= 100 && box.y + box.height <= 50, JSON.stringify(box)).toBe(true);
      }
    }
  }
  expect(keyed(box, 'Enter', false, 100, 50)).toBeNull();
});
