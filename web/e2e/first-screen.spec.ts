/** What a phone has to fetch before the first question can be answered. */
import { get } from 'node:http';
import { expect, test } from './server';

const LIMIT = 60_000;

/** Bytes of the body as sent, compressed by gzip where the server has it so. */
async function transferred(url: string): Promise<number> {
  return new Promise((done, failed) => {
    get(url, { headers: { 'accept-encoding': 'gzip' } }, (answer) => {
      let bytes = 0;
      answer.on('data', (chunk: Buffer) => (bytes += chunk.length));
      answer.on('end', () => done(bytes));
    }).on('error', failed);
  });
}

test('the first screen is at most 60 kB gzip of HTML, CSS and JS', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => {
    if (['document', 'script', 'stylesheet'].includes(request.resourceType()) && !request.serviceWorker()) asked.push(request.url());
  });
  await page.goto('/', { waitUntil: 'networkidle' });
  await expect(page.getByRole('heading', { name: 'Vad gäller det?' })).toBeVisible();
  const urls = [...new Set(asked)].filter((url) => !url.endsWith('/sw.js'));
  const sizes = await Promise.all(urls.map(transferred));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  test.info().annotations.push({ type: 'bytes', description: `${total} in ${urls.length} files` });
  console.log(`first screen: ${total} bytes gzip in ${urls.length} files`);
  expect(urls.length).toBeGreaterThan(2);
  expect(total).toBeGreaterThan(10_000);
  expect(total).toBeLessThanOrEqual(LIMIT);
});
