/** The resident's report against the real server: the ways through it, and what is left behind. */
import type { Locator, Page } from '@playwright/test';
import type { Places, ReportReceipt } from '../src/api/types';
import { distance, type LonLat } from '../src/map/geo';
import { stored } from './asked';
import { expectAccessible, expectNoSideways } from './axe';
import { expect, test } from './server';
import { answerTheRest, chooseWhat, everythingKept, next, NOTE, OLOFSTROM, send, whereInWords, whereIStand } from './steps';

test('a report by position: linked, receipted, and nothing of it left on the phone', async ({ page, request }) => {
  await page.goto('/');
  await expect(page.getByText('112')).toBeVisible();
  await expect(page.getByText('Det här är ingen polisanmälan')).toBeVisible();
  await chooseWhat(page, 'Mörkt eller trasig belysning', 'Lampa lyser inte');
  await whereIStand(page);
  await answerTheRest(page);
  expect(await everythingKept(page), 'the draft is kept until it is sent').toContain(NOTE);
  await expect(page.getByText('Platsen kan visas öppet')).toBeVisible();
  const { id, receipt } = await send(page);
  expect((await stored(request, id)).geometry?.coordinates).toEqual([OLOFSTROM.longitude, OLOFSTROM.latitude]);
  await expect(page.getByTestId('receipt')).toHaveText(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/);
  await expect(page.getByRole('complementary', { name: 'Exempeldata' })).toBeVisible();
  await expect(page.getByText('Säkra och trygga platser')).toBeVisible();

  const kept = await everythingKept(page);
  expect(kept).not.toContain(NOTE);
  expect(kept).not.toContain('14.5302');
  // The code lives with the tab, and nowhere else: not in the database of the phone, not in an address, not in the history.
  expect(kept.replace(JSON.stringify(await page.evaluate(() => ({ ...sessionStorage }))), '')).not.toContain(receipt);
  expect(page.url() + JSON.stringify(await page.evaluate(() => history.state as unknown))).not.toContain(receipt);

  await page.goBack();
  await expect(page.getByRole('heading', { name: 'Vad gäller det?' })).toBeVisible();
  await expect(page.getByRole('radio', { name: 'Mörkt eller trasig belysning' })).not.toBeChecked();
});

test('a report in words only, with no position and no map', async ({ page, request }) => {
  const asked: string[] = [];
  page.on('request', (one) => asked.push(one.url()));
  await page.goto('/');
  await chooseWhat(page, 'Ödsligt, inga människor');
  await whereInWords(page, 'Gångtunneln mellan stationen och torget');
  await answerTheRest(page);
  const { id } = await send(page);
  await expect(page.getByText('Handläggaren placerar den på kartan')).toBeVisible();
  expect(asked.filter((url) => /maplibre|PickMap|basemap/i.test(url))).toEqual([]);
  const { geometry, properties } = await stored(request, id);
  expect(geometry).toBeNull();
  expect(properties.place_text).toBe('Gångtunneln mellan stationen och torget');
});

test('a good place is reported without being asked how unsafe it is', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('radio', { name: 'Tryggt här', exact: true }).check();
  await chooseWhat(page, 'Bra belyst');
  await whereIStand(page);
  await expect(page.getByRole('heading', { name: 'När var det?' })).toBeVisible();
  await next(page).click();
  await next(page).click();
  await send(page);
});

