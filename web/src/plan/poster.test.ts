/** A picture's texts stay within it, and no word of them is lost. */
import { describe, expect, it } from 'vitest';
import { rowsOf, wrap } from './poster';

const letters = (line: string): number => line.length;

describe('a poster', () => {
  it('breaks at spaces, keeps every word, and is no wider than it may be', () => {
    const text = 'Gi*, 99 999 permutationer, frö 1, 5 100 rutor, räknat på personer.';
    const lines = wrap(text, 20, letters);
    expect(lines.join(' ')).toBe(text);
    expect(Math.max(...lines.map(letters))).toBeLessThanOrEqual(20);
    expect(lines.length).toBe(4);
  });

  it('lets a word stand alone that is wider than the picture', () => expect(wrap('en sammanfattningsblankett här', 8, letters)).toEqual(['en', 'sammanfattningsblankett', 'här']));

  it('sets swatches in rows', () => {
    expect(rowsOf([40, 40, 40, 90], 100, 10)).toEqual([{ x: 0, row: 0 }, { x: 50, row: 0 }, { x: 0, row: 1 }, { x: 0, row: 2 }]);
    expect(rowsOf([120], 100, 10)).toEqual([{ x: 0, row: 0 }]);
  });
});
