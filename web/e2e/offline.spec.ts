/** No network, a full server, a hurried exit: what the phone does then. */
import type { ReportReceipt } from '../src/api/types';
import { counted, stored } from './asked';
import { expect, test } from './server';
import { answerTheRest, chooseWhat, everythingKept, NOTE, whereInWords, whereIStand } from './steps';

test('a report written without network waits, is counted, and goes when the network returns', async ({ page, context, request }) => {
  await page.goto('/');
  await page.evaluate(() => navigator.serviceWorker.ready);
  await expect(page.getByRole('radio', { name: 'Mörkt eller trasig belysning' })).toBeVisible();
  await page.waitForFunction(async () => (await caches.keys()).includes('lykta-kommuner'));
  await context.setOffline(true);
  await page.reload();
  await chooseWhat(page, 'Mörkt eller trasig belysning', 'Mörkt här');
  await expect(page.getByText('Inget nät just nu')).toBeVisible();
  await page.getByRole('button', { name: 'Peka på kartan' }).click();
  await expect(page.getByText('Kartan kunde inte hämtas')).toBeVisible();
  await page.getByRole('button', { name: 'Sök en plats' }).click();
  await page.getByLabel('Ort').fill('Olofström');
  await expect(page.getByText('Sökningen behöver nät')).toBeVisible();
  await page.locator('.panel').getByRole('button', { name: 'Beskriv med ord' }).click();
  await whereInWords(page, 'Stigen bakom skolan');
  await answerTheRest(page);
  await page.getByRole('button', { name: 'Skicka rapporten' }).click();
  await expect(page.getByRole('heading', { name: 'Rapporten väntar på nät' })).toBeVisible();
  await expect(page.getByText('1 rapport väntar på nät')).toBeVisible();
  await page.goto('/kvitto');
  await expect(page.getByText('1 rapport väntar på nät')).toBeVisible();
  await page.goto('/');
  expect(await everythingKept(page)).toContain(NOTE);

  await page.reload();
  await expect(page.getByText('1 rapport väntar på nät')).toBeVisible();

  const sent = page.waitForResponse((answer) => answer.url().endsWith('/api/v1/reports') && answer.request().method() === 'POST');
  await context.setOffline(false);
  const answer = await sent;
  expect(answer.status()).toBe(201);
  const { id } = (await answer.json()) as ReportReceipt;
  await expect(page.getByText('1 rapport är skickad')).toBeVisible();
  await page.getByRole('button', { name: 'Visa kvittot' }).click();
  await expect(page.getByTestId('receipt')).toBeVisible();
  expect(await everythingKept(page)).not.toContain(NOTE);
  expect((await stored(request, id)).properties.note).toBe(NOTE);
});

test('what one tab sends, the other knows: its waiting report becomes a receipt', async ({ page, context }) => {
  await page.goto('/');
  await chooseWhat(page, 'Ödsligt, inga människor');
  await whereIStand(page);
  await answerTheRest(page);
  await page.route('**/api/v1/reports', (route) => route.abort());
  await page.getByRole('button', { name: 'Skicka rapporten' }).click();
  await expect(page.getByRole('heading', { name: 'Rapporten väntar på nät' })).toBeVisible();
  const other = await context.newPage();
  await other.goto('/');
  await expect(page.getByRole('heading', { name: 'Tack, rapporten är mottagen' })).toBeVisible();
  await expect(page.getByTestId('receipt')).toBeVisible();
  await expect(other.getByText('väntar på nät')).toHaveCount(0);
  expect(await everythingKept(page)).not.toContain(NOTE);
  expect(await everythingKept(other), 'a receipt stays in its tab').not.toContain(await page.getByTestId('receipt').textContent());
});

