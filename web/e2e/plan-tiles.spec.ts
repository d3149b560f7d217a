/** What the map draws from tiles is what the API says, cell by cell: in every layer, near and far, as it changes, and when it fails. */
import type { Polygon } from 'geojson';
import type { ChangeMap, HotspotMap, LiveHeatmap, ReportPage } from '../src/api/types';
import { heatBreaks } from '../src/map/breaks';
import { cellCenter, contains, distance, type LonLat } from '../src/map/geo';
import { api } from './asked';
import { colours, drawnAt, mapIdle, openPlan, sendReport, shownTotal, WIDE } from './plan';
import { expect, test } from './server';

const OLOF = 'municipality=1060&feeling=unsafe';
const HEAT = [1, 2, 3, 4, 5, 6].map((step) => `heat-${step}`);
const SURE = ['90', '95', '99'];
const HOT = [...SURE.map((sure) => `cold-${sure}`).reverse(), ...SURE.map((sure) => `hot-${sure}`)];

test.use({ viewport: WIDE, hasTouch: false });

interface Cell {
  geometry: Polygon;
  /** The role of its colour; none where it has no colour of its own. */
  role: string | null;
}

/** Between the middle of a cell and a corner: a sign or a name stands at the middle. */
function aside({ coordinates, type }: Polygon): LonLat {
  const [x, y] = cellCenter({ type, coordinates });
  const [cornerX = x, cornerY = y] = coordinates[0]?.[0] ?? [];
  return [x + 0.45 * (cornerX - x), y + 0.45 * (cornerY - y)];
}

/** The same place in the cell to the east, where there is none. */
function besides(cells: readonly Cell[]): LonLat[] {
  const places = cells.map(({ geometry }): LonLat => {
    const xs = (geometry.coordinates[0] ?? []).map(([x = 0]) => x);
    const [x, y] = cellCenter(geometry);
    return [x + 0.8 * (Math.max(...xs) - Math.min(...xs)), y];
  });
  return places.filter((place) => !cells.some(({ geometry }) => contains(geometry, place)));
}

/** Every cell in view has its own colour and no other; a name or an outline may lie over a few. */
async function expectDrawn(page: Parameters<typeof colours>[0], canvas: string, cells: readonly Cell[], roles: readonly string[], least: number): Promise<void> {
  const palette = await colours(page, roles);
  const known = new Set(palette.values());
  const seen = await drawnAt(page, canvas, cells.map(({ geometry }) => aside(geometry)));
  let [right, inView] = [0, 0];
  const wrong: string[] = [];
  cells.forEach(({ role, geometry }, i) => {
    const colour = seen[i];
    if (!colour) return;
    inView += 1;
    const want = role === null ? null : palette.get(role);
    if (role === null ? !known.has(colour) : colour === want) right += 1;
    else if (known.has(colour)) wrong.push(`${cellCenter(geometry).join()}: ${colour}, not ${want}`);
  });
  expect(wrong, canvas).toEqual([]);
  expect(inView, canvas).toBeGreaterThanOrEqual(least);
  expect(right / inView, canvas).toBeGreaterThan(0.9);
  const empty = (await drawnAt(page, canvas, besides(cells))).filter((colour) => colour !== null);
  expect(empty.length).toBeGreaterThan(0);
  expect(empty.filter((colour) => known.has(colour)), `${canvas}, beside the cells`).toEqual([]);
}

/** The step of heat that a number has in the legend; none is not drawn. */
const stepOf = (breaks: readonly number[], count: number): string | null => (count > 0 ? `heat-${breaks.filter((from) => from <= count).length}` : null);

test('counts: every cell of every grid has the colour of its number, near and far out', async ({ page, request }) => {
  test.setTimeout(120_000);
  for (const [grid, asked, at, least] of [
    ['square-250', 'grid=square&size_m=250', '14.53,56.28,11.6', 150],
    ['square-1000', 'grid=square&size_m=1000', '14.53,56.28,9.3', 100],
    ['hex-400', 'grid=hex&size_m=400', '14.53,56.28,10.5', 60],
    ['h3-8', 'grid=h3&resolution=8', '14.53,56.28,10.5', 60],
  ] as const) {
    const { features } = await api<LiveHeatmap>(request, `/heatmap?${OLOF}&${asked}`);
    const breaks = heatBreaks(features.map(({ properties }) => properties.count ?? 0));
    await openPlan(page, `${OLOF}&grid=${grid}&at=${at}`);
    await mapIdle(page);
    await expect(page.locator('.map')).toHaveAttribute('data-cells', String(features.length));
    await expectDrawn(page, '.map canvas', features.map(({ geometry, properties }) => ({ geometry, role: stepOf(breaks, properties.count ?? 0) })), HEAT, least);
  }
});

test('hotspots: every cell has the colour of its class', async ({ page, request }) => {
  const { features } = await api<HotspotMap>(request, `/heatmap?${OLOF}&grid=square&size_m=250&statistic=gi_star&of=reporters`);
  expect(features.some(({ properties }) => properties.class === 3)).toBe(true);
  const roleOf = (of: number) => (of === 0 ? null : `${of > 0 ? 'hot' : 'cold'}-${SURE[Math.abs(of) - 1]}`);
  await openPlan(page, `${OLOF}&layer=hotspots&at=14.53,56.28,11.60`);
  await mapIdle(page);
  await expectDrawn(page, '.map canvas', features.map(({ geometry, properties }) => ({ geometry, role: roleOf(properties.class) })), HOT, 150);
});

