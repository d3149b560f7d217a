/** Logging in by passkey, by app and by recovery code, with keys alone, against the real server and Chromium's own authenticator. */
import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CDPSession, Page } from '@playwright/test';
import { expectAccessible, expectNoSideways } from './axe';
import { demoPassword, dialog, enter, logIn, PLANNER, press, typeInto } from './people';
import { expect, freePort, startServer, test } from './server';

/** The code of RFC 6238 for a base32 secret, so many steps from now. */
function code(secret: string, ahead: number): string {
  const bits = [...secret].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g)?.map((byte) => parseInt(byte, 2)) ?? []);
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + ahead));
  const mac = createHmac('sha1', key).update(step).digest();
  return String((mac.readUInt32BE((mac.at(-1) ?? 0) & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

async function authenticator(page: Page): Promise<{ client: CDPSession; authenticatorId: string }> {
  const client = await page.context().newCDPSession(page);
  await client.send('WebAuthn.enable');
  const options = { protocol: 'ctap2' as const, transport: 'internal' as const, hasResidentKey: true, hasUserVerification: true, isUserVerified: true };
  const { authenticatorId } = await client.send('WebAuthn.addVirtualAuthenticator', { options });
  return { client, authenticatorId };
}

async function logOut(page: Page): Promise<void> {
  await press(page, page.getByRole('button', { name: /^Inloggad som/ }));
  await press(page, page.getByRole('button', { name: 'Logga ut' }));
  await expect(page.getByRole('heading', { name: 'Logga in' })).toBeVisible();
}

/** The kommun of the example: its id follows from its place in it (src/app/demo/logins.rs). */
const OLOFSTROM = '96a440ee-fb02-54e4-9988-ce406ec7d07c';

test.use({ viewport: { width: 360, height: 800 } });

test('by keys alone: a passkey and an app are added, each logs in, a recovery code does once, a passkey that is removed does not', async ({ browser }) => {
  test.setTimeout(90_000);
  const server = await startServer({}, 'demo', 'localhost');
  const context = await browser.newContext({ baseURL: server.url, viewport: { width: 360, height: 800 } });
  const page = await context.newPage();
  const look = async (name: string) => {
    await expectAccessible(page, name);
    await expectNoSideways(page);
    if (process.env.SHOTS_TO) await page.screenshot({ path: `${process.env.SHOTS_TO}/factors-${name.replaceAll(' ', '-')}.png` });
  };
  const inside = () => expect(page.getByRole('heading', { name: 'Mitt konto' })).toBeVisible();
  try {
    const { client, authenticatorId } = await authenticator(page);
    await enter(page, PLANNER, demoPassword(server));
    await page.goto('/konto');
    await expect(page.getByText('Du loggar in med bara lösenord.')).toBeVisible();

    await press(page, page.getByRole('button', { name: 'Lägg till en lösennyckel' }));
    await expect(dialog(page).getByLabel('Vad ska den heta?')).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(dialog(page).locator('#passkey-name-fault')).toContainText('Skriv ett namn på nyckeln.');
    await typeInto(page, dialog(page).getByLabel('Vad ska den heta?'), 'Jobbtelefonen');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog', { name: 'Reservkoder' })).toBeVisible();
    const codes = await dialog(page).getByRole('listitem').allTextContents();
    expect(codes).toHaveLength(10);
    await look('recovery codes');
    await press(page, page.getByRole('button', { name: 'Jag har sparat dem' }));
    await expect(page.getByText('Jobbtelefonen är tillagd.')).toBeVisible();
    await expect(page.getByRole('heading', { name: 'Säkrare inloggning' })).toBeFocused();

    await press(page, page.getByRole('button', { name: 'Lägg till en app som visar koder' }));
    const secret = await dialog(page).getByRole('textbox', { name: 'Hemlighet' }).inputValue();
    await look('app');
    await typeInto(page, dialog(page).getByLabel('Kod från appen'), code(secret, 0));
    await page.keyboard.press('Enter');
    await expect(page.getByText('10 kvar, var och en gäller en gång')).toBeVisible();
    await expect(dialog(page)).toHaveCount(0);
    await look('factors');

    await logOut(page);
    await press(page, page.getByRole('button', { name: 'Logga in med lösennyckel' }));
    await inside();
    await expect(page.getByText(/Lösennyckel, använd senast/)).toBeVisible();

    await logOut(page);
    await logIn(page, PLANNER, demoPassword(server));
    await expect(page.getByRole('heading', { name: 'Ett steg till' })).toBeVisible();
    await expect(page.getByLabel('Kod', { exact: true })).toBeFocused();
    await page.keyboard.type('000000');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('alert').filter({ hasText: 'Koden gäller inte' })).toBeVisible();
    await look('second step');
    await page.getByLabel('Kod', { exact: true }).fill('');
    await page.keyboard.type(code(secret, 1));
    await page.keyboard.press('Enter');
    await inside();

    await logOut(page);
    await logIn(page, PLANNER, demoPassword(server));
    await press(page, page.getByRole('button', { name: 'Använd lösennyckeln' }));
    await inside();

    // Somebody else's finger.
    await logOut(page);
    await client.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
    await press(page, page.getByRole('button', { name: 'Logga in med lösennyckel' }));
    await expect(page.getByText('Ingen lösennyckel visades.')).toBeVisible();
    await client.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: true });
    await logIn(page, PLANNER, demoPassword(server));
    await page.getByLabel('Kod', { exact: true }).fill((codes[0] ?? '').toLowerCase());
    await page.keyboard.press('Enter');
    await inside();
    await expect(page.getByText('9 kvar, var och en gäller en gång')).toBeVisible();

    await press(page, page.getByRole('button', { name: 'Ta bort Jobbtelefonen' }));
    await press(page, dialog(page).getByRole('button', { name: 'Ta bort', exact: true }));
    await expect(page.getByText('Jobbtelefonen är borttagen.')).toBeVisible();
    await logOut(page);
    await press(page, page.getByRole('button', { name: 'Logga in med lösennyckel' }));
    await expect(page.getByText('Lösennyckeln gäller inte här.')).toBeVisible();
    await look('removed');
  } finally {
    await context.close();
    await server.stop();
  }
});

