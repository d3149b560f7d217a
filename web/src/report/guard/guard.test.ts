/** The guard against the rows it shares with the server, and what masking leaves. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Span } from '../../api/types';
import { inspect, mask, parts } from '.';

const rows = JSON.parse(readFileSync(new URL('../../../../tests/fixtures/guard.json', import.meta.url), 'utf8')) as {
  text: string;
  findings: Span[];
}[];

describe('the guard', () => {
  it('has the shared rows', () => expect(rows.length).toBeGreaterThan(250));

  it.each(rows)('reads $text', ({ text, findings }) => {
    expect(inspect(text)).toEqual(findings);
  });

  it('finds nothing in what it has masked', () => {
    for (const { text } of rows) expect(inspect(mask(text, inspect(text), '[dolt]'))).toEqual([]);
  });

  it('cuts a text without losing a character', () => {
    for (const { text } of rows) {
      const whole = parts(text, inspect(text)).map((part) => part.text);
      expect(whole.join('')).toBe(text);
    }
  });

  it('answers a hostile text quickly', () => {
    const begin = performance.now();
    for (const piece of ['a@', '0701', '1 ', '(at)', ' dot ', 'a.', '+1', '٠']) inspect(piece.repeat(2000));
    expect(performance.now() - begin).toBeLessThan(2000);
  });
});
