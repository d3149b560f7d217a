/** What a newcomer to the workspace met: the whole map, one feeling at a time, links that say what they could not show. */
import { counted, stored } from './asked';
import { expectNoSideways } from './axe';
import { enterKey, KOMMUN, mapIdle, openPlan, sendReport, shadesSeen, shownTotal, total, WIDE } from './plan';
import { expect, test } from './server';

test.describe('on a phone', () => {
  test.use({ viewport: { width: 360, height: 740 }, hasTouch: true });

  test('the whole map is in sight above the tabs, with its buttons, its legend and its northernmost squares', async ({ page }) => {
    await openPlan(page, `municipality=${KOMMUN}&at=14.80900,56.87700,11.20`);
    await mapIdle(page);
    const tabs = await page.getByRole('tablist').boundingBox();
    const bottom = async (selector: string) => page.locator(selector).evaluate((element) => element.getBoundingClientRect().bottom);
    for (const part of ['.map', '.map .maplibregl-ctrl-zoom-out', '.map-panel .steps']) expect(await bottom(part), part).toBeLessThanOrEqual((tabs?.y ?? 0) + 1);
    // Part of the map under the tabs, as after a scroll or in a short window: what is above must still be all there.
    for (const size of [{ width: 360, height: 740 }, { width: 360, height: 520 }, { width: 900, height: 560 }]) {
      await page.setViewportSize(size);
      await mapIdle(page);
      await page.waitForTimeout(500);
      const map = await page.locator('.map').boundingBox();
      expect(await shadesSeen(page, { x: 0, y: Math.ceil(map?.y ?? 0) + 1, width: size.width, height: 50 }), `${size.width} x ${size.height}`).toBeGreaterThan(3);
    }
  });

  test('a square that is touched tells its numbers on the map', async ({ page }) => {
    await openPlan(page);
    await mapIdle(page);
    await page.locator('.right ol button').first().click();
    await expect(page.locator('.picked').getByText(/\d+ rapporter? · \d+ person/)).toBeVisible();
    await page.locator('.picked').getByRole('button', { name: 'Släpp rutan' }).click();
    await expect(page.locator('.picked')).toHaveCount(0);
  });

  test('back closes an open report, and so does the tab of the list', async ({ page }) => {
    await openPlan(page, `municipality=${KOMMUN}&tab=reports`);
    const first = page.locator('.list li button').first();
    for (const close of [() => page.goBack(), () => page.getByRole('tab', { name: 'Rapporter' }).click()]) {
      await first.click();
      await expect(page.getByRole('article')).toBeVisible();
      await close();
      await expect(page.getByRole('article')).toHaveCount(0);
      await expect(first).toBeVisible();
    }
  });
});

