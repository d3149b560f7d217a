/** The desk's other views: density, two periods side by side, the hours of the week, and what is shown as files. */
import { readFileSync } from 'node:fs';
import type { BandMap, ChangeMap, Summary } from '../src/api/types';
import { api } from './asked';
import { expectAccessible, expectNoSideways } from './axe';
import { mapIdle, openPlan, shownTotal, tabTo, toNumber, WIDE } from './plan';
import { expect, test } from './server';

const OLOF = 'municipality=1060&feeling=unsafe';

test.use({ viewport: WIDE, hasTouch: false });

/** How many pixels of a map have one of the warmer colours of the moment. */
const drawn = (canvas: string) => `(() => {
  const source = document.querySelector(${JSON.stringify(canvas)});
  const copy = document.createElement('canvas');
  [copy.width, copy.height] = [source.width, source.height];
  const pen = copy.getContext('2d');
  pen.drawImage(source, 0, 0);
  const { data } = pen.getImageData(0, 0, copy.width, copy.height);
  const heat = [4, 5, 6].map((step) => {
    pen.fillStyle = getComputedStyle(document.documentElement).getPropertyValue('--heat-' + step).trim();
    return pen.fillStyle;
  });
  const hex = (n) => n.toString(16).padStart(2, '0');
  let found = 0;
  for (let i = 0; i < data.length; i += 4) if (heat.includes('#' + hex(data[i]) + hex(data[i + 1]) + hex(data[i + 2]))) found += 1;
  return found;
})()`;

/** How many pixels of a picture, above a line, have one of the colours. */
async function countPixels({ base64, colours, until }: { base64: string; colours: string[]; until: number }): Promise<number> {
  const image = new Image();
  image.src = `data:image/png;base64,${base64}`;
  await image.decode();
  const copy = document.createElement('canvas');
  [copy.width, copy.height] = [image.width, until];
  const pen = copy.getContext('2d');
  if (!pen) return -1;
  pen.drawImage(image, 0, 0);
  const { data } = pen.getImageData(0, 0, copy.width, copy.height);
  const hex = (n = 0) => n.toString(16).padStart(2, '0');
  let found = 0;
  for (let i = 0; i < data.length; i += 4) if (colours.includes(`#${hex(data[i])}${hex(data[i + 1])}${hex(data[i + 2])}`)) found += 1;
  return found;
}

test('a density says its kernel and bandwidth, is drawn in the bands of the legend, and says when there is nothing', async ({ page, request }) => {
  await openPlan(page, OLOF);
  await tabTo(page, page.getByRole('radio', { name: 'Antal' }));
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('radio', { name: 'Täthet' })).toBeChecked();
  await expect(page).toHaveURL(/layer=density/);
  const asked = await api<BandMap>(request, `/heatmap?${OLOF}&grid=square&size_m=62.5&statistic=density&of=reporters&bandwidth_m=200&bands=6`);
  const legend = page.getByRole('region', { name: 'Täthet, personer per km²' });
  await expect(legend).toContainText('quartic, bandbredd 200 m, på rutor om 62,5 m, räknat på personer', { timeout: 20_000 });
  await expect(legend.getByRole('listitem')).toHaveCount(asked.levels.length);
  await expect(page.locator('.map')).toHaveAttribute('data-bands', String(asked.features.length));
  await mapIdle(page);
  expect(await page.evaluate(drawn('.map canvas'))).toBeGreaterThan(50);

  await page.getByLabel('Varje rapport räknas inom').selectOption('400');
  await expect(legend).toContainText('bandbredd 400 m', { timeout: 20_000 });
  await page.reload();
  await expect(legend).toContainText('bandbredd 400 m', { timeout: 20_000 });
  await expectAccessible(page, 'density');

  await openPlan(page, `${OLOF}&layer=density&from=1999-01-01&to=1999-12-31`);
  await expect(page.getByTestId('density-doubt')).toHaveText('Ingenting att räkna tätheten av i urvalet.');
});

