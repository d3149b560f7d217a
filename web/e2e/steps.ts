/** What a resident does, in words the stories share. */
import { expect, type Page, type Response } from '@playwright/test';
import type { ReportReceipt } from '../src/api/types';

/** A place in the middle of Olofström. */
export const OLOFSTROM = { longitude: 14.5302, latitude: 56.2776 };

/** Words that must never be found on the phone after sending. */
export const NOTE = 'Lampan vid gångtunneln har varit släckt i en månad';

export const next = (page: Page) => page.getByRole('button', { name: /^(Nästa|Next|Hoppa över|Skip)/ });

export async function chooseWhat(page: Page, group: string, category?: string): Promise<void> {
  await page.getByRole('radio', { name: group }).check();
  await next(page).click();
  if (category) await page.getByRole('button', { name: category }).click();
}

export async function whereInWords(page: Page, words: string): Promise<void> {
  await page.getByRole('button', { name: 'Beskriv med ord' }).click();
  await page.getByLabel(/Var är det\? Beskriv/).fill(words);
  await page.getByLabel('Kommun').selectOption({ label: 'Olofström' });
  await next(page).click();
}

export async function whereIStand(page: Page): Promise<void> {
  await page.context().grantPermissions(['geolocation']);
  await page.context().setGeolocation({ ...OLOFSTROM, accuracy: 14 });
  await page.getByRole('button', { name: 'Min position' }).click();
  await expect(page.getByText('Din position')).toBeVisible();
  await next(page).click();
}

/** From "how does it feel" to the step before sending. */
export async function answerTheRest(page: Page, note = NOTE): Promise<void> {
  await page.getByRole('radio', { name: 'Mycket otryggt' }).check();
  await next(page).click();
  await page.getByRole('radio', { name: 'Just nu' }).check();
  await next(page).click();
  await page.getByLabel('Egna ord').fill(note);
  await next(page).click();
  await expect(page.getByRole('heading', { name: 'Stämmer det här?' })).toBeVisible();
}

/** Sends, waits for the receipt on the page, and gives back what the server answered. */
export async function send(page: Page): Promise<ReportReceipt> {
  const [response] = await Promise.all([
    page.waitForResponse((answer: Response) => answer.url().endsWith('/api/v1/reports') && answer.request().method() === 'POST'),
    page.getByRole('button', { name: 'Skicka rapporten' }).click(),
  ]);
  expect([200, 201]).toContain(response.status());
  await expect(page.getByRole('heading', { name: 'Tack, rapporten är mottagen' })).toBeVisible();
  return (await response.json()) as ReportReceipt;
}

/** Everything the browser keeps for this origin, as text: IndexedDB, web storage, caches. */
export async function everythingKept(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const kept: unknown[] = [{ ...localStorage }, { ...sessionStorage }];
    for (const { name } of await indexedDB.databases()) {
      if (!name) continue;
      const db = await new Promise<IDBDatabase>((done, failed) => {
        const request = indexedDB.open(name);
        request.onsuccess = () => done(request.result);
        request.onerror = () => failed(request.error);
      });
      for (const shelf of db.objectStoreNames) {
        const rows = await new Promise((done, failed) => {
          const request = db.transaction(shelf).objectStore(shelf).getAll();
          request.onsuccess = () => done(request.result);
          request.onerror = () => failed(request.error);
        });
        kept.push({ [`${name}/${shelf}`]: rows });
      }
      db.close();
    }
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        const answer = await cache.match(request);
        kept.push({ [request.url]: request.url.includes('/assets/') ? '' : await answer?.text() });
      }
    }
    return JSON.stringify(kept);
  });
}
