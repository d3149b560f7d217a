/** The public map: the release and nothing live, the same for everybody, with its method and its table. */
import type { PublicHeatmap } from '../src/api/types';
import { expectAccessible, expectNoSideways } from './axe';
import { KOMMUN, mapIdle, openPlan, toNumber, WIDE } from './plan';
import { expect, test } from './server';

const ASK = `/api/v1/heatmap?municipality=${KOMMUN}&feeling=unsafe&grid=square&size_m=500`;

test.use({ viewport: WIDE, hasTouch: false });

test('shows the release: period, map, legend, and the same numbers as a table', async ({ page, request }) => {
  const published = (await (await request.get(ASK)).json()) as PublicHeatmap;
  expect(published.release).not.toBeNull();
  await page.goto(`/karta#municipality=${KOMMUN}`);
  await expect(page.getByText('Sammanställning juli–september 2026').first()).toBeVisible();
  await mapIdle(page);
  await expect(page.locator('.map')).toHaveAttribute('data-cells', String(published.features.length));
  await expect(page.getByRole('region', { name: 'Rapporter per ruta, avrundat' })).toContainText('Inga eller bara några få');
  await expect(page.getByText('En streckad ruta betyder')).toBeVisible();
  const more = page.getByRole('button', { name: /^Visa alla/ });
  const shown = published.features.filter((cell) => cell.properties.count !== null);
  if (shown.length > 20) await more.filter({ hasText: 'rutor' }).click();
  const numbers = await page.locator('main table tbody td').allTextContents();
  expect(numbers.map(toNumber).sort((a, b) => a - b)).toEqual(shown.map((cell) => cell.properties.count ?? 0).sort((a, b) => a - b));
  for (const number of numbers) expect(toNumber(number) % 5).toBe(0);
});

test('another time, size and feeling each ask for a release, and stand in the address', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/heatmap')) asked.push(request.url());
  });
  await page.goto(`/karta#municipality=${KOMMUN}`);
  await mapIdle(page);
  await page.getByLabel('Rutor').selectOption('1000');
  await expect(page).toHaveURL(/size_m=1000/);
  await page.getByText('Tryggt', { exact: true }).click();
  await expect(page).toHaveURL(/feeling=safe/);
  await page.getByLabel('Tid').selectOption({ index: 1 });
  await expect(page).toHaveURL(/span=/);
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect.poll(() => asked.some((url) => url.includes('from=') && url.includes('size_m=1000') && url.includes('feeling=safe'))).toBe(true);
  for (const url of asked) expect(url).not.toMatch(/category|light=|hour|status/);
});

test('a planner who is logged in sees here what everybody sees', async ({ page, request }) => {
  const everybody = await (await request.get(ASK)).text();
  await openPlan(page);
  const answer = page.waitForResponse((response) => response.url().includes('/heatmap') && response.url().includes('size_m=500'));
  await page.goto(`/karta#municipality=${KOMMUN}`);
  expect(await (await answer).text()).toBe(everybody);
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 360, height: 740 }, hasTouch: true });

  test('the map comes first, on where most is, and shows the whole kommun when asked', async ({ page, request }) => {
    const published = (await (await request.get(ASK)).json()) as PublicHeatmap;
    await page.goto(`/karta#municipality=${KOMMUN}`);
    await mapIdle(page);
    const map = await page.locator('.frame').boundingBox();
    expect(map?.y).toBeLessThan(320);
    expect((map?.y ?? 0) + (map?.height ?? 0)).toBeLessThan(740);
    // The scale tells how far the map reaches: the town fills it, and the squares beyond lie over more than 20 km.
    expect(published.features.length).toBeGreaterThan(1);
    await expect(page.locator('.maplibregl-ctrl-scale')).toHaveText(/^([12]\skm|[35]00\sm)$/);
    await page.getByRole('button', { name: 'Visa hela kommunen' }).click();
    await expect(page.locator('.maplibregl-ctrl-scale')).toHaveText(/^([3-9]|\d\d)\skm$/);
    await expect(page.getByText('Fler val:')).toBeVisible();
    await page.getByText('Fler val:').click();
    await expect(page.getByLabel('Rutor')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Lämna sidan' })).toBeVisible();
    await page.getByRole('button', { name: /^EN/ }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Public map' })).toBeVisible();
  });
});

test('a square tells its number where it is pressed, and from the table by keyboard', async ({ page }) => {
  await page.goto(`/karta#municipality=${KOMMUN}`);
  await mapIdle(page);
  const row = page.locator('main table tbody tr').first();
  const number = toNumber(await row.locator('td').textContent());
  const button = row.getByRole('button');
  await button.focus();
  await page.keyboard.press('Enter');
  const card = page.getByRole('region', { name: 'Vald ruta' });
  await expect(card).toBeFocused();
  await expect(card).toContainText(`${number} rapporter, avrundat till femtal`);
  await card.getByRole('button', { name: 'Släpp rutan' }).press('Enter');
  await expect(card).toHaveCount(0);
  await expect(button).toBeFocused();

  // The same square by pressing it: choosing it has brought it to the middle of the map.
  await page.waitForTimeout(600);
  await page.locator('.map').click();
  await expect(card).toContainText(`${number} rapporter`);
  await page.locator('.map').click();
  await expect(card).toHaveCount(0);
});

test('a kommun that does not use Lykta is not shown as another one', async ({ page }) => {
  for (const code of ['0180', '9999']) {
    await page.goto('about:blank');
    await page.goto(`/karta#municipality=${code}`);
    await expect(page.getByRole('heading', { name: 'Kommunen använder inte Lykta' })).toBeVisible();
    await expect(page.locator('.map')).toHaveCount(0);
  }
  await page.getByRole('button', { name: 'Degerfors' }).click();
  await expect(page).toHaveURL(/municipality=1862/);
  await expect(page.getByText('Kommunen använder inte Lykta')).toHaveCount(0);
});

for (const width of [360, 1280]) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test.describe(`${width} px, ${colorScheme}`, () => {
      test.use({ viewport: { width, height: 800 }, colorScheme });

      for (const lang of ['sv', 'en'] as const) {
        test(`is accessible: ${lang}`, async ({ page }) => {
          await page.goto(`/karta?lang=${lang}#municipality=${KOMMUN}`);
          await expect(page.locator('html')).toHaveAttribute('lang', lang);
          await mapIdle(page);
          await expect(page.locator('main table')).toBeVisible();
          await expectAccessible(page, `public map, ${width} px, ${colorScheme}, ${lang}`);
          await expectNoSideways(page);
        });
      }
    });
  }
}

test('an address that does not exist is told as a page, with ways on', async ({ page, request }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  const answer = await page.goto('/finns-inte');
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole('heading', { name: 'Sidan finns inte' })).toBeVisible();
  await expectNoSideways(page);
  await expectAccessible(page, 'no such page');
  await page.getByRole('link', { name: 'Den öppna kartan' }).click();
  await expect(page).toHaveURL(/\/karta/);
  const asked = await request.get('/finns-inte', { headers: { accept: 'application/json' } });
  expect(asked.headers()['content-type']).toBe('application/problem+json');
});