test.describe('on a desk', () => {
  test.use({ viewport: WIDE, hasTouch: false });

  test('opens on what is unsafe, says what is safe besides, and switches', async ({ page, request }) => {
    const [unsafe, safe, both] = [await counted(request, KOMMUN, '&feeling=unsafe'), await counted(request, KOMMUN, '&feeling=safe'), await counted(request, KOMMUN)];
    await openPlan(page, `municipality=${KOMMUN}&feeling=unsafe`);
    await page.goto('/plan');
    await expect.poll(() => shownTotal(page)).toBe(unsafe);
    await expect(page).toHaveURL(/feeling=unsafe/);
    await expect(page.getByRole('button', { name: 'Ta bort Otryggt' })).toBeVisible();
    await expect(page.getByTestId('beside').filter({ visible: true })).toHaveText(`Därutöver ${safe} rapporter om trygga platser`);
    await page.getByRole('button', { name: /^Tryggt \d/ }).click();
    await expect.poll(() => shownTotal(page)).toBe(safe);
    await page.getByRole('tab', { name: 'Rapporter' }).click();
    await expect(page.locator('.list li').first().getByText('Tryggt', { exact: true })).toBeVisible();
    await page.getByRole('button', { name: 'Båda' }).click();
    await expect.poll(() => shownTotal(page)).toBe(both);
    await expect(page).toHaveURL(/feeling=both/);
  });

  test('a kommun that does not use Lykta is not shown as another one', async ({ page }) => {
    await openPlan(page);
    for (const code of ['9999', '0180']) {
      await page.goto(`/plan#municipality=${code}`);
      await expect(page.getByRole('heading', { name: 'Kommunen använder inte Lykta' })).toBeVisible();
      await page.getByRole('main').getByRole('button', { name: 'Växjö' }).click();
      await expect(total(page)).toBeVisible();
      await expect(page).toHaveURL(new RegExp(KOMMUN));
    }
  });

  test('filters that do not exist are left out aloud; what the server refuses is not shown as nothing, and comes when it can', async ({ page }) => {
    await openPlan(page, `municipality=${KOMMUN}&category=zzz&light=foo`);
    await expect(page.getByText('category=zzz, light=foo')).toBeVisible();
    await expect.poll(() => shownTotal(page)).toBeGreaterThan(0);
    await page.route('**/api/v1/heatmap?*', (route) =>
      route.fulfill({ status: 400, contentType: 'application/problem+json', json: { type: 'about:blank', title: 'Något behöver rättas', status: 400, errors: [{ pointer: '?light', code: 'not_allowed', message: 'Värdet finns inte.' }] } }),
    );
    await page.getByRole('button', { name: /^Mörker \d/ }).click();
    await expect(page.getByRole('alert')).toHaveText('Värdet finns inte.');
    await expect(page.getByText('Inga rapporter i urvalet')).toHaveCount(0);
    await page.getByRole('tab', { name: 'Tabell' }).click();
    await expect(page.getByText('Siffrorna kunde inte hämtas.')).toBeVisible();
    // The page asks again by itself.
    await page.unroute('**/api/v1/heatmap?*');
    await expect(page.getByTestId('table-total')).toBeVisible();
    await expect(page.getByRole('alert')).toHaveCount(0);
  });

  test('an open report stands in the address: linked, gone back from, and told when it is not there', async ({ page, request }) => {
    const sent = await sendReport(request, { place_text: 'Vid stora porten', municipality: KOMMUN });
    await openPlan(page, `municipality=${KOMMUN}&tab=reports`);
    await page.locator(`#report-${sent.id}`).click();
    await expect(page).toHaveURL(new RegExp(`report=${sent.id}`));
    const link = page.url();
    await page.goBack();
    await expect(page.getByRole('article')).toHaveCount(0);
    await page.goto('about:blank');
    await page.goto(link);
    await expect(page.getByRole('article').getByText('Vid stora porten').first()).toBeVisible();
    await page.goto(`/plan#municipality=${KOMMUN}&tab=reports&report=${crypto.randomUUID()}`);
    await expect(page.getByRole('alert')).toBeVisible();
    await expect(page).not.toHaveURL(/report=/);
    await expect(page.locator(`#report-${sent.id}`)).toBeVisible();
  });

  test('one long word breaks neither the list nor the report; a report without a time says when it came in', async ({ page, request }) => {
    const sent = await sendReport(request, { place_text: 'o'.repeat(180), note: 'å'.repeat(400), municipality: KOMMUN });
    await openPlan(page, `municipality=${KOMMUN}&tab=reports`);
    const row = page.locator(`#report-${sent.id}`);
    await expect(row).toContainText('Kom in');
    await row.click();
    await expect(page.getByRole('article')).toBeVisible();
    await expectNoSideways(page);
    for (const part of ['#panel-reports', '.right']) expect(await page.locator(part).evaluate((element) => element.scrollWidth - element.clientWidth), part).toBeLessThanOrEqual(0);
  });

  test("a telephone number in an answer is marked, hidden by one press, and told in the planner's own words", async ({ page, request }) => {
    const sent = await sendReport(request, { place_text: 'Vid stora porten', municipality: KOMMUN });
    await openPlan(page, `municipality=${KOMMUN}&tab=reports`);
    await page.locator(`#report-${sent.id}`).click();
    const answer = page.getByLabel('Svar till den som rapporterade');
    await answer.fill('Ring 070-123 45 67 så hjälper vi till');
    await expect(page.locator('form mark')).toHaveText('070-123 45 67');
    await page.getByRole('button', { name: 'Spara', exact: true }).click();
    await expect(page.locator('#answer-fault')).toContainText('ur svaret');
    await expect(page.getByText('beskriv platsen')).toHaveCount(0);
    await expect(answer).toHaveAttribute('aria-invalid', 'true');
    await page.getByRole('button', { name: 'Dölj det markerade' }).press('Enter');
    await expect(answer).toBeFocused();
    await page.getByRole('button', { name: 'Spara', exact: true }).click();
    await expect(page.getByText('Sparat. Den som rapporterade')).toBeVisible();
    expect((await stored(request, sent.id)).properties.answer).toBe('Ring [dolt] så hjälper vi till');
  });

  test('a report is placed in a window with room for a map, a search and a way out', async ({ page, request }) => {
    const sent = await sendReport(request, { place_text: 'Bänken vid dammen', municipality: KOMMUN });
    await openPlan(page, `municipality=${KOMMUN}&tab=reports`);
    await page.locator(`#report-${sent.id}`).click();
    const open = page.getByRole('button', { name: 'Placera på kartan' });
    await open.click();
    const dialog = page.getByRole('dialog', { name: 'Placera på kartan' });
    expect((await dialog.locator('.frame').boundingBox())?.width).toBeGreaterThan(700);
    await dialog.getByLabel('Sök en plats i kommunen').fill('Ingelstad');
    await dialog.getByRole('button', { name: 'Sök' }).click();
    await dialog.getByRole('button', { name: 'Ingelstad', exact: true }).click();
    await expect(page.locator('#pick-under')).toContainText('Ingelstad');
    await dialog.getByRole('button', { name: 'Avbryt' }).click();
    await expect(dialog).toHaveCount(0);
    await expect(open).toBeFocused();
  });

  test('choosing a focus area goes there', async ({ page }) => {
    await openPlan(page);
    await mapIdle(page);
    await page.getByRole('button', { name: /^Araby \d/ }).click();
    await expect(page).toHaveURL(/at=14\.7\d+,56\.8\d+,1[3-6]/);
  });

  test('an empty form is told so, of either kind', async ({ page }) => {
    await page.goto('/plan');
    await page.getByRole('button', { name: 'Logga in', exact: true }).click();
    await expect(page.getByText('Skriv e-postadress och lösenord först.')).toBeVisible();
    await expect(page.getByLabel('E-postadress')).toBeFocused();
    await enterKey(page, '');
    await expect(page.getByText('Skriv nyckeln först.')).toBeVisible();
    await expect(page.getByLabel('Driftnyckel')).toBeFocused();
  });
});