test('by another’s log-in service: out to it and back, with what its groups give; and sent back with the reason', async ({ browser }) => {
  test.setTimeout(90_000);
  const folder = mkdtempSync(join(tmpdir(), 'lykta-oidc-'));
  const port = await freePort();
  const provider = spawn('node', [join(import.meta.dirname, 'oidc.mjs'), `http://localhost:${port}/api/v1/session/oidc/kommun/callback`], { stdio: ['ignore', 'pipe', 'ignore'] });
  const issuer = String(await new Promise((said) => provider.stdout.once('data', said))).trim();
  const as = (groups: string[]) => fetch(`${issuer}/__as`, { method: 'POST', body: JSON.stringify({ account: { sub: 'karin-1', email: 'karin.ek@olofstrom.example', email_verified: true, name: 'Karin Ek', groups } }) });
  const file = join(folder, 'oidc.toml');
  const text = `[[provider]]\nid = "kommun"\nname = "kommunens konto"\nissuer = "${issuer}"\nclient_id = "lykta"\nclient_secret_file = "${join(folder, 'secret')}"\nprivate_network = true\n[[provider.roles]]\ngroup = "planerare"\nrole = "planner"\nparty = "${OLOFSTROM}"\n`;
  writeFileSync(join(folder, 'secret'), 'a-secret-that-both-sides-know-0123456789');
  writeFileSync(file, text);
  const server = await startServer({ LYKTA_OIDC: file }, 'demo', 'localhost', port);
  const context = await browser.newContext({ baseURL: server.url, viewport: { width: 360, height: 800 } });
  const page = await context.newPage();
  try {
    await as([]);
    await page.goto('/konto');
    await press(page, page.getByRole('link', { name: 'Logga in med kommunens konto' }));
    await expect(page.getByText('har inget att göra i Lykta än')).toBeVisible();
    await expectAccessible(page, 'sent back');
    await expectNoSideways(page);
    expect(page.url()).toBe(`${server.url}/konto`);
    await as(['planerare']);
    await press(page, page.getByRole('link', { name: 'Logga in med kommunens konto' }));
    await expect(page.getByRole('heading', { name: 'Mitt konto' })).toBeVisible();
    await expect(page.getByText('Karin Ek', { exact: true }).first()).toBeVisible();
    await expect(page.getByText('Planerare, Olofströms kommun')).toBeVisible();
    provider.kill();
    await logOut(page);
    await press(page, page.getByRole('link', { name: 'Logga in med kommunens konto' }));
    await expect(page.getByText('Inloggningstjänsten svarar inte.')).toBeVisible();
  } finally {
    provider.kill();
    await context.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
