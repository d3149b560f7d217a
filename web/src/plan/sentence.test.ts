/** The sentence says the numbers and the filters in plain words, in both languages. */
import { afterEach, describe, expect, it } from 'vitest';
import { CATEGORIES } from '../i18n/codes';
import { locale } from '../i18n/locale.svelte';
import { noFilters, toggled, type Filters } from './filters';
import { hourSpans, narrowing, sentence } from './sentence';

const title = (id: string): string => ({ araby: 'Araby' })[id] ?? id;
const dark = toggled(toggled(toggled(noFilters(), 'category', [...CATEGORIES.light, ...CATEGORIES.sight]), 'light', ['dark']), 'hour', ['18', '19', '20', '21']);

afterEach(() => {
  locale.lang = 'sv';
});

describe('the sentence', () => {
  it('is short without filters', () => {
    expect(sentence(214, 131, noFilters(), title)).toBe('rapporter från 131 personer');
    expect(sentence(1, 1, noFilters(), title)).toBe('rapport från 1 person');
  });

  it('says what, when and in which light', () => {
    expect(sentence(214, 131, dark, title)).toBe('rapporter från 131 personer om belysning och sikt, i mörker, kl. 18–22');
    locale.lang = 'en';
    expect(sentence(214, 131, dark, title)).toBe('reports from 131 people about lighting and sight, in the dark, 18:00–22:00');
  });

  it('quotes a single category', () => {
    expect(narrowing(toggled(noFilters(), 'category', ['dark']), title)).toBe('om ”mörkt här”');
  });

  it('says where and in which period', () => {
    const f: Filters = { ...toggled(noFilters(), 'focus_area', ['araby']), from: '2025-10-01', to: '2026-09-30' };
    expect(narrowing(f, title)).toBe('inom Araby, 1 oktober 2025 till 30 september 2026');
  });

  it('counts the filters it does not spell out', () => {
    expect(narrowing({ ...toggled(noFilters(), 'status', ['received']), insecurityMin: 2 }, title)).toBe('och 2 urval till');
    expect(narrowing(toggled(toggled(noFilters(), 'light', ['dark']), 'perspective', ['woman', 'cyclist']), title)).toBe('i mörker och 1 urval till');
  });
});

describe('spans of hours', () => {
  it.each<[number[], [number, number][]]>([
    [[], []],
    [[18, 19, 20], [[18, 21]]],
    [[22, 23, 0, 1], [[22, 2]]],
    [[23], [[23, 24]]],
    [[7, 8, 16], [[7, 9], [16, 17]]],
    [Array.from({ length: 24 }, (_, i) => i), [[0, 24]]],
  ])('reads %j as %j', (hours, spans) => {
    expect(hourSpans(hours)).toEqual(spans);
  });
});
