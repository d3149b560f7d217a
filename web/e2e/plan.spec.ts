/** The planner's stories: in, narrowed, counted alike everywhere, answered, shared by address. Against the real server. */
import type { LiveHeatmap, ReportPage } from '../src/api/types';
import { distance, type LonLat } from '../src/map/geo';
import { api, counted, patch, stored } from './asked';
import { enterKey, heatPixels, KOMMUN, logOut, mapIdle, openPlan, sendReport, shownTotal, tabTo, toNumber, total, unlooking, WIDE } from './plan';
import { expect, test, OPERATOR_TOKEN } from './server';

test.use({ viewport: WIDE, hasTouch: false });

test('the key opens the workspace and leaves the address; a wrong one is told so', async ({ page }) => {
  await page.goto('/plan');
  await enterKey(page, 'fel nyckel');
  await expect(page.getByText('Nyckeln stämmer inte')).toBeVisible();
  await expect(page.getByLabel('Driftnyckel')).toBeFocused();
  await enterKey(page, OPERATOR_TOKEN);
  await expect(total(page)).toBeVisible();

  await logOut(page);
  await page.goto(`/plan#key=${OPERATOR_TOKEN}`);
  await expect(total(page)).toBeVisible();
  expect(page.url()).not.toContain(OPERATOR_TOKEN);
  await page.goBack();
  expect(page.url()).not.toContain(OPERATOR_TOKEN);
  await page.goto('/plan');
  await expect(total(page)).toBeVisible();
  await logOut(page);
});

test('sentence, map, table and server say the same number, narrowed or not', async ({ page, request }) => {
  await openPlan(page);
  for (const [choice, query] of [[null, ''], ['Mörker', '&light=dark'], ['Belysning', '&light=dark&group=light']] as const) {
    if (choice) {
      const before = await shownTotal(page);
      await page.getByRole('button', { name: new RegExp(`^${choice} \\d`) }).first().click();
      await expect.poll(() => shownTotal(page)).not.toBe(before);
    }
    const number = await counted(request, KOMMUN, query);
    const heat = await api<LiveHeatmap>(request, `/heatmap?municipality=${KOMMUN}&grid=square&size_m=250${query}`);
    expect(number).toBeGreaterThan(0);
    await expect.poll(() => shownTotal(page)).toBe(number);
    expect(heat.features.reduce((sum, cell) => sum + (cell.properties.count ?? 0), 0)).toBe(number);
    await mapIdle(page);
    await expect(page.locator('.map')).toHaveAttribute('data-cells', String(heat.features.length));
    expect(await heatPixels(page)).toBeGreaterThan(500);
    await page.getByRole('tab', { name: 'Tabell' }).click();
    expect(toNumber(await page.getByTestId('table-total').textContent())).toBe(number);
    await page.getByRole('tab', { name: 'Karta' }).click();
  }
  await expect(page.getByTestId('sentence').filter({ visible: true }).first()).toContainText('om belysning, i mörker');
});

test('the view is its address: back, forward and a shared link', async ({ page, context }) => {
  await openPlan(page);
  const all = await shownTotal(page);
  await page.getByRole('button', { name: /^Mörker \d/ }).click();
  await expect.poll(() => shownTotal(page)).toBeLessThan(all);
  const dark = await shownTotal(page);
  await page.getByRole('tab', { name: 'Tabell' }).click();
  const link = page.url();
  expect(link).toContain('light=dark');
  await page.goBack();
  await page.goBack();
  await expect.poll(() => shownTotal(page)).toBe(all);
  await page.goForward();
  await expect.poll(() => shownTotal(page)).toBe(dark);

  const other = await context.newPage();
  await other.goto(link);
  await expect.poll(() => shownTotal(other)).toBe(dark);
  await expect(other.getByTestId('table-total')).toBeVisible();
  await other.close();

  await page.getByRole('button', { name: 'Ta bort Mörker' }).click();
  await expect.poll(() => shownTotal(page)).toBe(all);
});

