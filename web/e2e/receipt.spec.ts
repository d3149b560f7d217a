/** The receipt against the real server: following a report, finding the code again, keeping it. */
import { patch, RIGHT } from './asked';
import { expect, test } from './server';
import { answerTheRest, chooseWhat, everythingKept, NOTE, send, whereInWords, whereIStand } from './steps';

test('a planner answers, and the resident reads it by the receipt and takes the report back', async ({ page, request }) => {
  await page.goto('/');
  await chooseWhat(page, 'Mörkt eller trasig belysning', 'Lampa lyser inte');
  await whereIStand(page);
  await answerTheRest(page);
  const { id, receipt } = await send(page);

  await patch(request, id, { status: 'planned', answer: 'Tack. Lampan byts nästa vecka.' });

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
  await page.getByRole('button', { name: 'Visa en annan rapport' }).press('Enter');
  await expect(page.getByLabel('Kvittokod')).toBeFocused();
  const after = await request.get(`/api/v1/reports/${id}`, { headers: RIGHT });
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
  await expect(page.getByRole('button', { name: 'Ta tillbaka rapporten' })).toBeVisible();
  await page.route('**/api/v1/receipts', async (route) => {
    if (route.request().method() !== 'DELETE') return route.fallback();
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
  await expect(page.getByLabel('Kvittokod')).toBeFocused();
  await expect(page.getByText('Skriv kvittokoden', { exact: true })).toHaveCount(1);
  await page.getByLabel('Kvittokod').fill('7K3M-Q2XW');
  await page.getByRole('button', { name: 'Visa rapporten' }).click();
  await expect(page.getByText('Kvittokoden har 16 tecken')).toHaveCount(1);
  await page.getByLabel('Kvittokod').fill('ZZZZ-ZZZZ-ZZZZ-ZZZZ');
  await page.getByRole('button', { name: 'Visa rapporten' }).click();
  await expect(page.getByText('Ingen rapport har den kvittokoden')).toHaveCount(1);
});

test('a receipt is kept on the phone only when asked, and opens the report', async ({ page }) => {
  await page.goto('/');
  await chooseWhat(page, 'Ödsligt, inga människor');
  await whereIStand(page);
  await answerTheRest(page);
  await send(page);
  await page.getByLabel(/Spara kvittot på den här enheten/).check();
  await page.goto('/kvitto');
  await page.getByRole('button', { name: /^Ödsligt, inga människor.*Olofström$/ }).click();
  await expect(page.getByRole('heading', { name: /Otryggt: Ödsligt/ })).toBeVisible();
  expect(await everythingKept(page)).not.toContain(NOTE);
});

test('the receipt opens its own report, and is found again by Back, Forward, a reload and the first screen', async ({ page, context }) => {
  await page.goto('/');
  await chooseWhat(page, 'Ödsligt, inga människor');
  await whereInWords(page, 'Vid torget');
  await answerTheRest(page);
  const { receipt } = await send(page);
  await expect(page.getByText('svar till dig. Handläggaren')).toBeVisible();
  await expect(page.getByText('Den räknas ändå')).toHaveCount(0);
  await page.getByRole('link', { name: 'Följ rapporten' }).click();
  await expect(page.getByRole('heading', { name: 'Otryggt: Ödsligt' })).toBeVisible();
  expect(page.url()).not.toContain(receipt);
  await page.goBack();
  await expect(page.getByTestId('receipt')).toHaveText(receipt);
  await page.reload();
  await expect(page.getByTestId('receipt')).toHaveText(receipt);
  await page.goBack();
  await expect(page.getByRole('heading', { name: 'Vad gäller det?' })).toBeVisible();
  await page.goForward();
  await expect(page.getByTestId('receipt')).toHaveText(receipt);

  await page.getByRole('link', { name: 'Rapportera en plats' }).click();
  await expect(page.getByText('Ditt kvitto från Olofström är inte sparat')).toBeVisible();
  await page.getByRole('button', { name: 'Visa kvittot' }).click();
  await expect(page.getByTestId('receipt')).toHaveText(receipt);
  await page.getByLabel(/Spara kvittot på den här enheten/).check();
  await page.getByRole('link', { name: 'Rapportera en plats' }).click();
  await expect(page.getByRole('radio', { name: 'Oro för inbrott' })).toBeVisible();
  await expect(page.getByText('är inte sparat')).toHaveCount(0);
  const other = await context.newPage();
  await other.goto('/');
  await expect(other.getByRole('radio', { name: 'Oro för inbrott' })).toBeVisible();
  expect(await other.evaluate(() => sessionStorage.length)).toBe(0);
});
