/** The resident's report against the real server: the ways through it, and what is left behind. */
import type { Locator, Page } from '@playwright/test';
import type { Places, ReportReceipt } from '../src/api/types';
import { distance, type LonLat } from '../src/map/geo';
import { expect, OPERATOR_TOKEN, test } from './server';
import { answerTheRest, chooseWhat, everythingKept, next, NOTE, OLOFSTROM, send, stored, whereInWords, whereIStand } from './steps';

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
  expect(kept).not.toContain(receipt.replaceAll('-', ''));
  expect(kept).not.toContain(receipt);
  expect(kept).not.toContain('14.5302');

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
  await tabTo(page, page.getByLabel('Plats, kvarter eller ort'));
  await page.keyboard.type('Olofström');
  const hit = page.getByRole('button', { name: /^Olofström Olofström/ }).first();
  await expect(hit).toBeVisible();
  await press(hit, 'Enter');
  await expect(page.getByText('Vald plats')).toBeVisible();
  await press(next(page), 'Enter');
  await focused('Hur känns det?');
  await press(page.getByRole('radio', { name: 'Inte otryggt' }), 'ArrowDown');
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
  const named = places.filter(({ name }) => name === 'Olofström').map(({ location }) => location.coordinates);
  expect(named).toContainEqual((await stored(request, id)).geometry?.coordinates);
});