test('an hour and a month are chosen by their bars, and as rows of a table', async ({ page, request }) => {
  await openPlan(page);
  const hours = page.getByRole('group', { name: 'När på dygnet', exact: true }).last();
  await hours.getByRole('button', { name: /^kl\. 21–22:/ }).click();
  const at21 = await counted(request, KOMMUN, '&hour=21');
  await expect.poll(() => shownTotal(page)).toBe(at21);
  await hours.getByText('Visa som tabell').click();
  await hours.getByRole('button', { name: 'Välj kl. 22–23' }).click();
  const both = await counted(request, KOMMUN, '&hour=21,22');
  await expect.poll(() => shownTotal(page)).toBe(both);
  await expect(page.getByRole('button', { name: 'Ta bort kl. 21–23' })).toBeVisible();
});

test('a cell is chosen in the list, and leads to its own reports', async ({ page }) => {
  await openPlan(page);
  const first = page.locator('.right ol button').first();
  const said = await first.textContent();
  const count = Number(/(\d+) rapport/.exec(said ?? '')?.[1]);
  await first.click();
  await expect(page).toHaveURL(/cell=/);
  await page.getByRole('button', { name: /^Läs rapporterna/ }).click();
  await expect(page.getByTestId('list-total')).toHaveText(new RegExp(`av ${count},`));
});

test('a planner answers a report, with a reason where closing needs one, and overwrites nobody', async ({ page, request }) => {
  await unlooking(page);
  const { features } = await api<ReportPage>(request, `/reports?municipality=${KOMMUN}&status=received&limit=5`);
  const [one] = features;
  if (!one) throw new Error('the demo has no waiting report');
  await openPlan(page, `municipality=${KOMMUN}&status=received&tab=reports`);
  await page.locator(`#report-${one.id}`).click();
  await expect(page.getByRole('article').getByText(one.properties.reference)).toBeVisible();

  await page.getByLabel('Ny status').selectOption('declined');
  await page.getByRole('button', { name: 'Spara', exact: true }).click();
  await expect(page.locator('#reason-fault')).toContainText('Välj ett skäl');
  await expect(page.getByLabel('Skäl')).toBeFocused();
  await page.getByLabel('Skäl').selectOption('budget');
  await page.getByLabel('Svar till den som rapporterade').fill('Belysningen byts nästa år.');

  // Somebody else is faster: nothing is overwritten, and what was written here stays.
  await patch(request, one.id, { status: 'acknowledged' });
  await page.getByRole('button', { name: 'Spara', exact: true }).click();
  await expect(page.getByText('Någon annan hann före')).toBeVisible();
  await expect(page.getByLabel('Svar till den som rapporterade')).toHaveValue('Belysningen byts nästa år.');
  await page.getByRole('button', { name: 'Spara', exact: true }).click();
  await expect(page.getByText('Sparat. Den som rapporterade')).toBeVisible();

  const saved = await stored(request, one.id);
  expect([saved.properties.status, saved.properties.answer]).toEqual(['declined', 'Belysningen byts nästa år.']);
  await expect(page.getByRole('article').getByText('Läst → Ingen åtgärd · Ryms inte i budgeten')).toBeVisible();
});

