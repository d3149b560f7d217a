/** The desk when something fails, moves on, or is asked for where it does not exist: what stands there is what was asked for. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { POLL_MS as LOOK_MS, UNTOUCHED_MS } from './looking';
import { Workspace } from './workspace.svelte';

const REPORT = '11111111-1111-4111-8111-111111111111';
const OTHER = '22222222-2222-4222-8222-222222222222';

/** What the server says of a path instead of its ordinary answer; a number is a refusal. */
let instead: (path: string) => object | number | undefined | Promise<object>;
let version: number;

const kommun = (code: string) => ({ type: 'Feature', geometry: null, properties: { code, name: `Kommun ${code}` } });
const report = (id: string) => ({ type: 'Feature', id, geometry: null, properties: {} });

function ordinary(path: string): object {
  if (path.startsWith('/session')) return { role: 'operator', person: null, rights: [], everywhere: ['see_live', 'read_reports', 'export', 'handle_reports', 'classify', 'manage_people'] };
  if (path.startsWith('/municipalities?')) return { features: [kommun('1060'), kommun('0780')] };
  if (path.startsWith('/municipalities/')) return path.endsWith('/focus-areas') ? { features: [] } : kommun(path.slice(-4));
  if (path.startsWith('/places')) return { places: [] };
  if (path.startsWith('/summary')) return { version, total: path.includes('hour=22') ? 2 : 9 };
  if (path.startsWith('/reports?')) return { features: [report(REPORT)], total: 1, next: null };
  if (path.startsWith('/reports/')) return report(path.slice('/reports/'.length));
  return { features: [], columns: { cell: [], centre: [], count: [] } };
}

