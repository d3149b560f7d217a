/** What the planner's stories share: logging in, reading the numbers off the page, and asking the server the same. */
import { expect, type APIRequestContext, type Locator, type Page } from '@playwright/test';
import type { NewReport, ReportReceipt } from '../src/api/types';
import type { LonLat } from '../src/map/geo';
import { OPERATOR_TOKEN } from './server';

export const WIDE = { width: 1280, height: 800 };
export const KOMMUN = '0780';

/** Opens a view of the workspace for somebody who is logged in; of both feelings, as the API answers, unless the view names one. */
export async function openPlan(page: Page, view = `municipality=${KOMMUN}`): Promise<void> {
  const answer = await page.request.post('/api/v1/session', { data: { token: OPERATOR_TOKEN } });
  expect(answer.status()).toBe(204);
  await page.goto('about:blank');
  await page.goto(`/plan#${view.includes('feeling=') ? view : `${view}&feeling=both`}`);
  await expect(total(page)).toBeVisible();
}

/** The key's form, which is folded away: opened, filled in and sent. */
export async function enterKey(page: Page, key: string): Promise<void> {
  const field = page.getByLabel('Driftnyckel');
  if (!(await field.isVisible())) await page.locator('summary', { hasText: 'Logga in med driftnyckel' }).click();
  await field.fill(key);
  await page.getByRole('button', { name: 'Logga in med driftnyckel' }).click();
}

/** By the menu under one's name. */
export async function logOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Inloggad som' }).click();
  await page.getByRole('button', { name: 'Logga ut' }).click();
  await expect(page.getByRole('heading', { name: 'Logga in' })).toBeVisible();
}

/** The big number; on a narrow screen it stands above the map, on a wide one beside it. */
export const total = (page: Page): Locator => page.getByTestId('total').filter({ visible: true }).first();

export const toNumber = (text: string | null): number => Number((text ?? '').replace(/[^\d]/g, ''));
export const shownTotal = async (page: Page): Promise<number> => toNumber(await total(page).textContent());

/** The map has drawn what it was given. */
export async function mapIdle(page: Page): Promise<void> {
  await expect(page.locator('.map[data-idle="true"]')).toBeVisible({ timeout: 30_000 });
}

/** How many shades the page shows in a strip: of what is on the glass, which need not be what the map has drawn. */
export async function shadesSeen(page: Page, strip: { x: number; y: number; width: number; height: number }): Promise<number> {
  const picture = `data:image/png;base64,${(await page.screenshot()).toString('base64')}`;
  const reader = await page.context().newPage();
  try {
    return await reader.evaluate(
      async ({ picture, strip }) => {
        const image = new Image();
        image.src = picture;
        await image.decode();
        const canvas = document.createElement('canvas');
        [canvas.width, canvas.height] = [image.width, image.height];
        const pen = canvas.getContext('2d');
        if (!pen) return -1;
        pen.drawImage(image, 0, 0);
        const { data } = pen.getImageData(strip.x, strip.y, strip.width, strip.height);
        const seen = new Set<number>();
        for (let i = 0; i < data.length; i += 4) seen.add(((data[i] ?? 0) << 16) | ((data[i + 1] ?? 0) << 8) | (data[i + 2] ?? 0));
        return seen.size;
      },
      { picture, strip },
    );
  } finally {
    await reader.close();
  }
}

/** The colours of the moment by role (`heat-3`, `hot-99`), as `#rrggbb`. */
export async function colours(page: Page, roles: readonly string[]): Promise<Map<string, string>> {
  const said = await page.evaluate((names) => {
    const pen = document.createElement('canvas').getContext('2d');
    return names.map((name) => {
      if (pen) pen.fillStyle = getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
      return [name, String(pen?.fillStyle)] as const;
    });
  }, roles);
  return new Map(said);
}

