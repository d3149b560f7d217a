/** The pages of people in every state: accessible, and never wider than their window, by day and by night, on a phone and on a desk, in both languages. */
import type { Page } from '@playwright/test';
import { expectAccessible, expectNoSideways } from './axe';
import { ADMINISTRATOR, demoPassword, enter, PASSWORD, printed } from './people';
import { expect, startServer, test } from './server';

const EVERY = [360, 1280].flatMap((width) => (['light', 'dark'] as const).flatMap((colorScheme) => (['sv', 'en'] as const).map((lang) => ({ width, colorScheme, lang }))));

for (const { width, colorScheme, lang } of EVERY) {
  test.describe(`${width} px, ${colorScheme}, ${lang}`, () => {
    test.use({ viewport: { width, height: 800 }, colorScheme, hasTouch: width < 1000 });

    test('every state of account and people', async ({ page, server }) => {
      test.setTimeout(120_000);
      const say = (sv: string, en: string) => (lang === 'sv' ? sv : en);
      const state = async (name: string) => {
        await expectAccessible(page, `${name}, ${width} px, ${colorScheme}, ${lang}`);
        await expectNoSideways(page);
        if (process.env.SHOTS_TO && lang === 'sv') await page.screenshot({ path: `${process.env.SHOTS_TO}/${name.replaceAll(/\W+/g, '-')}-${width}-${colorScheme}.png`, fullPage: !name.startsWith('window') });
      };
      const open = async (path: string) => {
        await page.goto('about:blank');
        await page.goto(path);
        await expect(page.locator('main h1')).toBeVisible();
      };
      const button = (sv: string, en: string) => page.getByRole('button', { name: say(sv, en), exact: true });
      const close = () => page.keyboard.press('Escape');
      const part = async (sv: string, en: string) => void (width < 900 && (await page.getByText(say(sv, en), { exact: true }).first().click()));

      await open(`/konto?lang=${lang}`);
      await button('Logga in', 'Log in').click();
      await state('log-in');
      await open('/konto#inbjudan=0123');
      await expect(page.getByText(say('Länken gäller inte', 'The link does not work'))).toBeVisible();
      await state('no such link');

      await enter(page, ADMINISTRATOR, demoPassword(server));
      await open('/konto');
      await expect(page.locator('#sessions-title ~ ul li').first()).toBeVisible();
      await button('Byt lösenord', 'Change password').click();
      await state('account');
      await button('Lägg till en app som visar koder', 'Add an app that shows codes').click();
      await button('Lägg till', 'Add').click();
      await state('window of an app');
      await close();
      await button('Gör en nyckel', 'Make a key').click();
      await button('Gör nyckeln', 'Make the key').click();
      await state('window of a key');
      await close();

      await open('/personer');
      const first = page.locator('[aria-controls^="person-"]').nth(2);
      await first.click();
      await page.getByRole('button', { name: say('Inloggad som', 'Logged in as') }).click();
      await state('people');
      await close();
      await page.getByRole('button', { name: say('Radera', 'Erase') }).click();
      await button('Radera kontot', 'Erase the account').click();
      await state('window of erasing');
      await close();
      await button('Bjud in en person', 'Invite a person').click();
      await button('Bjud in', 'Invite').click();
      await state('window of an invitation');
      await close();
      await part('Parter', 'Parties');
      await page.locator('[aria-controls^="party-"]').nth(1).click();
      await state('parties');
      await button('Lägg till en part', 'Add a party').click();
      await page.locator('#party-kind').selectOption('police_district');
      await button('Lägg till', 'Add').click();
      await state('window of a party');
      await close();

      await page.locator('[aria-controls^="party-"]').first().focus();
      await open('/plan');
      await state('no desk');
    });
  });
}

/** What the key of a link shows before it is used. */
async function taken(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await expect(page.locator('#password')).toBeVisible();
}

test('the first administrator’s form, and an empty house', async ({ browser }) => {
  test.setTimeout(120_000);
  const fresh = await startServer({}, 'serve');
  try {
    for (const [width, colorScheme] of [[360, 'light'], [1280, 'dark']] as const) {
      const context = await browser.newContext({ baseURL: fresh.url, viewport: { width, height: 800 }, colorScheme });
      const page = await context.newPage();
      if (width === 360) {
        await taken(page, printed(fresh, 'First administrator'));
        await page.getByRole('button', { name: 'Skapa kontot' }).click();
        await expectAccessible(page, `first administrator, ${width} px`);
        await expectNoSideways(page);
        await page.getByLabel('Ditt namn').fill('Maj Lind');
        await page.getByLabel('Din e-postadress').fill('maj@lykta.example');
        await page.getByLabel('Välj ett lösenord').fill(PASSWORD);
        await page.getByRole('button', { name: 'Skapa kontot' }).click();
        await expect(page.getByText('Klart. Du är inloggad.')).toBeVisible();
      } else {
        await enter(page, 'maj@lykta.example', PASSWORD);
      }
      await page.goto('/personer');
      await expect(page.getByText('Börja här')).toBeVisible();
      await expectAccessible(page, `empty house, ${width} px`);
      await expectNoSideways(page);
      await context.close();
    }
  } finally {
    await fresh.stop();
  }
});
