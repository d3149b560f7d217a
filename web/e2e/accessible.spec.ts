/** axe on every page and step, in both languages, both widths, both themes; aria snapshots of the steps. */
import type { Page } from '@playwright/test';
import { expectAccessible, expectNoSideways } from './axe';
import { expect, test } from './server';
import { chooseWhat, OLOFSTROM } from './steps';

const WORDS = {
  sv: { next: /^(Nästa|Hoppa över)/, light: 'Mörkt eller trasig belysning', broken: 'Lampa lyser inte', words: 'Beskriv med ord', position: 'Min position', search: 'Sök en plats', chosen: 'Vald plats', other: 'En annan gång', evening: 'Kväll', map: 'Peka på kartan', send: 'Skicka rapporten', note: 'Egna ord', mask: /^Dölj/, another: 'Rapportera en plats till', now: 'Skicka nu', fix: 'Öppna och ändra', withdraw: 'Ta tillbaka rapporten', yes: 'Ja, ta tillbaka', gone: 'Rapporten är tillbakatagen' },
  en: { next: /^(Next|Skip)/, light: 'Dark or broken lighting', broken: 'Lamp not working', words: 'Describe in words', position: 'My position', search: 'Search a place', chosen: 'Chosen place', other: 'Another time', evening: 'Evening', map: 'Point on the map', send: 'Send the report', note: 'In your own words', mask: /^Hide/, another: 'Report another place', now: 'Send now', fix: 'Open and change', withdraw: 'Take the report back', yes: 'Yes, take it back', gone: 'The report is taken back' },
} as const;

/** Walks through the whole report and calls back at every state worth looking at. */
async function walk(page: Page, lang: 'sv' | 'en', look: (name: string) => Promise<void>): Promise<void> {
  const w = WORDS[lang];
  const next = page.getByRole('button', { name: w.next });
  await page.goto(`/?lang=${lang}`);
  await expect(page.locator('html')).toHaveAttribute('lang', lang);
  await look('what');
  await next.click();
  await look('what-fault');
  await page.getByRole('radio', { name: w.light }).check();
  await next.click();
  await page.getByRole('button', { name: w.broken }).waitFor();
  await look('category');
  await page.getByRole('button', { name: w.broken }).click();
  await look('where');
  await page.getByRole('button', { name: w.search }).click();
  await look('where-search');
  await page.getByRole('button', { name: w.map }).click();
  await page.locator('canvas').waitFor();
  await look('where-map');
  await page.getByRole('button', { name: w.words }).click();
  await look('where-words');
  await page.getByRole('button', { name: w.position }).click();
  await page.getByText(w.chosen).waitFor();
  await look('where-position');
  await next.click();
  await look('feel');
  await next.click();
  await page.getByRole('radio', { name: w.other }).check();
  await page.locator('#when-date').fill('');
  await page.getByRole('radio', { name: w.evening }).check();
  await look('when');
  await next.click();
  await page.getByLabel(w.note).fill('070-174 06 05');
  await look('more');
  await page.getByRole('button', { name: w.mask }).click();
  await next.click();
  await page.getByRole('button', { name: w.send }).waitFor();
  await look('check');
  const posts = (url: URL) => url.pathname === '/api/v1/reports';
  await page.route(posts, (route) => route.abort());
  await page.getByRole('button', { name: w.send }).click();
  await page.getByRole('button', { name: w.another }).waitFor();
  await look('waiting');
  await page.getByRole('button', { name: w.another }).click();
  await page.getByRole('button', { name: w.now }).waitFor();
  await look('waiting-bar');
  await page.unroute(posts);
  const refusal = { type: '/problems/invalid', title: 'invalid', status: 422, errors: [{ pointer: '/note', code: 'too_long', message: 'no' }] };
  await page.route(posts, (route) => route.fulfill({ status: 422, contentType: 'application/problem+json', json: refusal }));
  await page.getByRole('button', { name: w.now }).click();
  await page.getByRole('button', { name: w.fix }).waitFor();
  await look('refused');
  await page.unroute(posts);
  await page.getByRole('button', { name: w.fix }).click();
  await page.getByLabel(w.note).waitFor();
  await look('refused-open');
  await next.click();
  await page.getByRole('button', { name: w.send }).click();
  await page.getByTestId('receipt').waitFor();
  await look('done');
  const code = await page.getByTestId('receipt').textContent();
  await page.goto(`/kvitto?lang=${lang}`);
  await look('kvitto');
  await page.locator('#receipt').fill(code ?? '');
  await page.keyboard.press('Enter');
  await page.locator('ol').waitFor();
  await look('kvitto-report');
  await page.getByRole('button', { name: w.withdraw }).click();
  await page.getByRole('button', { name: w.yes }).waitFor();
  await look('withdraw-dialog');
  await page.getByRole('button', { name: w.yes }).click();
  await page.getByRole('heading', { name: w.gone }).waitFor();
  await look('withdrawn');
  for (const path of ['integritet', 'tillganglighet']) {
    await page.goto(`/${path}?lang=${lang}`);
    await page.locator('#contact-kommun').selectOption({ index: 1 });
    await page.locator('dl, p.card').first().waitFor();
    await look(path);
  }
}