test('two periods share cells and scale, and the border between them is moved with the keys', async ({ page, request }) => {
  await openPlan(page, `${OLOF}&from=2026-01-01&to=2026-06-30`);
  await page.getByRole('radio', { name: 'Jämför' }).check();
  const change = await api<ChangeMap>(request, `/heatmap?${OLOF}&from=2026-01-01&to=2026-07-01&grid=square&size_m=250&statistic=change&of=count&before_from=2025-07-01&before_to=2026-01-01`);
  await expect(page.getByTestId('spans')).toHaveText(/Före 1 juli 2025 – 31 december 2025\s*Efter 1 januari 2026 – 30 juni 2026/);
  await expect(page.getByTestId('change-all')).toContainText(`${change.total_before} före, ${change.total} efter`);
  await expect(page.locator('.map')).toHaveAttribute('data-cells', String(change.features.length));
  await expect(page.locator('.swipe[data-idle="true"]')).toBeVisible({ timeout: 30_000 });
  await mapIdle(page);
  for (const canvas of ['.map canvas', '.before-map canvas']) expect(await page.evaluate(drawn(canvas)), canvas).toBeGreaterThan(50);

  const border = page.getByRole('slider', { name: 'Gräns mellan kartan före och kartan efter' });
  const width = async () => (await border.boundingBox())?.width ?? 0;
  expect(await width()).toBeGreaterThanOrEqual(44);
  await border.focus();
  for (const [key, value] of [['ArrowRight', '52'], ['ArrowLeft', '50'], ['PageUp', '60'], ['Home', '0'], ['ArrowLeft', '0'], ['End', '100']] as const) {
    await page.keyboard.press(key);
    await expect(border).toHaveAttribute('aria-valuenow', value);
  }
  await expect(border).toHaveAttribute('aria-valuetext', /^100\s%/);
  const box = await page.locator('.swipe').boundingBox();
  const handle = await border.boundingBox();
  if (!box || !handle) throw new Error('nothing to drag');
  await page.mouse.move(handle.x + handle.width / 2, handle.y + handle.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.25, handle.y, { steps: 5 });
  await page.mouse.up();
  await expect(border).toHaveAttribute('aria-valuenow', /^2[3-7]$/);
  await expectAccessible(page, 'compare');

  await page.getByLabel('Jämför med').selectOption('year');
  await expect(page.getByTestId('spans')).toContainText('1 januari 2025 – 30 juni 2025');
  await expect(page).toHaveURL(/before=year/);
  await page.getByLabel('Jämför med').selectOption('own');
  await page.getByLabel('Före, från').fill('2025-03-01');
  await expect(page.getByTestId('spans')).toContainText('1 mars 2025 – 30 juni 2025');
  await page.reload();
  await expect(page.getByTestId('spans')).toContainText('1 mars 2025 – 30 juni 2025');
  await page.getByRole('tab', { name: 'Tabell' }).click();
  await expect(page.locator('caption')).toHaveText('Förändring per ruta, tydligast först');
  await expect(page.getByRole('columnheader')).toHaveText(['Nr', 'Plats', 'Före', 'Efter']);
  await expect(page.getByRole('row', { name: /gånger så många per dag .* · q/ }).first()).toBeVisible();
  await expectAccessible(page, 'compare, table');
});

test('an evening of the weekend is chosen in the week with the keys, and with the pointer', async ({ page, request }) => {
  await openPlan(page, OLOF);
  const { hour_of_week: week, total: all } = await api<Summary>(request, `/summary?${OLOF}`);
  const grid = page.getByRole('grid', { name: 'Rapporter per veckodag och timme' });
  await expect(grid.getByRole('gridcell', { name: `fredag kl. 22–23: ${week[4 * 24 + 22]} rapporter` })).toBeVisible();
  await tabTo(page, grid);
  for (const key of ['End', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'Shift+ArrowDown', 'Shift+ArrowLeft', 'Shift+ArrowLeft']) await page.keyboard.press(key);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/hour=21,22,23/);
  await expect(page).toHaveURL(/weekday=5,6/);
  const wanted = [4, 5].flatMap((day) => [21, 22, 23].map((hour) => week[day * 24 + hour] ?? 0)).reduce((sum, count) => sum + count, 0);
  await expect.poll(() => shownTotal(page)).toBe(wanted);
  await expect(grid.getByRole('gridcell', { selected: true })).toHaveCount(6);
  // The week still tells all its hours.
  await expect(grid.getByRole('gridcell', { name: `måndag kl. 08–09: ${week[8]} rapporter` })).toBeVisible();
  await expectAccessible(page, 'hours of the week');

  await page.getByRole('button', { name: 'Alla timmar och dagar' }).click();
  await expect(page).not.toHaveURL(/hour=/);
  // What the answer brings moves the grid.
  await expect.poll(() => shownTotal(page)).toBe(all);
  const from = await grid.getByRole('gridcell', { name: /^måndag kl\. 07–08/ }).boundingBox();
  const to = await grid.getByRole('gridcell', { name: /^onsdag kl\. 08–09/ }).boundingBox();
  if (!from || !to) throw new Error('no cells');
  await page.mouse.move(from.x + 3, from.y + 3);
  await page.mouse.down();
  await page.mouse.move(to.x + 3, to.y + 3, { steps: 4 });
  await page.mouse.up();
  await expect(page).toHaveURL(/hour=7,8/);
  await expect(page).toHaveURL(/weekday=1,2,3/);
});

