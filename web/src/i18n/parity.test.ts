/** Both languages say everything: the same keys, nothing empty, the same placeholders. */
import { describe, expect, it } from 'vitest';

const catalogues = import.meta.glob<Record<string, unknown>>('./*.{sv,en}.ts', { eager: true });
const names = [...new Set(Object.keys(catalogues).map((path) => path.replace(/\.(sv|en)\.ts$/, '')))];

/** The one exported object of a catalogue file. */
function catalogue(name: string, lang: 'sv' | 'en'): unknown {
  return Object.values(catalogues[`${name}.${lang}.ts`] ?? {}).find((value) => typeof value === 'object');
}

/** What a text with places to fill says, whether it wants numbers or words. */
function spoken(say: (...args: unknown[]) => unknown): string {
  for (const args of [Array(4).fill(7), Array(4).fill('sju'), ['sju', 7, 7, 7], [7, 'sju', 'sju', 'sju']]) {
    try {
      return String(say(...args));
    } catch {
      // wants other arguments
    }
  }
  return '';
}

/** Every leaf with its path; a function is called with plain values to see its words. */
function leaves(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'function') return [[`${path}()`, spoken(value as (...args: unknown[]) => unknown)]];
  if (Array.isArray(value)) return value.flatMap((item, i) => leaves(item, `${path}[${i}]`));
  if (value && typeof value === 'object') return Object.entries(value).flatMap(([key, item]) => leaves(item, `${path}.${key}`));
  return [[path, '']];
}

describe('the catalogues', () => {
  it('are found in pairs', () => {
    expect(names).toEqual(expect.arrayContaining(['./codes', './common', './pages', './receipt', './report']));
    expect(Object.keys(catalogues)).toHaveLength(names.length * 2);
  });

  it.each(names)('%s has the same keys in both languages', (name) => {
    const keys = (lang: 'sv' | 'en') => leaves(catalogue(name, lang)).map(([path]) => path);
    expect(keys('sv').length).toBeGreaterThan(0);
    expect(keys('en')).toEqual(keys('sv'));
  });

  it.each(names)('%s leaves nothing empty', (name) => {
    for (const lang of ['sv', 'en'] as const) {
      const empty = leaves(catalogue(name, lang)).filter(([, text]) => text.trim() === '' || text.includes('undefined'));
      expect(empty).toEqual([]);
    }
  });

  it('speaks without exclamation marks', () => {
    const loud = names.flatMap((name) => (['sv', 'en'] as const).flatMap((lang) => leaves(catalogue(name, lang)).filter(([, text]) => text.includes('!'))));
    expect(loud).toEqual([]);
  });
});
