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
  await expect(page.getByText(`Sammanställning ${published.release?.period}`).first()).toBeVisible();
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
