/** Stories of people: an invitation by keys alone, an account, an administrator's day, and what each role is offered. Against the real server. */
import type { Page } from '@playwright/test';
import { expectAccessible, expectNoSideways } from './axe';
import { ADMINISTRATOR, demoPassword, dialog, enter, HANDLER, invite, logIn, MODERATOR, NEW_PASSWORD, openPerson, PASSWORD, PLANNER, pickKommun, press, printed, typeInto } from './people';
import { enterKey, logOut, tabTo, total, WIDE } from './plan';
import { expect, OPERATOR_TOKEN, startServer, test } from './server';

test.use({ viewport: WIDE, hasTouch: false });

/** As the administrator of the example, on the page of people. */
async function asAdministrator(page: Page, password: string): Promise<void> {
  await enter(page, ADMINISTRATOR, password);
  await page.goto('/personer');
  await expect(page.getByRole('heading', { name: 'Personer', exact: true })).toBeVisible();
}

test('by keys alone: an invitation accepted, logged in again, the account read, a key made and taken away', async ({ page, server, browser }) => {
  const other = await browser.newContext({ baseURL: server.url });
  const office = await other.newPage();
  await asAdministrator(office, demoPassword(server));
  const link = await invite(office, { name: 'Karin Ek', email: 'Karin.Ek@olofstrom.example', party: '\u2003Olofströms kommun', role: 'Planerare' });
  expect(link).toMatch(new RegExp(`^${server.url}/konto#inbjudan=\\w+$`));
  await other.close();

  await page.goto(link);
  await expect(page.getByText('Inbjudan gäller Karin Ek, karin.ek@olofstrom.example.')).toBeVisible();
  expect(page.url()).toBe(`${server.url}/konto`);
  const field = page.getByLabel('Välj ett lösenord');
  await typeInto(page, field, 'lampan');
  await expect(page.getByText('6 tecken till')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.locator('#password-fault')).toContainText('minst 12 tecken');
  await expect(field).toBeFocused();
  await field.fill('');
  await page.keyboard.type('password1234');
  await page.keyboard.press('Enter');
  await expect(page.locator('#password-fault')).toContainText('lätt att gissa');
  await field.fill('');
  await page.keyboard.type(PASSWORD);
  await press(page, page.getByRole('button', { name: 'Visa lösenord' }));
  await expect(field).toHaveAttribute('type', 'text');
  await press(page, page.getByRole('button', { name: 'Skapa kontot' }));
  await expect(page.getByText('Klart. Du är inloggad.')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Mitt konto' })).toBeFocused();

  // The link is used up, and says what to do.
  await page.goto('about:blank');
  await page.goto(link);
  await expect(page.getByRole('heading', { name: 'Länken gäller inte' })).toBeFocused();
  await press(page, page.getByRole('button', { name: 'Mitt konto' }));

  // Out, and in again with the password.
  await press(page, page.getByRole('button', { name: 'Inloggad som Karin Ek' }));
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Inloggad som Karin Ek' })).toBeFocused();
  await page.keyboard.press('Enter');
  await press(page, page.getByRole('button', { name: 'Logga ut' }));
  await typeInto(page, page.getByLabel('E-postadress'), 'karin.ek@olofstrom.example');
  await typeInto(page, page.getByLabel('Lösenord', { exact: true }), 'fel lösenord här');
  await page.keyboard.press('Enter');
  await expect(page.getByText('hör inte ihop')).toBeVisible();
  await expect(page.getByLabel('Lösenord', { exact: true })).toBeFocused();
  await page.getByLabel('Lösenord', { exact: true }).fill('');
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press('Enter');

  await expect(page.getByText('Planerare, Olofströms kommun')).toBeVisible();
  await expect(page.getByText('I Olofström: se kartan och siffrorna, läsa rapporter')).toBeVisible();
  await expect(page.getByText('Här, i den här webbläsaren')).toBeVisible();

  await press(page, page.getByRole('button', { name: 'Gör en nyckel' }));
  await expect(dialog(page).getByLabel('Vad ska den användas till?')).toBeFocused();
  await page.keyboard.type('QGIS på kontoret');
  await page.keyboard.press('Enter');
  await expect(dialog(page).getByText('Den visas bara den här gången')).toBeVisible();
  const token = await dialog(page).getByLabel('Nyckel', { exact: true }).inputValue();
  const reads = await page.context().request.fetch('/api/v1/session', { headers: { Authorization: `Bearer ${token}`, Cookie: '' } });
  expect(((await reads.json()) as { role: string }).role).toBe('person');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Gör en nyckel' })).toBeFocused();
  await expect(page.getByText(/Bara läsa, till och med/)).toBeVisible();

  const remove = page.getByRole('button', { name: 'Ta bort QGIS på kontoret' });
  await page.getByRole('heading', { name: 'Nycklar för program' }).focus();
  await press(page, remove);
  await page.keyboard.press('Escape');
  await expect(remove).toBeFocused();
  await page.keyboard.press('Enter');
  await press(page, dialog(page).getByRole('button', { name: 'Ta bort' }));
  await expect(page.getByText('Nyckeln ”QGIS på kontoret” är borttagen.')).toBeVisible();
  await expect(page.getByText('Du har inga nycklar')).toBeVisible();
});

test('a new password ends the other sessions, and a stranger’s session can be ended by itself', async ({ page, server, browser }) => {
  await asAdministrator(page, demoPassword(server));
  const link = await invite(page, { name: 'Nils Alm', email: 'nils@vaxjo.example', party: '\u2003Växjö kommun', role: 'Planerare' });
  const [one, two] = await Promise.all([browser.newContext({ baseURL: server.url }), browser.newContext({ baseURL: server.url })]);
  const [here, there] = await Promise.all([one.newPage(), two.newPage()]);
  await here.goto(link);
  await here.getByLabel('Välj ett lösenord').fill(PASSWORD);
  await here.getByRole('button', { name: 'Skapa kontot' }).click();
  await expect(here.getByText('Du är inte inloggad någon annanstans.')).toBeVisible();

  await there.goto('/konto');
  await logIn(there, 'nils@vaxjo.example', PASSWORD);
  await expect(there.getByRole('heading', { name: 'Mitt konto' })).toBeVisible();
  await here.reload();
  await here.getByRole('button', { name: /^Logga ut \d/ }).click();
  await expect(here.getByText('Den är utloggad.')).toBeVisible();
  await expect(here.getByRole('heading', { name: 'Här är du inloggad' })).toBeFocused();
  await there.getByRole('button', { name: 'Gör en nyckel' }).click();
  await dialog(there).getByLabel('Vad ska den').fill('x');
  await dialog(there).getByRole('button', { name: 'Gör nyckeln' }).click();
  await expect(there.getByText('Inloggningen har gått ut')).toBeVisible();
  await logIn(there, 'nils@vaxjo.example', PASSWORD);
  await expect(there.getByRole('heading', { name: 'Mitt konto' })).toBeVisible();

  await here.getByLabel('Nuvarande lösenord').fill('inte det gamla alls');
  await here.getByLabel('Nytt lösenord').fill(NEW_PASSWORD);
  await here.getByRole('button', { name: 'Byt lösenord' }).click();
  await expect(here.locator('#current-password-fault')).toContainText('stämmer inte');
  await expect(here.getByLabel('Nuvarande lösenord')).toBeFocused();
  await here.getByLabel('Nuvarande lösenord').fill(PASSWORD);
  await here.getByRole('button', { name: 'Byt lösenord' }).click();
  await expect(here.getByText('Lösenordet är bytt.')).toBeVisible();
  await there.reload();
  await expect(there.getByRole('heading', { name: 'Logga in' })).toBeVisible();
  await logIn(there, 'nils@vaxjo.example', NEW_PASSWORD);
  await expect(there.getByRole('heading', { name: 'Mitt konto' })).toBeVisible();
  await Promise.all([one.close(), two.close()]);
});

test('an administrator makes a kommun, a police district and a guest, invites, changes roles, closes and erases', async ({ page, server, browser }) => {
  // What a planner reads is told to those who look after people: who and when, not what.
  const desk = await browser.newContext({ baseURL: server.url });
  const reader = await desk.newPage();
  await enter(reader, PLANNER, demoPassword(server));
  const list = (await (await desk.request.get('/api/v1/reports?municipality=1060&limit=3')).json()) as { features: { id: string }[] };
  await desk.request.get(`/api/v1/reports/${list.features[0]?.id}`);
  await desk.close();
  await asAdministrator(page, demoPassword(server));
  const log = page.getByRole('region', { name: 'Vem har läst rapporter' });
  await log.getByLabel('Kommun').selectOption({ label: 'Olofström' });
  await expect(log.getByRole('listitem').first()).toContainText('Planerare Olofström öppnade en rapport');
  await expect(log.getByRole('listitem').nth(1)).toContainText('såg en lista med 3 rapporter');
  await log.getByLabel('Visa bara när någon läste ovanligt mycket').check();
  await expect(log.getByText('Ingen har läst 200 gånger')).toBeVisible();
  const window = dialog(page);
  const add = page.getByRole('button', { name: 'Lägg till en part', exact: true });

  // A kommun, called after itself. What is missing is said beside its field.
  await add.click();
  await window.getByRole('button', { name: 'Lägg till', exact: true }).click();
  await expect(window.locator('#party-kommun-fault')).toHaveText('Välj kommun.');
  await expect(window.getByLabel('Sök kommun')).toBeFocused();
  await pickKommun(window, 'Degerfors');
  await expect(window.getByLabel('Namn', { exact: true })).toHaveValue('Degerfors kommun');
  await window.getByLabel('Namn', { exact: true }).fill('Trygghetsrådet');
  await window.getByRole('button', { name: 'Lägg till', exact: true }).click();
  await expect(page.getByText('Trygghetsrådet är tillagd.')).toBeVisible();

  // A police district of two kommuner, then of one.
  await add.click();
  await window.getByLabel('Vad är det för part?').selectOption({ label: 'Lokalpolisområde' });
  await pickKommun(window, 'Olofström');
  await pickKommun(window, 'Växjö');
  await window.getByLabel('Namn', { exact: true }).fill('Lokalpolisområde Syd');
  await window.getByRole('button', { name: 'Lägg till', exact: true }).click();
  const district = page.getByRole('button', { name: /^Lokalpolisområde Syd/ });
  await expect(district).toContainText('Olofström och Växjö');
  await district.click();
  await page.getByRole('button', { name: 'Ändra Lokalpolisområde Syd' }).click();
  await window.getByLabel('Växjö').uncheck();
  await window.getByRole('button', { name: 'Spara' }).click();
  await expect(district).not.toContainText('Växjö');

  // A guest, for a term.
  await page.getByRole('button', { name: /^Olofströms kommun/ }).click();
  await page.getByRole('button', { name: 'Lägg till en part under Olofströms kommun' }).click();
  await window.getByLabel('Vad är det för part?').selectOption({ label: 'Förening' });
  await window.getByLabel('Namn', { exact: true }).fill('Nattvandrarna');
  await window.getByRole('button', { name: 'Lägg till', exact: true }).click();
  await expect(window.locator('#party-until-fault')).toBeVisible();
  const soon = new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10);
  await window.getByLabel('Sista dag').fill(soon);
  await window.getByRole('button', { name: 'Lägg till', exact: true }).click();
  await expect(page.getByText('Nattvandrarna är tillagd.')).toBeVisible();

  // Somebody invited; the guest's role is the only one that fits, and needs a last day.
  await page.getByRole('button', { name: 'Bjud in en person', exact: true }).click();
  await window.getByLabel('Namn', { exact: true }).fill('Gun Berg');
  await window.getByLabel('E-postadress').fill('gun@vandrar.example');
  await window.getByLabel('Part', { exact: true }).selectOption({ label: '\u2003\u2003Nattvandrarna' });
  await expect(window.getByLabel('Roll', { exact: true })).toHaveValue('guest');
  await window.getByRole('button', { name: 'Bjud in', exact: true }).click();
  await expect(window.getByLabel('Sista dag')).toBeFocused();
  await window.getByLabel('Sista dag').fill(soon);
  await window.getByRole('button', { name: 'Bjud in', exact: true }).click();
  const link = await window.getByLabel('Länk').inputValue();
  await window.getByRole('button', { name: 'Jag har kopierat den' }).click();

  // The same address twice is refused beside its field.
  await page.getByRole('button', { name: 'Bjud in en person', exact: true }).click();
  await window.getByLabel('Namn', { exact: true }).fill('Gun igen');
  await window.getByLabel('E-postadress').fill('GUN@vandrar.example');
  await window.getByLabel('Part', { exact: true }).selectOption({ label: '\u2003Lokalpolisområde Syd' });
  await window.getByLabel('Roll', { exact: true }).selectOption({ label: 'Kommunpolis' });
  await window.getByRole('button', { name: 'Bjud in', exact: true }).click();
  await expect(window.locator('#person-email-fault')).toContainText('används redan');
  await window.getByRole('button', { name: 'Stäng' }).click();

  // Found by role and party; another role beside the first; a new link instead of the old.
  await page.getByLabel('Sök på namn').fill('gast nattvandrarna');
  await expect(page.getByText(/^1 av \d+ personer$/)).toBeVisible();
  const line = await openPerson(page, 'Gun Berg');
  await expect(line).toContainText('Inbjuden');
  await page.getByRole('button', { name: 'Ändra namn och roller Gun Berg' }).click();
  await window.getByRole('button', { name: 'Lägg till en roll' }).click();
  const second = window.getByRole('group', { name: 'Roll 2' });
  await expect(second.getByLabel('Part', { exact: true })).toBeFocused();
  await second.getByLabel('Part', { exact: true }).selectOption({ label: '\u2003Lokalpolisområde Syd' });
  await second.getByLabel('Roll', { exact: true }).selectOption({ label: 'Kommunpolis' });
  await window.getByRole('button', { name: 'Spara' }).click();
  await expect(line).toContainText('Kommunpolis, Lokalpolisområde Syd');
  await page.getByRole('button', { name: 'Ny länk Gun Berg' }).click();
  await window.getByRole('button', { name: 'Gör en ny länk' }).click();
  const fresh = await window.getByLabel('Länk').inputValue();
  expect(fresh).not.toBe(link);
  await window.getByRole('button', { name: 'Jag har kopierat den' }).click();
  const guest = await browser.newContext({ baseURL: server.url });
  const visitor = await guest.newPage();
  await visitor.goto(link);
  await expect(visitor.getByRole('heading', { name: 'Länken gäller inte' })).toBeVisible();
  // The next link in the same tab is only another fragment of the page.
  await visitor.evaluate((to) => (location.hash = to), new URL(fresh).hash);
  await visitor.getByLabel('Välj ett lösenord').fill(PASSWORD);
  await visitor.getByRole('button', { name: 'Skapa kontot' }).click();
  await expect(visitor.getByText('Klart. Du är inloggad.')).toBeVisible();

  // Closed: out at once, and in no more; opened again.
  await page.getByRole('button', { name: 'Stäng kontot Gun Berg' }).click();
  await window.getByRole('button', { name: 'Stäng kontot' }).click();
  await expect(line).toContainText('Stängt');
  await visitor.reload();
  await logIn(visitor, 'gun@vandrar.example', PASSWORD);
  await expect(visitor.getByText('hör inte ihop')).toBeVisible();
  await page.getByRole('button', { name: 'Öppna kontot igen Gun Berg' }).click();
  await expect(line).toContainText('Aktiv');
  await logIn(visitor, 'gun@vandrar.example', PASSWORD);
  await expect(visitor.getByRole('heading', { name: 'Mitt konto' })).toBeVisible();
  await guest.close();

  // Erased, by writing whom.
  await page.getByRole('button', { name: 'Radera Gun Berg' }).click();
  await window.getByLabel(/^Skriv gun@vandrar.example/).fill('gun');
  await window.getByRole('button', { name: 'Radera kontot' }).click();
  await expect(window.locator('#erase-fault')).toBeVisible();
  await window.getByLabel(/^Skriv gun@vandrar.example/).fill('gun@vandrar.example');
  await window.getByRole('button', { name: 'Radera kontot' }).click();
  await expect(page.getByText('Kontot är raderat.')).toBeVisible();
  await page.getByLabel('Sök på namn').fill('gun');
  await expect(page.getByText('Ingen passar in')).toBeVisible();

  // What nothing hangs on can go; what something hangs on says why not.
  await district.click();
  await page.getByRole('button', { name: 'Ta bort Lokalpolisområde Syd' }).click();
  await window.getByRole('button', { name: 'Ta bort' }).click();
  await expect(page.getByText('Lokalpolisområde Syd är borttagen.')).toBeVisible();
  await page.getByRole('button', { name: /^Olofströms kommun/ }).click();
  await expect(page.getByText('Kan inte tas bort än').filter({ visible: true })).toHaveCount(1);
});