/** Presses Tab until the element has focus; a person with a keyboard has nothing else. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`never reached by Tab: ${target}`);
}

test('a report with the keyboard alone', async ({ page, request }) => {
  await page.goto('/');
  const press = async (target: Locator, key: string) => {
    await tabTo(page, target);
    await page.keyboard.press(key);
  };
  const focused = (name: string) => expect(page.getByRole('heading', { name })).toBeFocused();

  await press(page.getByRole('radio', { name: 'Mörkt eller trasig belysning' }), 'Space');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('radio', { name: 'Skymd sikt eller instängt' })).toBeChecked();
  await press(next(page), 'Enter');
  await focused('Vad stämmer bäst?');
  await press(page.getByRole('button', { name: 'Instängt' }), 'Enter');
  await focused('Var är det?');
  await press(page.getByRole('button', { name: 'Sök en plats' }), 'Space');
  await expect(page.getByLabel('Ort')).toBeFocused();
  await page.keyboard.type('Olofström');
  const hit = page.getByRole('button', { name: /^Olofström Olofström/ }).first();
  await expect(hit).toBeVisible();
  await press(hit, 'Enter');
  await focused('Var i Olofström?');
  await expect(page.locator('.pick .canvas')).toHaveAttribute('data-ready', 'true');
  await expect(next(page), 'a name is no place yet').toHaveCount(0);
  await press(page.getByRole('button', { name: 'Zooma in till platsen' }), 'Enter');
  await expect(page.getByRole('button', { name: 'Välj platsen här' })).toBeVisible();
  await tabTo(page, page.getByRole('application'));
  await page.keyboard.press('ArrowUp');
  await expect(page.getByText('50 m norr om Olofström')).toBeVisible();
  await press(page.getByRole('button', { name: 'Välj platsen här' }), 'Enter');
  await focused('Vald plats');
  await press(next(page), 'Enter');
  await focused('Hur känns det?');
  await press(page.getByRole('radio', { name: 'Inte otryggt för mig' }), 'ArrowDown');
  await press(next(page), 'Enter');
  await focused('När var det?');
  await press(page.getByRole('radio', { name: 'Just nu' }), 'Space');
  await press(next(page), 'Enter');
  await focused('Vill du berätta mer?');
  await tabTo(page, page.getByLabel('Egna ord'));
  await page.keyboard.type('Staketet gör att man inte kommer ut.');
  await press(page.getByRole('checkbox', { name: 'Cyklist' }), 'Space');
  await press(next(page), 'Enter');
  await focused('Stämmer det här?');
  await expect(page.getByText('Cyklist')).toBeVisible();
  const answered = page.waitForResponse((answer) => answer.request().method() === 'POST' && answer.url().endsWith('/api/v1/reports'));
  await press(page.getByRole('button', { name: 'Skicka rapporten' }), 'Enter');
  await focused('Tack, rapporten är mottagen');
  const { id } = (await (await answered).json()) as ReportReceipt;
  const { places } = (await (await request.get('/api/v1/places?q=Olofstr%C3%B6m&municipality=1060')).json()) as Places;
  const named = places.filter(({ name }) => name === 'Olofström').map(({ location }) => location.coordinates as LonLat);
  const at = (await stored(request, id)).geometry?.coordinates as LonLat;
  const off = Math.min(...named.map((town) => distance(town, at)));
  expect(off).toBeGreaterThan(48);
  expect(off).toBeLessThan(52);
});

/** Closer, as long as the map asks for it. */
async function zoomedIn(page: Page): Promise<void> {
  const [nearer, choose] = ['Zooma in till platsen', 'Välj platsen här'].map((name) => page.getByRole('button', { name }));
  if (!nearer || !choose) return;
  await nearer.or(choose).waitFor();
  for (let presses = 0; presses < 8 && (await nearer.isVisible()); presses++) {
    await nearer.click();
    await page.waitForTimeout(400);
  }
  await expect(choose).toBeVisible();
  // Down to where a step is 50 m.
  while (!(await page.getByRole('button', { name: 'Steg 50 m' }).isVisible())) await page.getByRole('button', { name: 'Zooma in' }).click();
  await page.waitForTimeout(400);
}

