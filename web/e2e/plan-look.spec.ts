/** The workspace in every state: accessible, and never wider than its window, by day and by night, on a phone and on a desk. */
import { expectAccessible, expectNoSideways } from './axe';
import { KOMMUN, mapIdle, openPlan, total } from './plan';
import { expect, test } from './server';

const EVERY = [360, 1280].flatMap((width) => (['light', 'dark'] as const).flatMap((colorScheme) => (['sv', 'en'] as const).map((lang) => ({ width, colorScheme, lang }))));

for (const { width, colorScheme, lang } of EVERY) {
  test.describe(`${width} px, ${colorScheme}, ${lang}`, () => {
    test.use({ viewport: { width, height: 800 }, colorScheme, hasTouch: width < 1000 });

    test('every state of the workspace', async ({ page }) => {
      test.setTimeout(120_000);
      const state = async (name: string) => {
        await expectAccessible(page, `${name}, ${width} px, ${colorScheme}, ${lang}`);
        await expectNoSideways(page);
        // On a desk the parts scroll, the page does not.
        if (width > 1000 && name !== 'login') expect(await page.evaluate(() => document.documentElement.scrollHeight - innerHeight)).toBeLessThanOrEqual(0);
      };
      await page.goto(`/plan?lang=${lang}`);
      await expect(page.locator('html')).toHaveAttribute('lang', lang);
      await page.locator('summary').click();
      await expect(page.locator('#key')).toBeVisible();
      await state('login');

      await openPlan(page);
      await mapIdle(page);
      await state('map');

      await openPlan(page, `municipality=${KOMMUN}&light=dark&category=dark,lighting_broken&travel_mode=walking&tab=${width < 1000 ? 'filters' : 'map'}`);
      await page.evaluate(() => document.querySelectorAll('details').forEach((part) => (part.open = true)));
      await state('filters, everything open');

      await openPlan(page, `municipality=${KOMMUN}&tab=table`);
      await expect(page.getByTestId('table-total')).toBeVisible();
      await state('table');

      await openPlan(page, `municipality=${KOMMUN}&tab=reports`);
      await page.locator('.list li button').first().click();
      await expect(page.getByRole('article')).toBeVisible();
      await state('report');

      await openPlan(page, `municipality=${KOMMUN}&from=1999-01-01&to=1999-12-31`);
      await expect(total(page)).toHaveText('0');
      await state('empty');
    });
  });
}

test.describe('on paper', () => {
  test.use({ viewport: { width: 1280, height: 800 }, colorScheme: 'dark', hasTouch: false });

  test('a printed page says what it shows, with the map by day', async ({ page }) => {
    await openPlan(page, `municipality=${KOMMUN}&light=dark`);
    await mapIdle(page);
    // The dialog itself cannot be driven; what the button prepares for it can be looked at.
    await page.evaluate(() => (window.print = () => window.dispatchEvent(new Event('beforeprint'))));
    await page.getByRole('button', { name: 'Skriv ut' }).click();
    const picture = page.locator('.print img');
    await expect(picture).toHaveAttribute('src', /^data:image\/png/);
    await page.emulateMedia({ media: 'print' });
    await expect(picture).toBeVisible();
    const paper = page.locator('.print');
    for (const text of ['Lykta · Växjö', 'i mörker', 'Period', 'Urval', 'version', 'Utskrivet']) await expect(paper).toContainText(text);
    await expect(page.locator('.legend').filter({ visible: true }).first()).toBeVisible();
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--surface').trim())).toMatch(/^#fff(fff)?$/);
  });
});