test('the first administrator takes the place from the link that is printed, and begins with a party', async ({ browser }) => {
  test.setTimeout(120_000);
  const fresh = await startServer({}, 'serve');
  const context = await browser.newContext({ baseURL: fresh.url, viewport: { width: 360, height: 760 } });
  try {
    const page = await context.newPage();
    await page.goto(printed(fresh, 'First administrator'));
    await expect(page.getByText('Du är den första här')).toBeVisible();
    await page.getByLabel('Välj ett lösenord').fill(PASSWORD);
    await page.getByRole('button', { name: 'Skapa kontot' }).click();
    await expect(page.getByLabel('Ditt namn')).toBeFocused();
    await page.getByLabel('Ditt namn').fill('Maj Lind');
    await page.getByLabel('Din e-postadress').fill('maj');
    await page.getByRole('button', { name: 'Skapa kontot' }).click();
    await expect(page.getByLabel('Din e-postadress')).toBeFocused();
    await page.getByLabel('Din e-postadress').fill('maj@lykta.example');
    await page.getByRole('button', { name: 'Skapa kontot' }).click();
    await expect(page.getByText('Klart. Du är inloggad.')).toBeVisible();
    await expect(page.getByText('I alla kommuner: sköta parter och personer')).toBeVisible();

    await page.goto('/plan');
    await expect(page.getByRole('heading', { name: 'Du har ingen karta att arbeta med än' })).toBeVisible();
    await expectAccessible(page, 'no desk');
    await expectNoSideways(page);
    await page.getByRole('link', { name: 'Personer och parter' }).first().click();
    await expect(page.getByText('Börja här: lägg till den kommun')).toBeVisible();
    await page.getByText('Personer', { exact: true }).first().click();
    await expect(page.getByText('Maj Lind (du)')).toBeVisible();
    await openPerson(page, 'Maj Lind');
    await expect(page.getByText('Dina egna roller ändrar en annan administratör.')).toBeVisible();
  } finally {
    await context.close();
    await fresh.stop();
  }
});