test("another planner's answer is neither overwritten by a change of status nor hidden from who writes one", async ({ page, request }) => {
  await unlooking(page);
  const sent = await sendReport(request, { place_text: 'Vid stora porten', municipality: KOMMUN });
  await openPlan(page, `municipality=${KOMMUN}&tab=reports`);
  await page.locator(`#report-${sent.id}`).click();
  const answer = page.getByLabel('Svar till den som rapporterade');
  const save = page.getByRole('button', { name: 'Spara', exact: true });
  const now = async () => (await stored(request, sent.id)).properties;

  // Nothing was written here, so what the other wrote stands.
  await patch(request, sent.id, { answer: 'Vi har varit där.' });
  await page.getByLabel('Ny status').selectOption('acknowledged');
  await save.click();
  await expect(page.getByText('Någon annan hann före')).toBeVisible();
  await expect(answer).toHaveValue('Vi har varit där.');
  await save.click();
  await expect(page.getByText('Sparat. Den som rapporterade')).toBeVisible();
  expect(await now()).toMatchObject({ status: 'acknowledged', answer: 'Vi har varit där.' });

  // Both wrote: both are shown, and the one who saves chooses.
  await answer.fill('Lampan byts.');
  await patch(request, sent.id, { answer: 'Lampan är beställd.' });
  await save.click();
  await expect(page.getByText('Någon annan har sparat ett svar')).toBeVisible();
  await expect(page.getByRole('blockquote').filter({ hasText: 'Lampan är beställd.' })).toBeVisible();
  await expect(answer).toHaveValue('Lampan byts.');
  await page.getByRole('button', { name: 'Låt det vara så' }).click();
  await expect(answer).toHaveValue('Lampan är beställd.');
  await save.click();
  await expect(page.getByRole('alert').getByText('Ändra status eller svar först')).toBeVisible();
});

test('an answer can be taken away again', async ({ page, request }) => {
  const sent = await sendReport(request, { place_text: 'Vid stora porten', municipality: KOMMUN });
  await patch(request, sent.id, { answer: 'Fel rapport.' });
  await openPlan(page, `municipality=${KOMMUN}&tab=reports`);
  await page.locator(`#report-${sent.id}`).click();
  await page.getByLabel('Svar till den som rapporterade').fill('');
  await page.getByRole('button', { name: 'Spara', exact: true }).click();
  await expect(page.getByText('Svaret är borttaget')).toBeVisible();
  expect((await stored(request, sent.id)).properties.answer).toBeNull();
});

test('a report in words only is placed on the map, and then counts', async ({ page, request }) => {
  const sent = await sendReport(request, { place_text: 'Bänken vid dammen', municipality: KOMMUN });
  const before = await counted(request, KOMMUN);
  await openPlan(page, `municipality=${KOMMUN}&tab=reports`);
  await page.locator(`#report-${sent.id}`).click();
  await expect(page.getByText('Bänken vid dammen').last()).toBeVisible();
  await page.getByRole('button', { name: 'Placera på kartan' }).click();
  const map = page.getByRole('application', { name: 'Karta för att välja plats' });
  await map.focus();
  await expect(page.getByRole('dialog').getByText('Bänken vid dammen')).toBeVisible();
  const described = await page.locator('#pick-under').textContent();
  for (let i = 0; i < 6; i++) {
    await page.keyboard.press('ArrowRight');
    await page.waitForTimeout(220);
  }
  await expect(page.locator('#pick-under')).not.toHaveText(described ?? '');
  await page.getByRole('button', { name: 'Välj platsen här' }).click();
  await expect.poll(() => counted(request, KOMMUN)).toBe(before + 1);
  await expect.poll(() => isPlaced(request, sent.id)).toBe(true);
});

test('the saved place is the one under the cross-hair, however fast it got there', async ({ page, request }) => {
  const sent = await sendReport(request, { place_text: 'Bänken vid dammen', municipality: KOMMUN });
  await openPlan(page, `municipality=${KOMMUN}&tab=reports`);
  await page.locator(`#report-${sent.id}`).click();
  await page.getByRole('button', { name: 'Placera på kartan' }).click();
  const canvas = page.locator('.pick .canvas');
  await expect(canvas).toHaveAttribute('data-ready', 'true');
  const at = async () => (await canvas.getAttribute('data-at'))?.split(',').map(Number) as LonLat;
  const before = await at();
  // Three steps of 50 m within one step's animation, and the choice before it has ended.
  const after = await page.evaluate(async () => {
    const east = document.querySelector<HTMLButtonElement>('.arrows button:last-child');
    const choose = document.querySelector<HTMLButtonElement>('.pick > .primary');
    for (let i = 0; i < 3; i++) east?.click();
    choose?.click();
    await new Promise((later) => setTimeout(later, 300));
    return document.querySelector('.pick .canvas')?.getAttribute('data-at')?.split(',').map(Number);
  });
  await expect(page.getByText('Platsen är sparad.').or(page.getByRole('button', { name: 'Visa på kartan' })).first()).toBeVisible();
  const kept = (await stored(request, sent.id)).geometry?.coordinates as LonLat;
  expect(distance(before, kept)).toBeGreaterThan(148);
  expect(distance(before, kept)).toBeLessThan(152);
  if (after) expect(distance(after as LonLat, kept)).toBeLessThan(1);
});

