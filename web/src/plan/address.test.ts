/** The address holds the whole view, survives the way there and back, and takes no harm from a mangled link. */
import { describe, expect, it } from 'vitest';
import { cellName, GRID_IDS, readView, startView, writeView, type View } from './address';

const full: View = {
  municipality: '0780',
  filters: {
    lists: {
      focus_area: ['7b0e1f5a-4a4e-4a6f-9f57-0a3c1a2b3c4d'],
      category: ['dark', 'lighting_broken', 'hidden'],
      feeling: ['unsafe'],
      light: ['dark', 'twilight'],
      status: ['received'],
      hour: ['22', '23', '0'],
      weekday: ['5', '6'],
      month: ['11', '12'],
      time_band: ['night'],
      travel_mode: ['walking'],
      perspective: ['woman'],
      source: ['web'],
    },
    from: '2025-10-01',
    to: '2026-09-30',
    insecurityMin: 2,
    since: 1234,
  },
  grid: 'h3-9',
  layer: 'count',
  statistic: 'reporters',
  bandwidth: 400,
  before: { from: '2024-10-01', to: '2025-09-30' },
  divider: 35,
  tab: 'table',
  cell: '250mN6300500E490250',
  report: '948db838-4ee7-442d-86dc-e07ed2e6effe',
  at: { lon: 14.80891, lat: 56.87767, zoom: 13.25 },
};

describe('the address', () => {
  it('round-trips a full view', () => {
    expect(readView(writeView(full))).toEqual(full);
  });

  it('round-trips the plainest view, and keeps its address short', () => {
    const plain = { ...startView(), municipality: '1060' };
    expect(writeView(plain)).toBe('#municipality=1060&feeling=unsafe');
    expect(readView(writeView(plain))).toEqual(plain);
  });

  it('keeps hotspots, which are counted in people unless the link says otherwise', () => {
    const hot = { ...startView(), municipality: '1060', layer: 'hotspots', statistic: 'reporters' } as const;
    expect(writeView(hot)).toBe('#municipality=1060&feeling=unsafe&layer=hotspots');
    expect(readView(writeView(hot))).toEqual(hot);
    expect(readView(writeView({ ...hot, statistic: 'count' }))).toEqual({ ...hot, statistic: 'count' });
    expect(readView('#layer=nowhere')).toEqual(startView());
  });

  it('keeps how far a density reaches and what a period is compared with, and takes nothing else', () => {
    expect(readView('#layer=density&bandwidth=800')).toMatchObject({ layer: 'density', bandwidth: 800, statistic: 'reporters' });
    expect(readView('#layer=compare&before=year')).toMatchObject({ layer: 'compare', before: 'year', statistic: 'count' });
    for (const hash of ['#bandwidth=7', '#before=2025-02-01', '#before=2025-02-01,2025-01-01', '#before=x,y', '#bandwidth=constructor']) expect(readView(hash)).toEqual(startView());
  });

  it('writes the same address for the same view', () => {
    expect(writeView(readView(writeView(full)))).toBe(writeView(full));
  });

  it.each(['', '#', '#main', '#municipality=12', '#at=1,2', '#at=900,1,1', '#at=,,', '#grid=square-7&tab=nowhere', '#insecurity_min=9&since=-1', '#from=yesterday', '#light=<script>'])('opens a plain view for %s', (hash) => {
    expect(readView(hash)).toEqual(startView());
  });

  it('opens on what is unsafe, unless the link says otherwise', () => {
    expect(readView('#municipality=0780').filters.lists.feeling).toEqual(['unsafe']);
    expect(readView('#feeling=both').filters.lists.feeling).toEqual([]);
    expect(readView('#feeling=safe&category=dark,lively').filters.lists).toMatchObject({ feeling: ['safe'], category: ['lively'] });
    expect(readView('#category=dark,lively').filters.lists).toMatchObject({ feeling: [], category: ['dark', 'lively'] });
  });

  it('tells which filters it did not understand', () => {
    const dropped: string[] = [];
    const { lists, from } = readView('#category=zzz,dark&light=foo&feeling=angry&from=2026-13-01&hour=24', dropped).filters;
    expect([lists.category, lists.light, lists.hour, from]).toEqual([['dark'], [], [], null]);
    expect(dropped).toEqual(['category=zzz', 'light=foo', 'hour=24', 'feeling=angry', 'from=2026-13-01']);
  });

  it('keeps the border between two periods on the map', () => {
    expect(writeView(startView())).not.toContain('divider');
    expect(['0', '35', '100', '101', '-1', 'x'].map((divider) => readView(`#divider=${divider}`).divider)).toEqual([0, 35, 100, 50, 50, 50]);
  });

  it('keeps what it understands and drops the rest', () => {
    const view = readView('#municipality=0780&hour=22,22,x%20y&tab=reports');
    expect(view.filters.lists.hour).toEqual(['22']);
    expect(view.tab).toBe('reports');
  });
});

describe('a cell', () => {
  it('is named with its grid as the API names both', () => {
    expect(cellName('square-250', '3520006860000')).toBe('square250-3520006860000');
    expect(cellName('hex-200', 'hex200:2353:39614')).toBe('hex200-hex200:2353:39614');
    expect(cellName('h3-9', '891f1d48177ffff')).toBe('h3r9-891f1d48177ffff');
    expect(GRID_IDS.map((grid) => cellName(grid, 'a'))).toEqual(expect.arrayContaining(['square1000-a', 'hex400-a', 'h3r10-a']));
  });
});