test('the desk offers what one may: her own kommun, no answers for a moderator, no files, no map for a handler', async ({ page, server }) => {
  const password = demoPassword(server);
  await page.goto('/plan');
  await logIn(page, 'Planerare@Olofstrom.example ', password);
  await expect(total(page)).toBeVisible();
  await expect(page.getByLabel('Kommun').locator('option')).toHaveText(['Olofström']);
  await expect(page.getByRole('button', { name: 'GeoJSON' })).toBeVisible();
  await page.getByRole('button', { name: 'Inloggad som Planerare Olofström' }).click();
  await expect(page.getByRole('link', { name: 'Mitt konto' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Personer och parter' })).toHaveCount(0);
  await page.keyboard.press('Escape');
  await page.getByRole('tab', { name: 'Rapporter' }).click();
  await page.locator('.list li button').first().click();
  await expect(page.getByRole('heading', { name: 'Handlägg' })).toBeVisible();
  // Another kommun is not told apart from one without rights in words that blame.
  await page.goto('about:blank');
  await page.goto('/plan#municipality=0780');
  await expect(page.getByText('Du har ingen roll i den kommunen')).toBeVisible();
  await page.getByRole('button', { name: 'Olofström', exact: true }).click();
  await expect(total(page)).toBeVisible();
  await logOut(page);

  await logIn(page, MODERATOR, password);
  await expect(total(page)).toBeVisible();
  await expect(page.getByRole('button', { name: 'GeoJSON' })).toHaveCount(0);
  await page.getByRole('tab', { name: 'Tabell' }).click();
  await expect(page.getByTestId('table-total')).toBeVisible();
  await expect(page.getByRole('button', { name: /CSV/ })).toHaveCount(0);
  await page.getByRole('tab', { name: 'Rapporter' }).click();
  await expect(page.getByTestId('list-total')).toBeVisible();
  await expect(page.getByRole('button', { name: /CSV/ })).toHaveCount(0);
  await page.locator('.list li button').first().click();
  await expect(page.getByRole('article')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Handlägg' })).toHaveCount(0);
  await logOut(page);

  await logIn(page, HANDLER, password);
  await expect(page.getByRole('heading', { name: 'Du har ingen karta att arbeta med än' })).toBeVisible();
  await page.goto('/personer');
  await expect(page.getByRole('heading', { name: 'Du sköter inga personer' })).toBeVisible();
  await logOut(page);

  // The operator's key: the desk, and no account.
  await enterKey(page, OPERATOR_TOKEN);
  // To leave before the answer is here would be to leave without a session.
  await expect(page.getByRole('button', { name: 'Inloggad som' })).toBeVisible();
  await page.goto('/konto');
  await expect(page.getByText('Du är inloggad med driftnyckeln')).toBeVisible();
  expect(await page.evaluate(() => Object.keys({ ...localStorage, ...sessionStorage }).filter((key) => !/^lykta\.(lang|seen)/.test(key)))).toEqual([]);
});

test('too many attempts are told to wait', async ({ page }) => {
  await page.route('**/api/v1/session', (route) =>
    route.request().method() === 'POST'
      ? route.fulfill({ status: 429, headers: { 'retry-after': '150', 'content-type': 'application/problem+json' }, body: JSON.stringify({ type: '/problems/rate-limited', title: 'x', status: 429, errors: [] }) })
      : route.fallback(),
  );
  await page.goto('/konto');
  await logIn(page, PLANNER, 'vad som helst här');
  await expect(page.getByText('För många försök. Vänta 3 minuter')).toBeVisible();
  await tabTo(page, page.getByRole('button', { name: 'Logga in', exact: true }));
});