for (const lang of ['sv', 'en'] as const) {
  for (const [width, height] of [[360, 760], [1280, 860]] as const) {
    for (const colorScheme of ['light', 'dark'] as const) {
      test(`axe finds nothing: ${lang}, ${width} px, ${colorScheme}`, async ({ browser, baseURL }) => {
        test.setTimeout(180_000);
        const context = await browser.newContext({
          baseURL: baseURL ?? '',
          viewport: { width, height },
          colorScheme,
          reducedMotion: 'reduce',
          permissions: ['geolocation'],
          geolocation: { ...OLOFSTROM, accuracy: 80 },
          serviceWorkers: 'block',
        });
        const page = await context.newPage();
        let looked = 0;
        await walk(page, lang, async (name) => {
          looked += 1;
          await expectAccessible(page, name);
          await expectNoSideways(page);
        });
        expect(looked).toBe(23);
        await context.close();
      });
    }
  }
}

test('the steps read the same to a screen reader', async ({ page, context }) => {
  await context.grantPermissions(['geolocation']);
  await context.setGeolocation({ ...OLOFSTROM, accuracy: 14 });
  const steps = ['what', 'what-fault', 'category', 'where', 'where-words', 'feel', 'when', 'more', 'check'];
  await walk(page, 'sv', async (name) => {
    if (steps.includes(name)) await expect(page.locator('main')).toMatchAriaSnapshot({ name: `${name}.aria.yml` });
  });
});

test('text at 200 % and 320 px neither scrolls sideways nor hides the question, at any step', async ({ page, context }) => {
  test.setTimeout(120_000);
  await context.grantPermissions(['geolocation']);
  await context.setGeolocation({ ...OLOFSTROM, accuracy: 14 });
  await page.setViewportSize({ width: 320, height: 640 });
  await page.addInitScript(() => document.addEventListener('DOMContentLoaded', () => document.documentElement.style.setProperty('font-size', '200%')));
  let wide = '';
  await walk(page, 'sv', async (name) => {
    await expect(page.getByRole('heading', { level: 1 }).first(), name).toBeVisible();
    if (await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)) wide += ` ${name}`;
  });
  expect(wide).toBe('');
});

test('the skip link goes to the content, and neither out of a report nor into the address', async ({ page }) => {
  const skip = async () => {
    const before = page.url();
    await page.getByRole('link', { name: 'Hoppa till innehållet' }).press('Enter');
    await expect(page.locator('#main')).toBeFocused();
    expect(page.url()).toBe(before);
  };
  await page.goto('/');
  await chooseWhat(page, 'Mörkt eller trasig belysning', 'Lampa lyser inte');
  await expect(page.getByRole('heading', { name: 'Var är det?' })).toBeVisible();
  await skip();
  await expect(page.getByRole('heading', { name: 'Var är det?' })).toBeVisible();
  await page.goto('/karta#municipality=0780&feeling=safe');
  await expect(page.getByLabel('Kommun')).toHaveValue('0780');
  await skip();
  await expect(page.getByRole('radio', { name: 'Tryggt', exact: true })).toBeChecked();
});

test('the API page shows every operation of the description, and axe finds nothing', async ({ page, request }) => {
  test.setTimeout(180_000);
  const document = (await (await request.get('/api/openapi.json')).json()) as { paths: Record<string, Record<string, unknown>> };
  const methods = ['get', 'post', 'put', 'patch', 'delete'];
  const operations = Object.values(document.paths).flatMap((path) => Object.keys(path).filter((method) => methods.includes(method)));
  await page.goto('/api/docs');
  await expect(page.getByRole('link', { name: 'openapi.json' })).toBeVisible();
  await expect(page.locator('details')).toHaveCount(operations.length);
  for (const summary of await page.locator('summary').all()) await summary.click();
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    await expectAccessible(page, `docs at ${width} px`);
    await expectNoSideways(page);
  }
});

test('English is one press away, keeps what is filled in, and is remembered', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('radio', { name: 'Oro för inbrott' }).check();
  await page.getByRole('banner').getByRole('button', { name: 'In English' }).click();
  await expect(page.getByRole('radio', { name: 'Worry about burglary' })).toBeChecked();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await page.goto('/integritet');
  await expect(page.getByRole('heading', { name: 'Privacy' })).toBeVisible();
  await page.getByRole('banner').getByRole('button', { name: 'På svenska' }).click();
  await expect(page.getByRole('heading', { name: 'Integritet' })).toBeVisible();
});
