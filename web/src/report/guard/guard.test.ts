/** The guard against the rows it shares with the server, and what masking leaves. */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Span } from '../../api/types';
import { inspect, look, mask, parts, whenListed } from '.';

const read = (path: string) => readFileSync(new URL(`../../../../${path}`, import.meta.url), 'utf8');
const rows = JSON.parse(read('tests/fixtures/guard.json')) as { text: string; findings: Span[]; suspicions?: Span[] }[];

describe('the guard before it is fetched', () => {
  it('leaves everything to the server', () => expect(look('Anna Berg, 070-174 06 05')).toEqual({ personal: [], suspicions: [] }));
});

describe('the guard', () => {
  beforeAll(async () => expect(await whenListed()).toBe(true));

  it('has the shared rows', () => expect(rows.length).toBeGreaterThan(540));

  it.each(rows)('reads $text', ({ text, findings, suspicions = [] }) => {
    expect(look(text)).toEqual({ personal: findings, suspicions });
  });

  it('knows every section of the words', async () => {
    const { isIn, sections } = await import('./lists');
    const written = read('src/data/guard/words.txt').match(/^\[\w+\]$/gm) ?? [];
    expect(sections.slice(2)).toEqual(written.map((name) => name.slice(1, -1)));
    expect(isIn('knarklangarna', 'is') && isIn('anna', 'given') && isIn('berg', 'surname')).toBe(true);
    expect(isIn('', 'given') || isIn('knark', 'is')).toBe(false);
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
    for (const piece of ['a@', '0701', '1 ', '(at)', ' dot ', 'a.', '+1', '٠', 'Anna ', 'ANNA-', 'ABC', 'abc 12a ', 'langar min granne ', 'a\u0308']) inspect(piece.repeat(2000));
    expect(performance.now() - begin).toBeLessThan(3000);
  });
});