test('a report with single taps alone, the map moved by its buttons', async ({ page, request }) => {
  await page.goto('/');
  await page.getByRole('radio', { name: 'Hög fart eller mycket trafik' }).tap();
  await next(page).tap();
  await page.getByRole('button', { name: 'Hög fart' }).tap();
  await page.getByRole('button', { name: 'Peka på kartan' }).tap();
  const map = page.locator('.pick .canvas');
  await expect(map).toHaveAttribute('data-ready', 'true');
  // Framed on all kommuner, by name; none of their middles is anybody's place.
  await expect(map).toHaveAttribute('data-names', /^(?=.*Växjö)(?=.*Olofström)(?=.*Degerfors)/);
  await expect(page.getByText('inga gator')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Välj platsen här' })).toHaveCount(0);
  await zoomedIn(page);
  const at = async () => (await map.getAttribute('data-at'))?.split(',').map(Number) as LonLat;
  const before = await at();
  for (const name of ['Norrut', 'Norrut', 'Österut']) await page.getByRole('button', { name }).tap();
  await page.getByRole('button', { name: 'Välj platsen här' }).tap();
  const chosen = await at();
  expect(distance(before, chosen)).toBeGreaterThan(110);
  expect(distance(before, chosen)).toBeLessThan(114);
  await expect(page.getByText('Vald plats')).toBeVisible();
  await next(page).tap();
  await page.getByText('Mycket otryggt').tap();
  await page.getByText('Någon kan skadas allvarligt').tap();
  await next(page).tap();
  await page.getByText('Just nu').tap();
  await next(page).tap();
  await page.getByText('Ja, ofta').tap();
  await next(page).tap();
  const { id } = await send(page);
  expect(distance(chosen, (await stored(request, id)).geometry?.coordinates as LonLat)).toBeLessThan(1);
});

test('a map that still moves when a place is chosen stops there, and that place is stored', async ({ page, request }) => {
  await page.goto('/');
  await chooseWhat(page, 'Ödsligt, inga människor');
  await page.getByRole('button', { name: 'Peka på kartan' }).click();
  const map = page.locator('.pick .canvas');
  await expect(map).toHaveAttribute('data-ready', 'true');
  await zoomedIn(page);
  await map.scrollIntoViewIfNeeded();
  const box = await map.boundingBox();
  if (!box) throw new Error('no map');
  const at = async () => (await map.getAttribute('data-at'))?.split(',').map(Number) as LonLat;
  const before = await at();
  // Zooming round a corner moves the middle, and goes on for a while after the wheel; the choice comes as soon as the scale shows it.
  await page.evaluate(() => {
    const seen = new MutationObserver(() => {
      seen.disconnect();
      document.querySelector<HTMLButtonElement>('.pick > .btn')?.click();
    });
    const scale = document.querySelector('.maplibregl-ctrl-scale');
    if (scale) seen.observe(scale, { attributes: true, childList: true });
  });
  await page.mouse.move(box.x + 20, box.y + 20);
  await page.mouse.wheel(0, -400);
  await expect(page.getByText('Vald plats')).toBeVisible();
  await page.waitForTimeout(1_500);
  const shown = await at();
  expect(distance(before, shown)).toBeGreaterThan(1);
  await next(page).click();
  await answerTheRest(page);
  const { id } = await send(page);
  expect(distance(shown, (await stored(request, id)).geometry?.coordinates as LonLat)).toBeLessThan(1);
});

test('a position that comes late changes neither the place chosen meanwhile nor the phone', async ({ page }) => {
  await page.addInitScript(() => {
    navigator.geolocation.getCurrentPosition = (found) => {
      Object.assign(window, { late: () => found({ coords: { longitude: 14.61234, latitude: 56.31234, accuracy: 9 } } as GeolocationPosition) });
    };
  });
  await page.goto('/');
  await chooseWhat(page, 'Ödsligt, inga människor');
  await page.getByRole('button', { name: 'Min position' }).click();
  await expect(page.getByText('Söker din position')).toBeVisible();
  await whereInWords(page, 'Vid torget');
  await page.evaluate(() => (window as unknown as { late: () => void }).late());
  await answerTheRest(page);
  await expect(page.getByText('Vid torget, Olofström')).toBeVisible();
  expect(await everythingKept(page)).not.toContain('14.61234');
  const sent = page.waitForRequest((one) => one.method() === 'POST' && one.url().endsWith('/api/v1/reports'));
  await send(page);
  expect((await sent).postDataJSON()).toMatchObject({ place_text: 'Vid torget' });
});

test('personal data is marked as it is written, stops the step, and is hidden on request', async ({ page }) => {
  await page.goto('/');
  await chooseWhat(page, 'Ödsligt, inga människor');
  await whereInWords(page, 'Vid torget');
  await next(page).click();
  await next(page).click();
  await page.getByLabel('Egna ord').fill('Ring mig på 070-174 06 05 eller anna@exempel.se');
  await expect(page.locator('mark')).toHaveText(['070-174 06 05', 'anna@exempel.se']);
  await next(page).click();
  await expect(page.getByLabel('Egna ord')).toBeFocused();
  await expect(page.getByText('Ta bort personuppgifterna ur texten')).toHaveCount(1);
  await page.getByRole('button', { name: 'Dölj alla 2 markerade' }).click();
  await expect(page.getByLabel('Egna ord')).toBeFocused();
  await expect(page.getByText('Ta bort personuppgifterna ur texten')).toHaveCount(0);
  await expect(page.getByLabel('Egna ord')).toHaveValue('Ring mig på [dolt] eller [dolt]');
  await next(page).click();
  await send(page);
});

test('whoever is pointed out for a crime is left to the police, and the suggested words are taken with the keyboard', async ({ page }) => {
  const guards: string[] = [];
  page.on('request', (request) => /\/look-/.test(request.url()) && guards.push(request.url()));
  await page.goto('/');
  await chooseWhat(page, 'Ödsligt, inga människor');
  await whereInWords(page, 'Vid Karl Johans gata');
  await next(page).click();
  await next(page).click();
  const words = page.getByLabel('Egna ord');
  await words.fill('Anna Berg med bilen ABC 123 var här.');
  await expect(page.locator('mark')).toHaveText(['Anna Berg', 'ABC 123']);
  await expect(page.getByText('[dolt] med bilen [dolt] var här.')).toBeVisible();
  await words.fill('Folk säljer droger vid bänkarna.');
  await expect(page.locator('mark')).toHaveCount(0);
  await words.fill('Mörkt här. Min granne säljer droger vid bänkarna.');
  await expect(page.getByText('Det här hör till polisen', { exact: true }).last()).toBeVisible();
  await expect(page.locator('mark')).toHaveText(['Min granne säljer droger']);
  for (const number of ['112', '114 14']) await expect(page.locator('.found').getByRole('link', { name: number, exact: true })).toBeVisible();
  await expectAccessible(page, 'a suspicion');
  await expectNoSideways(page);
  await next(page).click();
  await expect(page.getByText('Ta bort det som pekar ut någon')).toHaveCount(1);
  await page.getByRole('button', { name: 'Dölj det markerade' }).focus();
  await page.keyboard.press('Enter');
  await expect(words).toBeFocused();
  await expect(words).toHaveValue('Mörkt här. [dolt] vid bänkarna.');
  await next(page).click();
  await send(page);
  expect(guards, 'the guard comes with the first text field').toHaveLength(1);
});

test('a place outside every kommun is stopped where it was chosen', async ({ page }) => {
  await page.goto('/');
  await chooseWhat(page, 'Ödsligt, inga människor');
  await page.context().grantPermissions(['geolocation']);
  await page.context().setGeolocation({ longitude: 10.75, latitude: 59.91, accuracy: 20 }); // Oslo
  await page.getByRole('button', { name: 'Min position' }).click();
  await expect(page.getByText('Välj en annan plats eller beskriv den med ord')).toHaveCount(1);
  await next(page).click();
  await expect(page.getByRole('heading', { name: 'Var är det?' })).toBeVisible();
  await expect(page.locator('#outside')).toBeFocused();
  await expect(page.getByText('Välj en annan plats eller beskriv den med ord')).toHaveCount(1);
  await whereInWords(page, 'Vid torget');
  await expect(page.getByRole('heading', { name: 'Hur känns det?' })).toBeVisible();
});

test('a refusal by the server is shown at the field it is about, and the same place is not sent again', async ({ page }) => {
  await page.route('**/api/v1/municipalities*', (route) => route.abort());
  await page.goto('/');
  await chooseWhat(page, 'Ödsligt, inga människor');
  await page.context().grantPermissions(['geolocation']);
  await page.context().setGeolocation({ longitude: 10.75, latitude: 59.91, accuracy: 20 }); // Oslo
  await page.getByRole('button', { name: 'Min position' }).click();
  await expect(page.getByText('Din position')).toBeVisible();
  await next(page).click();
  await next(page).click();
  await next(page).click();
  await next(page).click();
  await page.getByRole('button', { name: 'Skicka rapporten' }).click();
  await expect(page.locator('#outside')).toBeFocused();
  await expect(page.getByRole('heading', { name: 'Var är det?' })).toBeVisible();
  await next(page).click();
  await expect(page.getByRole('heading', { name: 'Var är det?' })).toBeVisible();
  await page.unroute('**/api/v1/municipalities*');
  await page.reload();
  await whereInWords(page, 'Vid torget');
  await next(page).click();
  await next(page).click();
  await next(page).click();
  await send(page);
});

test('the draft survives a reload and a new tab, and Back goes one question back', async ({ page, context }) => {
  await page.goto('/');
  await chooseWhat(page, 'Mörkt eller trasig belysning', 'Mörkt här');
  await whereInWords(page, 'Stigen bakom skolan');
  await expect(page.getByRole('heading', { name: 'Hur känns det?' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Hur känns det?' })).toBeVisible();
  await page.goBack();
  await expect(page.getByLabel(/Var är det\? Beskriv/)).toHaveValue('Stigen bakom skolan');
  await page.goForward();
  await expect(page.getByRole('heading', { name: 'Hur känns det?' })).toBeVisible();

  const other = await context.newPage();
  await other.goto('/');
  await expect(other.getByRole('heading', { name: 'Hur känns det?' })).toBeVisible();
  await other.getByRole('button', { name: 'Tillbaka' }).click();
  await expect(other.getByRole('heading', { name: 'Var är det?' })).toBeVisible();
  await other.goForward();
  await other.getByRole('button', { name: 'Börja om' }).click();
  await expect(other.getByRole('radio', { name: 'Mörkt eller trasig belysning' })).not.toBeChecked();
});

test.describe('with no worker', () => {
  test.use({ serviceWorkers: 'block' });

  test('questions that cannot be fetched say so, and a reload goes on where one was', async ({ page }) => {
    await page.route('**/assets/later-*.js', (route) => route.abort());
    await page.goto('/');
    await chooseWhat(page, 'Mörkt eller trasig belysning');
    await expect(page.getByText('Servern svarar inte')).toBeVisible();
    await page.unroute('**/assets/later-*.js');
    await page.getByRole('button', { name: 'Ladda om sidan' }).click();
    await expect(page.getByRole('heading', { name: 'Vad stämmer bäst?' })).toBeVisible();
  });
});

test('one long word widens no page', async ({ page }) => {
  const long = 'Donaudampfschiffahrtsgesellschaftskapitän'.repeat(5);
  await page.goto('/');
  await chooseWhat(page, 'Ödsligt, inga människor');
  const width = () => page.evaluate(() => document.documentElement.scrollWidth);
  await whereInWords(page, long);
  await next(page).click();
  await next(page).click();
  await page.getByLabel('Egna ord').fill(`Ring 070-174 06 05 ${long}`);
  await expect(page.locator('mark')).toBeVisible();
  expect(await width()).toBe(360);
  await page.getByRole('button', { name: /^Dölj/ }).click();
  await next(page).click();
  await expect(page.getByRole('heading', { name: 'Stämmer det här?' })).toBeVisible();
  expect(await width()).toBe(360);
});

test('the first screen gives its room to the choices, upright and on its side', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto('/');
  const bar = async () => (await next(page).boundingBox())?.y ?? 0;
  const tiles = page.locator('.tile');
  await expect(tiles.first()).toBeVisible();
  const boxes = await Promise.all((await tiles.all()).map((tile) => tile.boundingBox()));
  const limit = await bar();
  expect(boxes.filter((box) => box && box.y + box.height <= limit).length).toBeGreaterThan(5);
  for (const number of ['112', '114 14']) {
    const box = await page.getByRole('link', { name: number, exact: true }).boundingBox();
    expect(Math.min(box?.width ?? 0, box?.height ?? 0), number).toBeGreaterThanOrEqual(44);
  }
  const [chosen, other] = await page.locator('.switch label').evaluateAll((labels) => labels.map((label) => getComputedStyle(label).boxShadow));
  expect(chosen).not.toBe(other);
  await page.setViewportSize({ width: 740, height: 360 });
  expect((await tiles.first().boundingBox())?.y ?? 999).toBeLessThan(330);
  expect(await bar()).toBeGreaterThan(360);
});