test('a report with single taps alone, the map moved by its buttons', async ({ page, request }) => {
  await page.goto('/');
  await page.getByRole('radio', { name: 'Hög fart eller mycket trafik' }).tap();
  await next(page).tap();
  await page.getByRole('button', { name: 'Hög fart' }).tap();
  await page.getByRole('button', { name: 'Peka på kartan' }).tap();
  const map = page.locator('.pick .canvas');
  await expect(map).toHaveAttribute('data-ready', 'true');
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
  await map.scrollIntoViewIfNeeded();
  const box = await map.boundingBox();
  if (!box) throw new Error('no map');
  const at = async () => (await map.getAttribute('data-at'))?.split(',').map(Number) as LonLat;
  const before = await at();
  // Zooming round a corner moves the middle, and goes on for a while after the wheel; the choice comes as soon as the scale shows it.
  await page.evaluate(() => {
    const seen = new MutationObserver(() => {
      seen.disconnect();
      document.querySelector<HTMLButtonElement>('.pick > .primary')?.click();
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
  await expect(page.getByRole('alert')).toBeFocused();
  await page.getByRole('alert').getByRole('link').click();
  await expect(page.getByLabel('Egna ord')).toBeFocused();
  await page.getByRole('button', { name: 'Dölj alla 2 markerade' }).click();
  await expect(page.getByLabel('Egna ord')).toHaveValue('Ring mig på [dolt] eller [dolt]');
  await next(page).click();
  await send(page);
});

test('a refusal by the server is shown at the field it is about', async ({ page }) => {
  await page.goto('/');
  await chooseWhat(page, 'Ödsligt, inga människor');
  await page.context().grantPermissions(['geolocation']);
  await page.context().setGeolocation({ longitude: 10.75, latitude: 59.91, accuracy: 20 }); // Oslo
  await page.getByRole('button', { name: 'Min position' }).click();
  await expect(page.getByText('utanför de kommuner')).toBeVisible();
  await next(page).click();
  await next(page).click();
  await next(page).click();
  await next(page).click();
  await page.getByRole('button', { name: 'Skicka rapporten' }).click();
  await expect(page.getByRole('alert')).toBeFocused();
  await expect(page.getByRole('heading', { name: 'Var är det?' })).toBeVisible();
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

test('a planner answers, and the resident reads it by the receipt and takes the report back', async ({ page, request }) => {
  await page.goto('/');
  await chooseWhat(page, 'Mörkt eller trasig belysning', 'Lampa lyser inte');
  await whereIStand(page);
  await answerTheRest(page);
  const { id, receipt } = await send(page);

  const headers = { authorization: `Bearer ${OPERATOR_TOKEN}` };
  const before = await request.get(`/api/v1/reports/${id}`, { headers });
  const answered = await request.patch(`/api/v1/reports/${id}`, {
    headers: { ...headers, 'if-match': before.headers()['etag'] ?? '' },
    data: { status: 'planned', answer: 'Tack. Lampan byts nästa vecka.' },
  });
  expect(answered.status()).toBe(200);

  await page.goto('/kvitto');
  await page.getByLabel('Kvittokod').fill(receipt.replaceAll('-', ' ').toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l'));
  await page.getByRole('button', { name: 'Visa rapporten' }).click();
  await expect(page.getByText('Tack. Lampan byts nästa vecka.')).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: 'Planerad' })).toHaveAttribute('aria-current', 'step');
  await expect(page.getByRole('heading', { name: 'Otryggt: Lampa lyser inte' })).toBeVisible();

  await page.getByRole('button', { name: 'Ta tillbaka rapporten' }).click();
  await page.getByRole('button', { name: 'Nej, behåll den' }).click();
  await page.getByRole('button', { name: 'Ta tillbaka rapporten' }).click();
  await page.getByRole('button', { name: 'Ja, ta tillbaka' }).click();
  await expect(page.getByRole('heading', { name: 'Rapporten är tillbakatagen' })).toBeVisible();
  const after = await request.get(`/api/v1/reports/${id}`, { headers });
  expect([404, 410]).toContain(after.status());
});

test('a withdrawal whose answer is lost is done all the same when it is asked again', async ({ page }) => {
  await page.goto('/');
  await chooseWhat(page, 'Ödsligt, inga människor');
  await whereIStand(page);
  await answerTheRest(page);
  const { receipt } = await send(page);
  await page.goto('/kvitto');
  await page.getByLabel('Kvittokod').fill(receipt);
  await page.getByRole('button', { name: 'Visa rapporten' }).click();
  const statuses: number[] = [];
  await page.route('**/api/v1/receipts', async (route) => {
    const answer = await route.fetch();
    statuses.push(answer.status());
    if (statuses.length === 1) await route.abort('connectionreset');
    else await route.fulfill({ response: answer });
  });
  for (let i = 0; i < 2; i++) {
    await page.getByRole('button', { name: 'Ta tillbaka rapporten' }).click();
    await page.getByRole('button', { name: 'Ja, ta tillbaka' }).click();
    if (i === 0) await expect(page.getByRole('alert')).toContainText('Servern svarar inte');
  }
  await expect(page.getByRole('heading', { name: 'Rapporten är tillbakatagen' })).toBeVisible();
  expect(statuses).toEqual([204, 404]);
});

test('an unknown receipt is answered kindly, a mistyped one before it is sent', async ({ page }) => {
  await page.goto('/kvitto');
  await page.getByRole('button', { name: 'Visa rapporten' }).click();
  await expect(page.getByRole('alert')).toContainText('Skriv kvittokoden');
  await page.getByLabel('Kvittokod').fill('7K3M-Q2XW');
  await page.getByRole('button', { name: 'Visa rapporten' }).click();
  await expect(page.getByRole('alert')).toContainText('16 tecken');
  await page.getByLabel('Kvittokod').fill('ZZZZ-ZZZZ-ZZZZ-ZZZZ');
  await page.getByRole('button', { name: 'Visa rapporten' }).click();
  await expect(page.getByRole('alert')).toContainText('Ingen rapport har den kvittokoden');
});

test('a receipt is kept on the phone only when asked, and opens the report', async ({ page }) => {
  await page.goto('/');
  await chooseWhat(page, 'Ödsligt, inga människor');
  await whereIStand(page);
  await answerTheRest(page);
  await send(page);
  await page.getByLabel(/Spara kvittot på den här telefonen/).check();
  await page.goto('/kvitto');
  await page.getByRole('button', { name: /Olofström/ }).click();
  await expect(page.getByRole('heading', { name: /Otryggt: Ödsligt/ })).toBeVisible();
  expect(await everythingKept(page)).not.toContain(NOTE);
});