beforeEach(() => {
  vi.useFakeTimers();
  instead = () => undefined;
  version = 1;
  const location = { hash: '#municipality=1060', pathname: '/plan', search: '' };
  const go = (_: unknown, __: string, url: string) => void (location.hash = url);
  vi.stubGlobal('location', location);
  vi.stubGlobal('history', { pushState: go, replaceState: go });
  vi.stubGlobal('document', { visibilityState: 'visible', addEventListener: () => undefined, removeEventListener: () => undefined });
  vi.stubGlobal('fetch', async (url: string) => {
    const path = url.replace('/api/v1', '');
    const answer = (await instead(path)) ?? ordinary(path);
    return typeof answer === 'number' ? Response.json({ status: answer }, { status: answer }) : Response.json(answer);
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

async function opened(): Promise<Workspace> {
  const workspace = new Workspace();
  await workspace.start();
  expect(workspace.summary?.total).toBe(9);
  return workspace;
}

const narrowed = (workspace: Workspace, hour: string) => {
  const { filters } = workspace.view;
  return workspace.setFilters({ ...filters, lists: { ...filters.lists, hour: [hour] } });
};

async function look(workspace: Workspace): Promise<void> {
  const stop = workspace.live();
  await vi.advanceTimersByTimeAsync(LOOK_MS);
  stop();
}

/** An answer that comes when it is let go. */
function late(): { answer: Promise<object>; letGo: (answer: object) => void } {
  let letGo = (_: object): void => undefined;
  const answer = new Promise<object>((done) => (letGo = done));
  return { answer, letGo };
}

describe('the desk', () => {
  it('looks no more when nobody has touched it for a quarter of an hour, and at once when somebody does', async () => {
    const heard = new Map<string, () => void>();
    vi.stubGlobal('document', { visibilityState: 'visible', addEventListener: (kind: string, run: () => void) => void heard.set(kind, run), removeEventListener: () => undefined });
    const workspace = await opened();
    const stop = workspace.live();
    await vi.advanceTimersByTimeAsync(UNTOUCHED_MS + LOOK_MS);
    let looked = 0;
    instead = (path) => void (looked += path.startsWith('/summary') ? 1 : 0);
    await vi.advanceTimersByTimeAsync(60 * LOOK_MS);
    expect(looked).toBe(0);
    heard.get('keydown')?.();
    await vi.advanceTimersByTimeAsync(2 * LOOK_MS + 1);
    expect(looked).toBe(3);
    stop();
  });

  it('shows what was asked last, whichever answer comes last, and its words are of the numbers', async () => {
    const workspace = await opened();
    const start = workspace.view.filters;
    const slow = late();
    instead = (path) => (path.startsWith('/summary') && path.includes('hour=22') ? slow.answer : undefined);
    const narrowing = narrowed(workspace, '22');
    await vi.advanceTimersByTimeAsync(1);
    expect([workspace.view.filters.lists.hour, workspace.answered]).toEqual([['22'], start]);
    const back = workspace.setFilters(start);
    slow.letGo({ version, total: 2 });
    await Promise.all([narrowing, back]);
    expect([workspace.summary?.total, workspace.answered]).toEqual([9, start]);
    expect([workspace.working, workspace.fault]).toEqual([0, null]);
  });

  it('lists what is asked, when the list before it comes last', async () => {
    const workspace = await opened();
    const slow = late();
    instead = (path) => (path.startsWith('/reports?') && path.includes('hour=22') ? slow.answer : undefined);
    const first = workspace.show({ tab: 'reports', filters: { ...workspace.view.filters, lists: { ...workspace.view.filters.lists, hour: ['22'] } } });
    await vi.advanceTimersByTimeAsync(1);
    const second = narrowed(workspace, '21');
    await second;
    slow.letGo({ features: [report(OTHER)], total: 50, next: null });
    await first;
    expect([workspace.book.total, workspace.book.reports.map(({ id }) => id)]).toEqual([1, [REPORT]]);
  });

  it('says nothing of another cell, and keeps the view that comes with a key', async () => {
    location.hash = '#key=0123456789abcdef&municipality=1060&layer=hotspots';
    const workspace = new Workspace();
    await workspace.start();
    expect([workspace.layer, location.hash.includes('key')]).toEqual(['hotspots', false]);
    workspace.cellSummary = workspace.summary;
    void workspace.show({ cell: 'another' });
    expect(workspace.cellSummary).toBeNull();
  });

  it('stands though the report of the link cannot be read', async () => {
    location.hash = `#municipality=1060&report=${REPORT}`;
    instead = (path) => (path.startsWith('/reports/') ? 500 : undefined);
    const workspace = await opened();
    expect(workspace.fault).not.toBeNull();
  });

  it('is empty after a question that failed, and asks it again by itself', async () => {
    const workspace = await opened();
    await workspace.show({ tab: 'reports' });
    instead = (path) => (path.includes('hour=22') ? 503 : undefined);
    await narrowed(workspace, '22');
    expect([workspace.summary, workspace.counts, workspace.facetSummary('light'), workspace.book.reports]).toEqual([null, null, null, []]);
    expect(workspace.fault).not.toBeNull();
    instead = () => undefined;
    await look(workspace);
    expect(workspace.summary?.total).toBe(2);
    expect(workspace.book.reports).toHaveLength(1);
    expect(workspace.fault).toBeNull();
  });

  it('does not show one kommun under another that could not be loaded', async () => {
    const workspace = await opened();
    instead = (path) => (path === '/municipalities/0780' ? 503 : undefined);
    await workspace.move('0780');
    expect([workspace.home, workspace.summary]).toEqual([null, null]);
    instead = () => undefined;
    await look(workspace);
    expect(workspace.name).toBe('Kommun 0780');
    expect(workspace.summary?.total).toBe(9);
  });

  it('keeps nothing of the kommun before when one is asked for that does not use Lykta', async () => {
    const workspace = await opened();
    await workspace.show({ tab: 'reports', report: REPORT });
    location.hash = '#municipality=9999';
    workspace.onpopstate();
    await vi.advanceTimersByTimeAsync(0);
    expect(workspace.stranger).toBe(true);
    expect([workspace.home, workspace.summary, workspace.book.opened, workspace.view.municipality]).toEqual([null, null, null, null]);
    await look(workspace);
    expect(workspace.summary).toBeNull();
    await workspace.move('1060');
    expect(workspace.stranger).toBe(false);
    expect(workspace.summary?.total).toBe(9);
  });

  it('asks for hotspots only when they are looked at, under the same filters and of what is counted', async () => {
    const workspace = await opened();
    const asked: string[] = [];
    instead = (path) => void (path.includes('gi_star') && asked.push(path.split('?')[1] ?? ''));
    await narrowed(workspace, '22');
    expect([asked, workspace.hotspots]).toEqual([[], null]);
    await workspace.show({ layer: 'hotspots', statistic: 'reporters' });
    await workspace.show({ statistic: 'count', grid: 'square-500' });
    const same = 'municipality=1060&feeling=unsafe&hour=22&grid=square&';
    expect(asked).toEqual([`${same}size_m=250&statistic=gi_star&of=reporters`, `${same}size_m=500&statistic=gi_star&of=count`]);
    expect([workspace.drawing?.cells, workspace.drawing?.shown]).toEqual([asked[1], asked[1]]);
    await workspace.show({ layer: 'count' });
    expect([asked.length, workspace.hotspots, workspace.columns]).toEqual([2, null, workspace.counts?.columns]);
  });

  it('keeps its legend with the map that is drawn, until the next layer is there', async () => {
    const workspace = await opened();
    await workspace.look('hotspots');
    const slow = late();
    instead = (path) => (path.includes('density') ? slow.answer : undefined);
    const looking = workspace.look('density');
    await vi.advanceTimersByTimeAsync(1);
    expect([workspace.layer, workspace.drawn.layer, workspace.hotspots === null, workspace.bands]).toEqual(['density', 'hotspots', false, null]);
    slow.letGo({ version, of: 'reporters', levels: [], features: [] });
    await looking;
    expect([workspace.drawn.layer, workspace.hotspots, workspace.bands === null]).toEqual(['density', null, false]);
  });

  it('keeps the counts when only its layer is refused, says why, and does not ask in vain again', async () => {
    const workspace = await opened();
    let asked = 0;
    instead = (path) => (path.includes('gi_star') ? ((asked += 1), 400) : undefined);
    await workspace.look('hotspots');
    expect([workspace.summary?.total, workspace.counts === null, workspace.hotspots, workspace.fault]).toEqual([9, false, null, null]);
    expect(workspace.layerFault).not.toBeNull();
    await look(workspace);
    expect(asked).toBe(1);
    await workspace.look('count');
    expect(workspace.layerFault).toBeNull();
  });

  it('asks again by itself for a layer that merely failed', async () => {
    const workspace = await opened();
    instead = (path) => (path.includes('gi_star') ? 503 : undefined);
    await workspace.look('hotspots');
    expect([workspace.summary?.total, workspace.hotspots]).toEqual([9, null]);
    instead = () => undefined;
    await look(workspace);
    expect([workspace.hotspots === null, workspace.layerFault]).toEqual([false, null]);
  });

  it('takes a density from coarser squares where the finest are too many', async () => {
    const workspace = await opened();
    const asked: string[] = [];
    instead = (path) => (path.includes('density') ? (asked.push(path.replace(/.*size_m=/, '')), path.includes('size_m=62.5') ? 400 : undefined) : undefined);
    await workspace.look('density');
    expect(asked).toEqual([62.5, 125].map((size) => `${size}&statistic=density&of=reporters&bandwidth_m=200&bands=6`));
    expect([workspace.drawing?.shown?.includes('size_m=125&statistic=density'), workspace.drawing?.cells?.includes('statistic=count'), workspace.bands === null, workspace.layerFault]).toEqual([true, true, false, null]);
  });

  it('compares a period with the one before, and chooses one when there is none', async () => {
    const workspace = await opened();
    const asked: string[] = [];
    instead = (path) => {
      if (path.includes('statistic=change')) asked.push(path.replace(/.*?&/, ''));
      return path.startsWith('/summary') ? { version, total: 9, month: ['2026-01', '2026-02', '2026-03', '2026-04'].map((month) => ({ month, count: 1 })) } : undefined;
    };
    await workspace.refresh();
    await workspace.look('compare');
    await workspace.show({ before: 'year' });
    const same = 'feeling=unsafe&from=2026-03-01&to=2026-05-01&grid=square&size_m=250&statistic=change&of=count';
    expect(asked).toEqual([`${same}&before_from=2026-01-01&before_to=2026-03-01`, `${same}&before_from=2025-03-01&before_to=2025-05-01`]);
    // What it chose goes with it; what somebody chose stays.
    await workspace.look('count');
    expect(workspace.period).toBeNull();
    await workspace.look('compare');
    await workspace.setFilters({ ...workspace.view.filters, from: '2026-02-01' });
    await workspace.look('hotspots');
    expect(workspace.period).toEqual({ from: '2026-02-01', to: '2026-04-30' });
    await workspace.show({ layer: 'compare' });
    const before = asked.length;
    await workspace.setFilters({ ...workspace.view.filters, from: null });
    expect([workspace.change, workspace.before, asked.length]).toEqual([null, null, before]);
  });

  it('counts the hours of the week without the hours and weekdays that are chosen', async () => {
    const workspace = await opened();
    instead = (path) => (path.startsWith('/summary') ? { version, total: path.includes('hour=') ? (path.includes('weekday=') ? 1 : 2) : path.includes('weekday=') ? 3 : 4 } : undefined);
    await workspace.refresh();
    const totals: (number | undefined)[] = [];
    for (const [hour, weekday] of [[[], []], [['1'], []], [[], ['1']], [['1'], ['1']]] as const) {
      const { filters } = workspace.view;
      await workspace.setFilters({ ...filters, lists: { ...filters.lists, hour: [...hour], weekday: [...weekday] } });
      totals.push(workspace.week?.total);
    }
    expect(totals).toEqual([4, 4, 4, 4]);
  });

  it('opens only when it knows its kommuner', async () => {
    const workspace = new Workspace();
    const seen: string[] = [];
    instead = (path) => void (path.startsWith('/municipalities?') && seen.push(workspace.session));
    await workspace.start();
    expect([seen, workspace.session]).toEqual([['asking'], 'in']);
  });

  it('lets the list be read anew when the kommun has moved on while the map was looked at', async () => {
    const workspace = await opened();
    await workspace.show({ tab: 'reports' });
    await workspace.show({ tab: 'map' });
    expect(workspace.book.loaded).toBe(true);
    version = 2;
    await look(workspace);
    expect(workspace.summary?.version).toBe(2);
    expect(workspace.book.loaded).toBe(false);
  });

  it('says that the session has ended however often it is refused', async () => {
    const workspace = await opened();
    instead = (path) => (path === '/session' ? { role: null } : 401);
    await workspace.refresh();
    await workspace.refresh();
    expect([workspace.session, workspace.door.expired]).toEqual(['out', true]);
  });

  it('draws anew what moved on, and a part of the map that did not come', async () => {
    const workspace = await opened();
    const first = workspace.drawing;
    expect(first?.cells).toContain('statistic=count');
    await look(workspace);
    expect(workspace.drawing).toBe(first);
    version = 2;
    await look(workspace);
    const second = workspace.drawing;
    expect([second === first, second]).toEqual([false, first]);

    workspace.missTile({ message: 'Service Unavailable', status: 503 });
    await vi.advanceTimersByTimeAsync(0);
    expect([workspace.patchy, workspace.session]).toEqual([true, 'in']);
    await look(workspace);
    expect([workspace.patchy, workspace.drawing === second, workspace.drawing]).toEqual([false, false, second]);
  });

  it('notices by a tile that the session has ended', async () => {
    const workspace = await opened();
    instead = (path) => (path === '/session' ? { role: null } : undefined);
    workspace.missTile({ message: 'Forbidden', status: 403 });
    await vi.advanceTimersByTimeAsync(0);
    expect([workspace.session, workspace.door.expired, workspace.patchy]).toEqual(['out', true, false]);
  });

  it('narrows list and numbers to the chosen cell by its name', async () => {
    const workspace = await opened();
    const asked: string[] = [];
    instead = (path) => {
      if (path.includes('&cell=')) asked.push(path);
      return path.startsWith('/heatmap') ? { columns: { cell: ['123'], centre: [[14, 56]], count: [4] } } : undefined;
    };
    await workspace.refresh();
    await workspace.show({ cell: '123', tab: 'reports' });
    expect(asked.map((path) => path.replace(/\?.*&cell=/, ' '))).toEqual(['/summary square250-123', '/reports square250-123&limit=50']);
    await workspace.show({ cell: null });
    expect([workspace.cellName, workspace.cellSummary]).toEqual([null, null]);
  });

  it('leaves open what was opened while another was saved', async () => {
    const workspace = await opened();
    await workspace.show({ tab: 'reports', report: REPORT });
    let saved: () => void = () => undefined;
    const saving = new Promise<void>((done) => (saved = done));
    instead = (path) => (path === `/reports/${REPORT}` ? saving.then(() => report(REPORT)) : undefined);
    const outcome = workspace.book.change({ status: 'planned' });
    await workspace.show({ report: OTHER });
    saved();
    expect(await outcome).toEqual({ kind: 'saved' });
    expect(workspace.book.opened?.feature.id).toBe(OTHER);
  });
});

describe('whoever may not do everything', () => {
  const guest = { role: 'person', person: { id: '1', name: 'Anna', login: 'anna@kommun.se' }, everywhere: [], rights: [{ municipality: { code: '0780', name: 'Kommun 0780' }, acts: ['see_live'], roles: [] }] };

  it('has the kommuner where there is something to see, and of reports no list, whatever the link asks for', async () => {
    const asked: string[] = [];
    instead = (path) => (path === '/session' ? guest : void asked.push(path));
    location.hash = `#municipality=0780&tab=reports&report=${REPORT}`;
    const workspace = await opened();
    expect(workspace.municipalities?.features.map(({ properties }) => properties.code)).toEqual(['0780']);
    expect([workspace.view.tab, workspace.view.report, workspace.book.loaded]).toEqual(['map', null, false]);
    expect(asked.filter((path) => path.startsWith('/reports'))).toEqual([]);
    expect([workspace.may('see_live'), workspace.may('export'), workspace.may('see_live', '1060')]).toEqual([true, false, false]);
  });

  it('is told whether a kommun is without Lykta or without a role', async () => {
    instead = (path) => (path === '/session' ? guest : undefined);
    const found: boolean[][] = [];
    for (const code of ['1060', '9999']) {
      location.hash = `#municipality=${code}`;
      const workspace = new Workspace();
      await workspace.start();
      found.push([workspace.stranger, workspace.foreign]);
    }
    expect(found).toEqual([[true, true], [true, false]]);
  });

  it('asks for no numbers where there is nothing to see', async () => {
    const asked: string[] = [];
    instead = (path) => (path === '/session' ? { ...guest, rights: [], everywhere: ['manage_people'] } : void asked.push(path));
    const workspace = new Workspace();
    await workspace.start();
    expect([workspace.session, workspace.sees, asked.filter((path) => !path.startsWith('/municipalities?'))]).toEqual(['in', false, []]);
  });
});
