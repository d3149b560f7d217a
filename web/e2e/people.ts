/** What the stories of people share: the example's people, logging in, and the windows of the administrator. */
import { expect, type Locator, type Page } from '@playwright/test';
import { tabTo } from './plan';
import type { Running } from './server';

/** What the server printed after a label. */
export function printed(server: Running, label: string): string {
  const found = new RegExp(`^ *${label} +(\\S.*)$`, 'm').exec(server.said())?.[1];
  if (!found) throw new Error(`the server did not print ${label}:\n${server.said()}`);
  return found.trim();
}

/** The password that the people of the example share. */
export const demoPassword = (server: Running): string => printed(server, 'Password of them all');

export const ADMINISTRATOR = 'admin@lykta.example';
export const PLANNER = 'planerare@olofstrom.example';
export const MODERATOR = 'moderator@olofstrom.example';
export const HANDLER = 'handlaggare@olofstrom.example';

/** Good ones; the server refuses what is easy to guess. */
export const PASSWORD = 'lampan över bron blinkar';
export const NEW_PASSWORD = 'tolv tröga tåg till Tuna';

/** Logged in, without the form. */
export async function enter(page: Page, login: string, password: string): Promise<void> {
  const answer = await page.request.post('/api/v1/session', { data: { login, password } });
  expect(answer.status(), await answer.text()).toBe(204);
}

/** By the form of the page that stands there. */
export async function logIn(page: Page, login: string, password: string): Promise<void> {
  await page.getByLabel('E-postadress').fill(login);
  await page.getByLabel('Lösenord', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Logga in', exact: true }).click();
}

/** The window that is open. */
export const dialog = (page: Page): Locator => page.getByRole('dialog');

/** What is picked in the window to invite somebody; the link that comes of it. */
export async function invite(page: Page, { name, email, party, role, until }: { name: string; email: string; party: string; role: string; until?: string }): Promise<string> {
  await page.getByRole('button', { name: 'Bjud in en person', exact: true }).click();
  const window = dialog(page);
  await window.getByLabel('Namn', { exact: true }).fill(name);
  await window.getByLabel('E-postadress').fill(email);
  await window.getByLabel('Part', { exact: true }).selectOption({ label: party });
  await window.getByLabel('Roll', { exact: true }).selectOption({ label: role });
  if (until) await window.getByLabel('Sista dag').fill(until);
  await window.getByRole('button', { name: 'Bjud in', exact: true }).click();
  const link = await window.getByLabel('Länk').inputValue();
  await window.getByRole('button', { name: 'Jag har kopierat den' }).click();
  await expect(window).toHaveCount(0);
  return link;
}

/** A kommun found by its name, and ticked. */
export async function pickKommun(window: Locator, name: string): Promise<void> {
  const find = window.getByLabel('Sök kommun');
  if (await find.isVisible()) await find.fill(name.slice(0, 5));
  await window.getByLabel(name, { exact: true }).check();
  if (await find.isVisible()) await find.fill('');
}

/** One person's line, by name; opened, with what can be done. */
export async function openPerson(page: Page, name: string): Promise<Locator> {
  const line = page.getByRole('button', { name: new RegExp(`^${name}`) });
  await line.click();
  await expect(line).toHaveAttribute('aria-expanded', 'true');
  return line;
}


/** A field reached and filled in by keys. */
export async function typeInto(page: Page, target: Locator, text: string): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.type(text);
}

/** A button reached and pressed by keys. */
export async function press(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press('Enter');
}
