/** The grid of the week chooses what was dragged over, and nothing beside it. */
import { describe, expect, it } from 'vitest';
import { noFilters } from './filters';
import { blockOf, isChosen, withBlock } from './week';

describe('the week', () => {
  it('chooses the rectangle between two corners, whichever was first', () => {
    const f = withBlock(noFilters(), blockOf([5, 23], [4, 21]));
    expect([f.lists.weekday, f.lists.hour]).toEqual([['5', '6'], ['21', '22', '23']]);
    const chosen = Array.from({ length: 168 }, (_, i) => [Math.floor(i / 24), i % 24] as const).filter(([day, hour]) => isChosen(f, day, hour));
    expect(chosen).toEqual([[4, 21], [4, 22], [4, 23], [5, 21], [5, 22], [5, 23]]);
  });

  it('lets a whole row or column be no filter of its kind', () => {
    expect(withBlock(noFilters(), blockOf([2, 0], [2, 23])).lists).toMatchObject({ weekday: ['3'], hour: [] });
    expect(withBlock(noFilters(), blockOf([0, 7], [6, 7])).lists).toMatchObject({ weekday: [], hour: ['7'] });
    expect(isChosen(noFilters(), 3, 3)).toBe(false);
  });

  it('lets go of what is chosen once more, in whatever order it stands', () => {
    const f = noFilters();
    const some = { ...f, lists: { ...f.lists, weekday: ['2', '1'], hour: ['10', '9'] } };
    expect(withBlock(some, blockOf([0, 9], [1, 10])).lists).toMatchObject({ weekday: [], hour: [] });
    expect(withBlock(some, blockOf([0, 9], [0, 10])).lists).toMatchObject({ weekday: ['1'], hour: ['9', '10'] });
  });
});