test('the period slides month by month', async ({ page, request }) => {
  await openPlan(page, OLOF);
  const { month } = await api<Summary>(request, `/summary?${OLOF}`);
  const slider = page.getByRole('slider', { name: 'Flytta i tiden' });
  await expect(slider).toHaveAttribute('aria-valuetext', 'Hela tiden');
  await slider.focus();
  await page.keyboard.press('ArrowLeft');
  await expect.poll(() => shownTotal(page)).toBe(month.at(-2)?.count);
  await page.getByRole('button', { name: 'Steget efter' }).click();
  await expect.poll(() => shownTotal(page)).toBe(month.at(-1)?.count);
  await page.getByRole('combobox', { name: /^Steg/ }).selectOption('quarter');
  // The calendar's quarter of the last month, which need not be over.
  const quarterOf = (text: string) => `${text.slice(0, 4)}-${Math.ceil(Number(text.slice(5)) / 3)}`;
  const last = quarterOf(month.at(-1)?.month ?? '');
  await expect.poll(() => shownTotal(page)).toBe(month.reduce((sum, one) => sum + (quarterOf(one.month) === last ? one.count : 0), 0));
  await expectAccessible(page, 'slider');
});

test.describe('by night', () => {
  test.use({ colorScheme: 'dark' });

  test('what is shown is taken along as GeoJSON, CSV and a picture by day, in every view', async ({ page }) => {
    test.setTimeout(180_000);
    for (const [view, title] of [['', 'Rapporter per ruta'], ['&layer=hotspots', 'Hotspots'], ['&layer=density', 'Täthet'], ['&layer=compare&from=2026-01-01&to=2026-06-30', 'före och efter']] as const) {
      await openPlan(page, `${OLOF}${view}`);
      await expect(page.locator('.legend h2').filter({ hasText: title })).toBeVisible({ timeout: 20_000 });
      await mapIdle(page);
      if (view.includes('compare')) await expect(page.locator('.swipe[data-idle="true"]')).toBeVisible({ timeout: 30_000 });
      const take = async (name: string) => {
        const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name, exact: true }).click()]);
        return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
      };
      const map = await take('GeoJSON');
      const { type, features, method } = JSON.parse(map.bytes.toString()) as { type: string; features: unknown[]; method: string };
      expect([type, features.length > 0, method.startsWith('lykta-')], view).toEqual(['FeatureCollection', true, true]);
      const rows = (await take('CSV')).bytes.toString().trim().split('\r\n');
      const head = (rows[0] ?? '').replace('\uFEFF', '').split(';');
      expect(head, view).toEqual(expect.arrayContaining(['cell', 'longitude', view.includes('density') ? 'density_per_km2' : view.includes('compare') ? 'ratio' : view.includes('hotspots') ? 'gi_star' : 'reports']));
      expect(rows.length, view).toBeGreaterThan(10);
      expect(rows[1]?.split(';')[head.indexOf('longitude')], 'a Swedish number').toMatch(/^1\d,\d+$/);
      const picture = await take('Bild (PNG)');
      expect(picture.name).toMatch(/^lykta-1060-.*\.png$/);
      const [width, height] = [picture.bytes.readUInt32BE(16), picture.bytes.readUInt32BE(20)];
      // As wide as the paper, and taller than its map by heading, legend and method.
      expect([width, height > 760, picture.bytes.length > 20_000], view).toEqual([1000, true, true]);
      const day = view.includes('hotspots') ? ['#b5402a', '#7a1420'] : ['#cf7418', '#f0a63d'];
      const found = await page.evaluate(countPixels, { base64: picture.bytes.toString('base64'), colours: day, until: height - 200 });
      expect(found, `${view} is drawn by day`).toBeGreaterThan(100);
    }
  });
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`on a phone, ${colorScheme}`, () => {
    test.use({ viewport: { width: 360, height: 740 }, hasTouch: true, colorScheme });

    test('density, comparison and the week are legible and reachable', async ({ page }) => {
      test.setTimeout(120_000);
      for (const view of ['layer=density', 'layer=compare&from=2026-01-01&to=2026-06-30', 'tab=filters']) {
        await openPlan(page, `${OLOF}&${view}`);
        if (view.includes('compare')) await expect(page.getByRole('slider', { name: /^Gräns/ })).toBeVisible({ timeout: 30_000 });
        else if (view.includes('density')) await expect(page.getByRole('region', { name: 'Täthet, personer per km²' })).toContainText('quartic', { timeout: 20_000 });
        else await expect(page.getByRole('grid')).toBeVisible();
        await expectAccessible(page, `${view}, ${colorScheme}`);
        await expectNoSideways(page);
      }
    });

    test('a chosen hotspot leaves the map to be seen', async ({ page }) => {
      await openPlan(page, `${OLOF}&layer=hotspots`);
      await page.locator('.right ol button').first().click();
      const card = page.locator('.picked').getByRole('region', { name: 'Vald ruta' });
      await expect(card).toBeVisible();
      expect((await card.boundingBox())?.height ?? 999).toBeLessThanOrEqual(56);
      await card.getByRole('button', { name: 'Visa mer om rutan' }).click();
      await expect(card.getByTestId('hot-figures')).toBeVisible();
      expect(toNumber(await card.getByRole('button', { name: /Läs rapporterna/ }).textContent())).toBeGreaterThan(0);
    });
  });
}
