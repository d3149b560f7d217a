/**
 * Records Chromium's own trace while the planner's page loads (from the address to the map at rest) and while its map is dragged
 * about, and prints the longest tasks of the page's main thread.
 *   LYKTA_OPERATOR_TOKEN=… node e2e/pan-trace.mjs http://localhost:8080 'municipality=1060&feeling=both' [summary.json]
 */
import { writeFileSync } from 'node:fs';
import { chromium } from '@playwright/test';

const [url, view, file] = process.argv.slice(2);
if (!url || !view) throw new Error('usage: pan-trace.mjs URL VIEW [FILE]');
const ROUNDS = 6;
const LIMIT_MS = 50;

const browser = await chromium.launch({ executablePath: process.env.LYKTA_CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'sv-SE' });
const login = await page.request.post(`${url}/api/v1/session`, { data: { token: process.env.LYKTA_OPERATOR_TOKEN ?? '' } });
if (login.status() !== 204) throw new Error(`login: ${login.status()}`);
/** What the page's main thread did, recorded by the browser itself, between two marks of its own. */
async function traced(work) {
  await browser.startTracing(page, { categories: ['toplevel', 'devtools.timeline', 'disabled-by-default-devtools.timeline', 'blink.user_timing'] });
  await work();
  await page.evaluate(() => performance.mark('trace-ends'));
  return JSON.parse((await browser.stopTracing()).toString()).traceEvents;
}

// The mark of the beginning is made by the new document, before anything of it runs.
await page.addInitScript(() => performance.mark('trace-begins'));
const loading = await traced(async () => {
  await page.goto(`${url}/plan#${view}`);
  await page.locator('.map[data-idle="true"]:not([data-cells="0"])').waitFor({ timeout: 120_000 });
});
const reports = await page.getByTestId('total').first().textContent();
const cells = Number(await page.locator('.map').getAttribute('data-cells'));
await page.waitForTimeout(3000);

const panning = await traced(async () => {
  await page.evaluate(() => performance.mark('trace-begins'));
  const box = await page.locator('.map').boundingBox();
  if (!box) throw new Error('no map');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2 - 60];
  for (let round = 0; round < ROUNDS; round++) {
    const angle = (2 * Math.PI * round) / ROUNDS;
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 180 * Math.cos(angle), y + 180 * Math.sin(angle), { steps: 40 });
    await page.mouse.up();
    await page.waitForTimeout(400);
  }
});
const version = browser.version();
await browser.close();

const round = (ms) => Math.round(ms * 10) / 10;
const sorted = (values) => values.map((us) => us / 1000).sort((a, b) => b - a);
const told = (values) => ({ longest_ms: values.slice(0, 5).map(round), over_50_ms: values.filter((ms) => ms > LIMIT_MS).length, p99_ms: round(values[Math.floor(values.length / 100)] ?? 0), sum_ms: Math.round(values.reduce((sum, ms) => sum + ms, 0)) });

/** The tasks of the page's main thread between the marks, which are made on it. */
function summed(events) {
  const mark = (name) => events.findLast((event) => event.name === name);
  const [begins, ends] = [mark('trace-begins'), mark('trace-ends')];
  const of = (event) => event.ph === 'X' && event.pid === ends.pid && event.tid === ends.tid;
  const tasks = events.filter((event) => of(event) && /RunTask$/.test(event.name) && event.ts + event.dur >= begins.ts && event.ts <= ends.ts);
  const outer = tasks.filter((task) => !tasks.some((other) => other !== task && other.ts <= task.ts && other.ts + other.dur >= task.ts + task.dur && other.dur > task.dur));
  /** The longest parts of a task. */
  const parts = (task) =>
    events
      .filter((event) => of(event) && !/RunTask$/.test(event.name) && event.dur > 2000 && event.ts >= task.ts && event.ts + event.dur <= task.ts + task.dur)
      .sort((a, b) => b.dur - a.dur)
      .slice(0, 4)
      .map(({ name, dur, tdur, args }) => ({ name, ms: round(dur / 1000), cpu_ms: round((tdur ?? 0) / 1000), ...(args?.data?.functionName || args?.data?.url ? { of: [args.data.functionName, args.data.url?.replace(/.*\//, '')].filter(Boolean).join(' ') } : {}) }));
  return {
    seconds: round((ends.ts - begins.ts) / 1e6),
    tasks: outer.length,
    // What the thread itself computed, and how long each task took with all it waited for: other processes, and a GPU made of the same cores.
    cpu: told(sorted(outer.map(({ tdur }) => tdur ?? 0))),
    wall: told(sorted(outer.map(({ dur }) => dur))),
    longest: outer.sort((a, b) => (b.tdur ?? 0) - (a.tdur ?? 0)).slice(0, 4).map((task) => ({ at_s: round((task.ts - begins.ts) / 1e6), cpu_ms: round((task.tdur ?? 0) / 1000), ms: round(task.dur / 1000), parts: parts(task) })),
  };
}

const summary = { made: new Date().toISOString(), chromium: version, view, reports: Number((reports ?? '').replace(/\D/g, '')), cells, loading: summed(loading), panning: summed(panning) };
console.log(JSON.stringify(summary, null, 2));
if (file) writeFileSync(file, `${JSON.stringify(summary, null, 2)}\n`);