async function isPlaced(request: Parameters<typeof stored>[0], id: string): Promise<boolean> {
  return (await stored(request, id)).geometry !== null;
}

test('what is new since the last visit is counted, listed and marked as read', async ({ page, request }) => {
  await openPlan(page);
  await page.getByRole('button', { name: 'Markera som läst' }).click();
  const sent = await sendReport(request, { place_text: 'Vid stora porten', municipality: KOMMUN });
  await page.reload();
  await expect(page.getByText('1 ny eller ändrad rapport')).toBeVisible();
  await page.getByRole('button', { name: 'Visa dem' }).click();
  await expect(page.locator(`#report-${sent.id}`)).toBeVisible();
  await expect(page.getByTestId('list-total')).toHaveText('1 av 1, nyast först');
  await page.getByRole('button', { name: 'Markera som läst' }).click();
  await expect(page.getByText('Markerat. Härifrån räknas det nya.')).toBeVisible();
});

test('a report that comes in is counted while one looks', async ({ page, request }) => {
  await openPlan(page);
  const before = await shownTotal(page);
  await sendReport(request, { location: { type: 'Point', coordinates: [14.8091, 56.8777] } });
  await expect.poll(() => shownTotal(page), { timeout: 20_000 }).toBe(before + 1);
});

test('a session that has ended asks for the key, and leads back to the same view', async ({ page, context }) => {
  await openPlan(page, `municipality=${KOMMUN}&light=dark`);
  const dark = await shownTotal(page);
  // Neither a tile that is on its way nor the look every five seconds is to tell it first: a page that is not seen does not look.
  await mapIdle(page);
  await page.evaluate(() => Object.defineProperty(document, 'visibilityState', { value: 'hidden' }));
  await context.clearCookies();
  await page.getByRole('button', { name: /^Belysning \d/ }).first().click();
  await expect(page.getByText('Inloggningen har gått ut')).toBeVisible();
  await enterKey(page, OPERATOR_TOKEN);
  await expect(page.getByRole('button', { name: 'Ta bort Mörker' })).toBeVisible();
  await expect.poll(() => shownTotal(page)).toBeLessThan(dark);
});

test('a session that ends while an answer is written: asked for the key, and the words are still there', async ({ page, context, request }) => {
  const sent = await sendReport(request, { place_text: 'Vid stora porten', municipality: KOMMUN });
  await openPlan(page, `municipality=${KOMMUN}&tab=reports`);
  await page.locator(`#report-${sent.id}`).click();
  await page.getByLabel('Svar till den som rapporterade').fill('Vi tittar på det.');
  await context.clearCookies();
  await page.getByRole('button', { name: 'Spara', exact: true }).click();
  await expect(page.getByText('Inloggningen har gått ut')).toBeVisible();
  await enterKey(page, OPERATOR_TOKEN);
  await expect(page.getByLabel('Svar till den som rapporterade')).toHaveValue('Vi tittar på det.');

  // Nobody presses anything: the look every five seconds notices too.
  await context.clearCookies();
  await expect(page.getByText('Inloggningen har gått ut')).toBeVisible({ timeout: 20_000 });
});

