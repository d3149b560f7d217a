/** Moderation by keys alone, with everything taken back; what everybody sees follows. */
import type { APIRequestContext, Page } from '@playwright/test';
import { expectAccessible, expectNoSideways } from './axe';
import { demoPassword, enter, MODERATOR } from './people';
import { expect, test } from './server';

/** How many reports everybody sees: asked without a session. */
const shown = async (stranger: APIRequestContext) => ((await (await stranger.get('/api/v1/reports?municipality=1060&limit=1')).json()) as { total: number }).total;
const said = (page: Page) => page.locator('p.said');

test('a moderator shows, counts, holds and rejects with one key each, and takes it back', async ({ page, request, server }) => {
  await enter(page, MODERATOR, demoPassword(server));
  await page.goto('/granska');
  const title = page.locator('#case-title');
  await expect(title).toBeVisible();
  const waiting = async () => Number(/\((\d+)\)/.exec(await page.getByText(/^Väntar \(/).innerText())?.[1]);
  const first = await waiting();
  expect(first).toBeGreaterThan(4);
  const ids = await page.locator('.row').count();
  expect(ids).toBeGreaterThan(4);
  await page.locator('body').press('r');
  await expect(said(page)).toHaveText('Klart: Räknas. Ångra med Z.');
  await page.locator('body').press('h');
  await expect(said(page)).toHaveText('Klart: Hålls kvar. Ångra med Z.');
  await page.locator('body').press('a');
  await expect(page.getByRole('button', { name: '1 skräp eller reklam' })).toBeFocused();
  await page.keyboard.press('2');
  await expect(said(page)).toHaveText('Klart: Avvisade. Ångra med Z.');
  expect(await waiting()).toBe(first - 3);

  // A thing is on the public list by one key, and off it again.
  const before = await shown(request);
  while ((await page.locator('#words').count()) === 0 || !(await page.getByText('ser alla platsen').isVisible())) await page.locator('body').press('j');
  await page.locator('#words').fill('Ord som alla får läsa');
  // Keys are letters while one writes.
  await page.locator('#words').press('v');
  await expect(page.locator('#words')).toHaveValue('Ord som alla får läsav');
  await page.getByRole('button', { name: 'Visa med orden' }).focus();
  await page.keyboard.press('o');
  await expect(said(page)).toHaveText('Klart: Visas. Ångra med Z.');
  expect(await shown(request)).toBe(before + 1);
  for (let n = 0; n < 4; n += 1) {
    await page.locator('body').press('z');
    await expect(said(page)).toHaveText('Ångrat. Rapporten är som förut.');
  }
  expect(await shown(request)).toBe(before);
  expect(await waiting()).toBe(first);
  await page.locator('body').press('z');
  await expect(said(page)).toHaveText('Det finns inget att ångra.');

  // Somebody else is faster: nothing is overwritten, and it is said.
  const id = await page.locator('#case-title ~ p a').first().getAttribute('href').then((href) => /report=([\w-]+)/.exec(href ?? '')?.[1]);
  const tag = (await page.request.get(`/api/v1/reports/${id}`)).headers()['etag'] ?? '';
  const other = await page.request.put(`/api/v1/reports/${id}/moderation`, { data: { state: 'counted' }, headers: { 'If-Match': tag, 'Sec-Fetch-Site': 'same-origin' } });
  expect(other.status()).toBe(200);
  await page.locator('body').press('v');
  await expect(said(page)).toHaveText('Någon annan hann före. Rapporten visas som den är nu.');
});

test('two reports are put to one place and taken apart', async ({ page, server }) => {
  await enter(page, MODERATOR, demoPassword(server));
  await page.goto('/granska');
  await expect(page.locator('#case-title')).toBeVisible();
  for (let n = 0; n < 60 && (await page.getByRole('button', { name: 'Samma plats' }).count()) === 0; n += 1) await page.locator('body').press('j');
  await page.getByRole('button', { name: 'Samma plats' }).first().press('Enter');
  await expect(said(page)).toHaveText('De hör nu till samma plats.');
  await expect(page.getByText('har berättat om platsen')).toBeVisible();
  await page.getByRole('button', { name: 'Ta isär' }).press('Enter');
  await expect(said(page)).toHaveText('De är skilda åt igen.');
  await expect(page.getByText('har berättat om platsen')).toHaveCount(0);
});

for (const [width, colorScheme] of [[360, 'dark'], [360, 'light'], [1280, 'light'], [1280, 'dark']] as const) {
  test.describe(`${width} px, ${colorScheme}`, () => {
    test.use({ viewport: { width, height: 800 }, colorScheme });

    test('the page of moderation is accessible and no wider than its window', async ({ page, server }) => {
      await enter(page, MODERATOR, demoPassword(server));
      for (const lang of ['sv', 'en']) {
        await page.goto('about:blank');
        await page.goto(`/granska?lang=${lang}`);
        await expect(page.locator('#case-title')).toBeVisible();
        await page.locator('body').press('a');
        await expectAccessible(page, `granska, ${width} px, ${colorScheme}, ${lang}`);
        await expectNoSideways(page);
        if (process.env.SHOTS_TO && lang === 'sv') await page.screenshot({ path: `${process.env.SHOTS_TO}/granska-${width}-${colorScheme}.png`, fullPage: true });
      }
      if (width < 700) await page.locator('#state').selectOption('rejected');
      else await page.getByText(/^(Avvisade|Rejected) \(/).first().click();
      await expect(page.getByText(/Inget är avvisat|Nothing is rejected|Avvisad:|Rejected:/).first()).toBeVisible();
      await expectAccessible(page, `granska, rejected, ${width} px, ${colorScheme}`);
    });
  });
}
