/** The map with a base map of its own, where the reference tiles are at hand; skipped aloud where they are not. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test as base } from '@playwright/test';
import { KOMMUN, mapIdle, openPlan, WIDE } from './plan';
import { startServer, type Running } from './server';

const shared = process.env.LYKTA_SHARED ?? resolve(import.meta.dirname, '../../../shared/data');
const tiles = join(shared, 'basemap/lund-station-sweden.pmtiles');

const test = base.extend<object, { mapped: Running }>({
  mapped: [
    async ({}, use) => {
      const running = await startServer({ LYKTA_BASEMAP: tiles });
      await use(running);
      await running.stop();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  baseURL: async ({ mapped }, use) => use(mapped.url),
});

test.use({ viewport: WIDE });
// The list reporter names a skipped story but not why.
if (!existsSync(tiles)) console.log(`SKIPPED: no base map at ${tiles}`);
test.skip(!existsSync(tiles), `no base map at ${tiles}`);

test('the tiles come from this server alone, by ranges, and are drawn with their source named', async ({ page, baseURL }) => {
  const hosts = new Set<string>();
  const ranges: number[] = [];
  page.on('request', (request) => {
    if (request.url().startsWith('http')) hosts.add(new URL(request.url()).origin);
  });
  page.on('response', (response) => {
    if (response.url().endsWith('/basemap/tiles.pmtiles')) ranges.push(response.status());
  });
  await openPlan(page, `municipality=${KOMMUN}&at=13.18680,55.70600,15.20`);
  await mapIdle(page);
  await expect(page.getByText('© OpenStreetMap contributors').first()).toBeVisible();
  expect(ranges.length).toBeGreaterThan(1);
  expect(new Set(ranges)).toEqual(new Set([206]));
  expect([...hosts]).toEqual([baseURL]);
  // Streets, houses and letters: far more shades than plain ground has.
  const shades = await page.evaluate(() => {
    const canvas = document.querySelector<HTMLCanvasElement>('.map canvas');
    const copy = document.createElement('canvas');
    const pen = copy.getContext('2d');
    if (!canvas || !pen) return 0;
    copy.width = canvas.width;
    copy.height = canvas.height;
    pen.drawImage(canvas, 0, 0);
    const { data } = pen.getImageData(0, 0, copy.width, copy.height);
    const seen = new Set<number>();
    for (let i = 0; i < data.length; i += 4) seen.add(((data[i] ?? 0) << 16) | ((data[i + 1] ?? 0) << 8) | (data[i + 2] ?? 0));
    return seen.size;
  });
  expect(shades).toBeGreaterThan(100);
});