test('two periods: each map has its own numbers in one scale, and the border stands in the address', async ({ page, request }) => {
  const { features } = await api<ChangeMap>(request, `/heatmap?${OLOF}&from=2026-01-01&to=2026-07-01&grid=square&size_m=250&statistic=change&of=count&before_from=2025-07-01&before_to=2026-01-01`);
  const breaks = heatBreaks(features.flatMap(({ properties }) => [properties.before, properties.after]));
  await openPlan(page, `${OLOF}&layer=compare&from=2026-01-01&to=2026-06-30&divider=35&at=14.53,56.28,11.60`);
  await expect(page.locator('.swipe[data-idle="true"]')).toBeVisible({ timeout: 30_000 });
  await mapIdle(page);
  for (const [canvas, which] of [['.map canvas', 'after'], ['.before-map canvas', 'before']] as const) {
    await expectDrawn(page, canvas, features.map(({ geometry, properties }) => ({ geometry, role: stepOf(breaks, properties[which]) })), HEAT, 100);
  }
  const border = page.getByRole('slider', { name: /^Gräns/ });
  await expect(border).toHaveAttribute('aria-valuenow', '35');
  await border.focus();
  await page.keyboard.press('PageUp');
  await expect(page).toHaveURL(/divider=45/);
  await page.keyboard.press('ArrowRight');
  for (let i = 0; i < 2; i++) await page.keyboard.press('ArrowRight');
  await expect(page).toHaveURL(/divider=51/);
});

test('another choice and a new report are drawn in place of what was there', async ({ page, request }) => {
  const VAXJO = 'municipality=0780&feeling=unsafe';
  const at: LonLat = [14.8, 56.88];
  await openPlan(page, `${VAXJO}&at=${at.join()},12.00`);
  await mapIdle(page);
  await page.getByRole('button', { name: /^Mörker \d/ }).first().click();
  await expect(page).toHaveURL(/light=dark/);
  const dark = await api<LiveHeatmap>(request, `/heatmap?${VAXJO}&light=dark&grid=square&size_m=250`);
  await expect(page.locator('.map')).toHaveAttribute('data-cells', String(dark.features.length));
  await mapIdle(page);
  const breaks = heatBreaks(dark.features.map(({ properties }) => properties.count ?? 0));
  await expectDrawn(page, '.map canvas', dark.features.map(({ geometry, properties }) => ({ geometry, role: stepOf(breaks, properties.count ?? 0) })), HEAT, 50);

  await openPlan(page, `${VAXJO}&at=${at.join()},12.00`);
  await mapIdle(page);
  const before = await shownTotal(page);
  const { features } = await api<LiveHeatmap>(request, `/heatmap?${VAXJO}&grid=square&size_m=250`);
  const [spot = at] = besides(features.map(({ geometry }) => ({ geometry, role: null }))).sort((a, b) => distance(a, at) - distance(b, at)).slice(5);
  const least = [...(await colours(page, ['heat-1'])).values()];
  expect(await drawnAt(page, '.map canvas', [spot])).not.toEqual(least);
  await sendReport(request, { location: { type: 'Point', coordinates: [...spot] } });
  await expect.poll(() => shownTotal(page), { timeout: 20_000 }).toBe(before + 1);
  await expect.poll(() => drawnAt(page, '.map canvas', [spot]), { timeout: 20_000 }).toEqual(least);
});

test('near enough, each report is a dot that opens it, and the legend says which is which', async ({ page, request }) => {
  const { features } = await api<ReportPage>(request, '/reports?municipality=0780&limit=200');
  const one = features.find(({ geometry, properties }) => geometry && properties.feeling === 'unsafe');
  const [lon = 0, lat = 0] = one?.geometry?.coordinates ?? [];
  await openPlan(page, `municipality=0780&at=${lon.toFixed(5)},${lat.toFixed(5)},14.00`);
  await mapIdle(page);
  await expect(page.getByText('Trygg rapport')).toHaveCount(0);
  await openPlan(page, `municipality=0780&at=${lon.toFixed(5)},${lat.toFixed(5)},18.00`);
  await mapIdle(page);
  await expect(page.getByText('Trygg rapport')).toBeVisible();
  const box = await page.locator('.map').boundingBox();
  if (!box) throw new Error('no map');
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  await expect(page).toHaveURL(/report=/);
  await expect(page.getByRole('article')).toBeVisible();
});

test('a part of the map that does not come is told, and comes by itself', async ({ page }) => {
  let broken = true;
  await page.route('**/tiles/heatmap/**', (route) => (broken ? route.fulfill({ status: 503 }) : route.continue()));
  await openPlan(page, `${OLOF}&at=14.53,56.28,11.60`);
  await expect(page.getByTestId('map-patchy')).toContainText('En del av kartan kunde inte hämtas');
  broken = false;
  await expect(page.getByTestId('map-patchy')).toHaveCount(0, { timeout: 20_000 });
  await mapIdle(page);
  const { features } = await api<LiveHeatmap>(page.request, `/heatmap?${OLOF}&grid=square&size_m=250`);
  const breaks = heatBreaks(features.map(({ properties }) => properties.count ?? 0));
  await expectDrawn(page, '.map canvas', features.map(({ geometry, properties }) => ({ geometry, role: stepOf(breaks, properties.count ?? 0) })), HEAT, 150);
});
