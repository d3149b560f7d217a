/** Descriptions are shown as they were meant. */
import { describe, expect, it } from 'vitest';
import { prose } from './prose';

describe('prose', () => {
  it('knows code and stress', () => {
    expect(prose('With *the right*, `GET /x` **must** answer.')).toEqual([
      { kind: 'plain', text: 'With ' },
      { kind: 'em', text: 'the right' },
      { kind: 'plain', text: ', ' },
      { kind: 'code', text: 'GET /x' },
      { kind: 'plain', text: ' ' },
      { kind: 'strong', text: 'must' },
      { kind: 'plain', text: ' answer.' },
    ]);
  });

  it('leaves lone marks and what stands in code alone', () => {
    expect(prose('2 * 3 * 4')).toEqual([{ kind: 'plain', text: '2 * 3 * 4' }]);
    expect(prose('`a*b*c`')).toEqual([{ kind: 'code', text: 'a*b*c' }]);
  });
});
