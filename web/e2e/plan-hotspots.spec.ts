/** Hotspots at the desk: silent where there is too little, found where many people report, the same on map, in list and in table. */
import type { HotspotMap } from '../src/api/types';
import { api } from './asked';
import { expectAccessible, expectNoSideways } from './axe';
import { mapIdle, openPlan, sendReport, tabTo, WIDE } from './plan';
import { expect, test } from './server';

/** The demo's reports are of another source: from residents there are none yet. */
const QUIET = 'municipality=1862&source=resident';
const SPOT = [14.44, 59.16] as const;
const HOT = `/heatmap?${QUIET}&statistic=gi_star&grid=square&size_m=500`;

test.use({ viewport: WIDE, hasTouch: false });

test('too little data is said, and many people around one spot are a hotspot', async ({ page, request }) => {
  await openPlan(page, `${QUIET}&grid=square-500`);
  const hotspots = page.getByRole('radio', { name: 'Hotspots' });
  await tabTo(page, page.getByRole('radio', { name: 'Antal' }));
  await page.keyboard.press('ArrowRight');
  await expect(hotspots).toBeChecked();
  await expect(page).toHaveURL(/layer=hotspots/);
  await expect(page.getByTestId('hot-nothing')).toContainText('För få data');
  await expectAccessible(page, 'too little');

  // Six people in each of 3 × 3 squares, and a few elsewhere.
  for (let who = 0; who < 60; who++) {
    const near = who < 54;
    const [east, north] = near ? [((who % 3) - 1) * 0.0088, ((Math.floor(who / 3) % 3) - 1) * 0.0045] : [(who - 57) * 0.02, 0.04];
    await sendReport(request, { location: { type: 'Point', coordinates: [SPOT[0] + east, SPOT[1] + north] }, reporter: who.toString(16).padStart(32, '0') });
  }
  const { features, cells } = await api<HotspotMap>(request, HOT);
  const hot = features.filter(({ properties }) => properties.class > 0).sort((a, b) => b.properties.class - a.properties.class || (b.properties.gi_star ?? 0) - (a.properties.gi_star ?? 0));
  expect(hot.length).toBeGreaterThanOrEqual(9);
  expect(hot[0]?.properties.class).toBe(3);

  // The desk looks by itself; the link opens the same view.
  await expect(page.getByRole('heading', { name: `Tydligaste hotspots, av ${hot.length}` })).toBeVisible({ timeout: 20_000 });
  await page.reload();
  await expect(hotspots).toBeChecked();
  await mapIdle(page);
  await expect(page.locator('.map')).toHaveAttribute('data-cells', String(features.length));
  const legend = page.getByRole('region', { name: 'Hotspots, räknat på personer' });
  await expect(legend).toContainText('Mycket tydligt, q ≤ 0,01');
  await expect(legend).toContainText(new RegExp(`99\\s999 permutationer, frö 1, ${cells.toLocaleString('sv-SE').replace(/\s/, '\\s')} rutor`));

  const first = page.locator('.right ol button').first();
  await tabTo(page, first);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`cell=${hot[0]?.properties.cell}`));
  const card = page.getByRole('region', { name: 'Vald ruta' });
  await expect(card).toContainText('Mycket tydlig hotspot, q ≤ 0,01');
  await expect(card.getByTestId('hot-figures')).toHaveText(/^z\s=\s\d+(,\d)? · p\s=\s0,\d+ · q\s=\s0,\d+$/);
  // What is there: the commonest first, and when it was last.
  await expect(card).toContainText(/Senast i [a-z]+ 20\d\d/);
  const counts = (await card.getByRole('listitem').locator('b').allTextContents()).map(Number);
  expect(counts.length > 0 && counts.every((count, at) => count > 0 && count <= (counts[at - 1] ?? count))).toBe(true);
  await expectAccessible(page, 'a hotspot chosen');

  await page.getByRole('tab', { name: 'Tabell' }).click();
  await expect(page.getByRole('row', { name: 'Mycket tydlig hotspot' }).first()).toBeVisible();
  await expect(page.getByTestId('table-total')).toHaveText('60');
  await page.getByRole('radio', { name: 'Antal' }).check();
  await expect(page).not.toHaveURL(/layer=|statistic=/);
  await expect(page.getByText('Mycket tydlig hotspot')).toHaveCount(0);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`on a phone, ${colorScheme}`, () => {
    test.use({ viewport: { width: 360, height: 740 }, hasTouch: true, colorScheme });

    test('hotspots are legible, on the map and in the table', async ({ page }) => {
      for (const tab of ['map', 'table']) {
        await openPlan(page, `municipality=1060&layer=hotspots&tab=${tab}`);
        await expect(page.getByText('Mycket tydlig hotspot').first()).toBeAttached();
        if (tab === 'table') await expect(page.getByRole('row', { name: /hotspot, q ≤/ }).first()).toBeVisible();
        await expectAccessible(page, `${tab}, ${colorScheme}`);
        await expectNoSideways(page);
      }
    });
  });
}