/** What a map has drawn at some places, as `#rrggbb`; `null` for those that are not in view. The address must say where the map stands. */
export async function drawnAt(page: Page, canvas: string, places: readonly LonLat[]): Promise<(string | null)[]> {
  const [lon = 0, lat = 0, zoom = 0] = (new URLSearchParams(new URL(page.url()).hash.slice(1)).get('at') ?? '').split(',').map(Number);
  const world = 512 * 2 ** zoom;
  const mercator = ([x, y]: LonLat): [number, number] => [((x + 180) / 360) * world, (0.5 - Math.asinh(Math.tan((y * Math.PI) / 180)) / (2 * Math.PI)) * world];
  const [left, top] = mercator([lon, lat]);
  const offsets = places.map((place) => mercator(place)).map(([x, y]) => [x - left, y - top] as const);
  return page.evaluate(
    ({ canvas, offsets }) => {
      const source = document.querySelector<HTMLCanvasElement>(canvas);
      const copy = document.createElement('canvas');
      const pen = copy.getContext('2d', { willReadFrequently: true });
      if (!source || !pen) return offsets.map(() => null);
      [copy.width, copy.height] = [source.width, source.height];
      pen.drawImage(source, 0, 0);
      const ratio = source.width / source.clientWidth;
      return offsets.map(([dx, dy]) => {
        const [x, y] = [Math.round(copy.width / 2 + dx * ratio), Math.round(copy.height / 2 + dy * ratio)];
        if (x < 2 || y < 2 || x > copy.width - 3 || y > copy.height - 3) return null;
        return `#${[...pen.getImageData(x, y, 1, 1).data.slice(0, 3)].map((part) => part.toString(16).padStart(2, '0')).join('')}`;
      });
    },
    { canvas, offsets },
  );
}

/** How many pixels of the drawn map have one of the six heat colours of the moment. */
export async function heatPixels(page: Page): Promise<number> {
  return page.evaluate(() => {
    const canvas = document.querySelector<HTMLCanvasElement>('.map canvas');
    const copy = document.createElement('canvas');
    const pen = copy.getContext('2d', { willReadFrequently: true });
    if (!canvas || !pen) return -1;
    copy.width = canvas.width;
    copy.height = canvas.height;
    pen.drawImage(canvas, 0, 0);
    const style = getComputedStyle(document.documentElement);
    const heat = new Set(
      [1, 2, 3, 4, 5, 6].map((step) => {
        pen.fillStyle = style.getPropertyValue(`--heat-${step}`).trim();
        return String(pen.fillStyle);
      }),
    );
    const hex = (n: number) => n.toString(16).padStart(2, '0');
    const { data } = pen.getImageData(0, 0, copy.width, copy.height);
    let found = 0;
    for (let i = 0; i < data.length; i += 4) if (heat.has(`#${hex(data[i] ?? 0)}${hex(data[i + 1] ?? 0)}${hex(data[i + 2] ?? 0)}`)) found += 1;
    return found;
  });
}

/** A resident's report, sent as the phone does. */
export async function sendReport(request: APIRequestContext, body: Partial<NewReport>): Promise<ReportReceipt> {
  const answer = await request.post('/api/v1/reports', { data: { id: crypto.randomUUID(), feeling: 'unsafe', category: 'dark', ...body } });
  expect(answer.status(), await answer.text()).toBe(201);
  return (await answer.json()) as ReportReceipt;
}

/** A desk that does not look by itself what others have saved: a story where somebody else is faster must not depend on when it looks. */
export const unlooking = (page: Page) =>
  page.addInitScript(() => {
    const real = window.setInterval.bind(window);
    window.setInterval = ((run: TimerHandler, every?: number, ...rest: unknown[]) => (every === 5_000 ? 0 : real(run, every, ...rest))) as typeof window.setInterval;
  });

/** Presses Tab until `target` has focus, as somebody without a mouse does; fails after `most` stops. */
export async function tabTo(page: Page, target: Locator, most = 120): Promise<void> {
  for (let pressed = 0; pressed < most; pressed++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`not reached with ${most} presses of Tab: ${target.toString()}`);
}
