/** What the filters ask of the API, and how choosing changes them. */
import { describe, expect, it } from 'vitest';
import { CATEGORIES } from '../i18n/codes';
import { activeFacets, dayAfter, looseCategories, monthDays, noFilters, startFilters, toQuery, toggled, wholeGroups, withFeeling, without } from './filters';

describe('filters', () => {
  it('asks for everything without filters', () => {
    expect(toQuery('1060', noFilters()).toString()).toBe('municipality=1060');
    expect(activeFacets(noFilters())).toEqual([]);
  });

  it('asks for whole groups as groups', () => {
    const f = toggled(toggled(noFilters(), 'category', CATEGORIES.light), 'category', CATEGORIES.sight);
    expect(wholeGroups(f.lists.category)).toEqual(['light', 'sight']);
    expect(toQuery('1060', f).get('group')).toBe('light,sight');
    expect(toQuery('1060', f).has('category')).toBe(false);
  });

  it('asks for a mix of groups and categories as categories alone, so that either counts', () => {
    const f = toggled(toggled(noFilters(), 'category', CATEGORIES.light), 'category', ['hidden']);
    expect(looseCategories(f.lists.category)).toEqual(['hidden']);
    expect(toQuery('1060', f).has('group')).toBe(false);
    expect(toQuery('1060', f).get('category')).toBe('dark,lighting_broken,hidden');
  });

  it('asks for one feeling, and for both by not asking', () => {
    expect(toQuery('1060', startFilters()).get('feeling')).toBe('unsafe');
    expect(toQuery('1060', withFeeling(startFilters(), null)).toString()).toBe('municipality=1060');
  });

  it('lets go of categories of the other feeling', () => {
    const f = toggled(toggled(startFilters(), 'category', ['dark']), 'hour', ['22']);
    expect(withFeeling(f, 'safe').lists).toMatchObject({ feeling: ['safe'], category: [], hour: ['22'] });
    expect(withFeeling(f, null).lists).toMatchObject({ feeling: [], category: ['dark'] });
  });

  it('sends the last day as people mean it: through that day', () => {
    const query = toQuery('1060', { ...noFilters(), from: '2026-09-01', to: '2026-09-30' });
    expect([query.get('from'), query.get('to')]).toEqual(['2026-09-01', '2026-10-01']);
    expect(dayAfter('2026-12-31')).toBe('2027-01-01');
    expect(monthDays('2028-02')).toEqual({ from: '2028-02-01', to: '2028-02-29' });
  });

  it('toggles there and back', () => {
    const on = toggled(noFilters(), 'hour', ['22']);
    expect(on.lists.hour).toEqual(['22']);
    expect(toggled(on, 'hour', ['22'])).toEqual(noFilters());
  });

  it('takes out one facet and leaves the others', () => {
    const f = { ...toggled(toggled(noFilters(), 'light', ['dark']), 'hour', ['22']), from: '2026-01-01', insecurityMin: 2, since: 7 };
    expect(activeFacets(f)).toEqual(['light', 'hour', 'period', 'insecurity', 'since']);
    for (const facet of activeFacets(f)) expect(activeFacets(without(f, facet))).toEqual(activeFacets(f).filter((other) => other !== facet));
  });
});