test('without WebGL the numbers, the list and even the placing of a report remain', async ({ page, request }) => {
  await page.addInitScript(() => {
    const real = HTMLCanvasElement.prototype.getContext;
    HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, kind: string, ...rest: unknown[]) {
      return kind.startsWith('webgl') ? null : (real as (...args: unknown[]) => unknown).call(this, kind, ...rest);
    } as typeof real;
  });
  const sent = await sendReport(request, { place_text: 'Bakom kiosken', municipality: KOMMUN });
  await openPlan(page);
  await expect(page.getByText('Samma uppgifter finns i tabellen och i listan')).toBeVisible();
  await expect(page.locator('.right ol button').first()).toBeVisible();
  await page.getByRole('tab', { name: 'Rapporter' }).click();
  await page.locator(`#report-${sent.id}`).click();
  await page.getByRole('button', { name: 'Placera på kartan' }).click();
  const before = await page.locator('#pick-under').textContent();
  for (let i = 0; i < 3; i++) await page.getByRole('button', { name: 'Norrut' }).click();
  await expect(page.locator('#pick-under')).not.toHaveText(before ?? '');
  await page.getByRole('button', { name: 'Välj platsen här' }).click();
  await expect.poll(() => isPlaced(request, sent.id)).toBe(true);
});

test('cells and reports can be taken home as CSV', async ({ page }) => {
  await openPlan(page, `municipality=${KOMMUN}&light=dark&tab=table`);
  const number = await shownTotal(page);
  const [cells] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Hämta rutorna som CSV' }).click()]);
  const file = await textOf(cells);
  // The mark that makes spreadsheets read å, ä and ö.
  expect(file.startsWith('\uFEFF')).toBe(true);
  const lines = file.trim().split('\r\n');
  expect(lines[0]).toBe('cell;place;longitude;latitude;reports;reporters');
  expect(lines.slice(1).reduce((sum, line) => sum + Number(line.split(';').at(-2)), 0)).toBe(number);
  await page.getByRole('tab', { name: 'Rapporter' }).click();
  const listed = toNumber((await page.getByTestId('list-total').textContent())?.split(' av ')[1] ?? '');
  const [reports] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Hämta rapporterna som CSV' }).click()]);
  const rows = (await textOf(reports)).trim().split(/\r?\n/);
  expect(rows[0]).toContain('reference');
  expect(rows.length - 1).toBe(listed);
});

async function textOf(download: { createReadStream: () => Promise<NodeJS.ReadableStream> }): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}

test('by keyboard alone: from the filters to the list to the open report', async ({ page }) => {
  await openPlan(page);
  const all = await shownTotal(page);
  await page.keyboard.press('Tab');
  await tabTo(page, page.getByRole('button', { name: /^Mörker \d/ }));
  await page.keyboard.press('Space');
  await expect.poll(() => shownTotal(page)).toBeLessThan(all);
  await tabTo(page, page.getByRole('tab', { name: 'Karta' }));
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('tab', { name: 'Rapporter' })).toBeFocused();
  const first = page.locator('.list li button').first();
  await expect(first).toBeVisible();
  await tabTo(page, first);
  const name = await first.locator('strong').textContent();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('article').getByRole('heading', { level: 2 })).toBeFocused();
  await expect(page.getByRole('article').getByRole('heading', { level: 2 })).toHaveText(name ?? '');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Enter');
  await expect(first).toBeFocused();
});

test('an empty selection says what to do next', async ({ page }) => {
  await openPlan(page, `municipality=${KOMMUN}&from=1999-01-01&to=1999-12-31`);
  await expect(total(page)).toHaveText('0');
  await expect(page.getByText('Ta bort något ur urvalet').filter({ visible: true }).first()).toBeVisible();
  await page.getByRole('button', { name: 'Rensa urvalet' }).click();
  await expect.poll(() => shownTotal(page)).toBeGreaterThan(0);
});