for (const how of ['refuses storage', 'is full'] as const) {
  test(`a phone that ${how} says so, and the report still goes`, async ({ page, context }) => {
    await page.addInitScript((what) => {
      const refuse = () => {
        throw new DOMException(what, 'QuotaExceededError');
      };
      if (what === 'is full') Object.assign(IDBObjectStore.prototype, { put: refuse, add: refuse });
      else IDBFactory.prototype.open = refuse;
    }, how);
    await page.goto('/');
    await chooseWhat(page, 'Ödsligt, inga människor');
    await expect(page.getByText('Kan inte sparas på den här enheten')).toBeVisible();
    await whereIStand(page);
    await answerTheRest(page);
    await context.setOffline(true);
    await page.getByRole('button', { name: 'Skicka rapporten' }).click();
    if (how === 'is full') {
      await expect(page.getByRole('alert')).toContainText('Servern svarar inte');
      await expect(page.getByRole('alert')).toContainText('Håll sidan öppen');
      await context.setOffline(false);
      await page.getByRole('button', { name: 'Skicka rapporten' }).click();
    } else {
      await expect(page.getByText('Den kan inte sparas på den här enheten')).toBeVisible();
      await context.setOffline(false);
    }
    await expect(page.getByTestId('receipt')).toBeVisible();
  });
}

test('a lost answer is repeated as the same report', async ({ page, request }) => {
  const before = await counted(request, '1060');
  await page.goto('/');
  await chooseWhat(page, 'Ödsligt, inga människor');
  await whereIStand(page);
  await answerTheRest(page);
  const statuses: number[] = [];
  const ids: string[] = [];
  await page.route('**/api/v1/reports', async (route) => {
    const answer = await route.fetch();
    statuses.push(answer.status());
    ids.push(((await answer.json()) as ReportReceipt).id);
    if (statuses.length === 1) await route.abort('connectionreset');
    else await route.fulfill({ response: answer });
  });
  await page.getByRole('button', { name: 'Skicka rapporten' }).click();
  await expect(page.getByRole('heading', { name: 'Rapporten väntar på nät' })).toBeVisible();
  await page.getByRole('button', { name: 'Försök skicka nu' }).click();
  await expect(page.getByTestId('receipt')).toBeVisible();
  expect(statuses).toEqual([201, 200]);
  expect(ids[1]).toBe(ids[0]);
  expect(await counted(request, '1060')).toBe(before + 1);
});

for (const how of ['the button', 'Shift three times'] as const) {
  test(`exit by ${how} covers the page, wipes the phone and goes elsewhere`, async ({ page, baseURL }) => {
    await page.goto('/?lang=sv');
    await page.evaluate(() => navigator.serviceWorker.ready);
    await chooseWhat(page, 'Ödsligt, inga människor');
    await whereInWords(page, 'Vid torget');
    await answerTheRest(page);
    expect(await everythingKept(page)).toContain(NOTE);
    if (how === 'the button') await page.getByRole('button', { name: 'Lämna sidan' }).click();
    else for (let i = 0; i < 3; i++) await page.keyboard.press('Shift');
    await page.waitForURL('https://www.smhi.se/');

    // A page of the origin that runs no script of ours, so that what is kept is what was left.
    await page.goto(`${baseURL}/icon.svg`);
    const left = await page.evaluate(async () => ({
      local: localStorage.length,
      session: sessionStorage.length,
      databases: (await indexedDB.databases()).length,
      caches: (await caches.keys()).length,
      workers: (await navigator.serviceWorker.getRegistrations()).length,
    }));
    expect(left).toEqual({ local: 0, session: 0, databases: 0, caches: 0, workers: 0 });

    await page.goto('/');
    await expect(page.getByRole('radio', { name: 'Ödsligt, inga människor' })).not.toBeChecked();
  });
}

test('the worker keeps pages and assets, never the API but the list of kommuner', async ({ page }) => {
  await page.goto('/');
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.waitForFunction(async () => (await caches.keys()).includes('lykta-kommuner'));
  const kept = await page.evaluate(async () => {
    const urls: string[] = [];
    for (const name of await caches.keys()) for (const request of await (await caches.open(name)).keys()) urls.push(new URL(request.url).pathname);
    return urls;
  });
  expect(kept.filter((path) => path.startsWith('/api/'))).toEqual(['/api/v1/municipalities']);
  expect(kept).toEqual(expect.arrayContaining(['/', '/kvitto', '/karta', '/integritet', '/tillganglighet', '/icon.svg']));
  expect(kept.filter((path) => /maplibre|plan/.test(path))).toEqual([]);
});
