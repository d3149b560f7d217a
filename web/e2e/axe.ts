/** axe-core on the page as it stands: WCAG A to 2.2 AA and EN 301 549, nothing excluded but the map's own canvas. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, type Page } from '@playwright/test';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Result {
  violations: { id: string; help: string; nodes: { target: unknown; failureSummary?: string }[] }[];
}

/** Fails, at the end of the story, with every violation named. The source is evaluated by the test, so the page's CSP stays as it is. */
export async function expectAccessible(page: Page, what: string): Promise<void> {
  await page.evaluate(source);
  // Motion over first: a colour half-way through its transition is nobody's contrast.
  await page.evaluate(() => Promise.allSettled(document.getAnimations().map((animation) => animation.finished)));
  const result = (await page.evaluate(() =>
    (globalThis as unknown as { axe: { run: (context: unknown, options: unknown) => Promise<unknown> } }).axe.run(
      { exclude: [['canvas']] },
      { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'EN-301-549', 'best-practice'] },
    ),
  )) as Result;
  const found = result.violations.map(({ id, help, nodes }) => `${id}: ${help}\n${nodes.map((node) => `  ${JSON.stringify(node.target)} ${node.failureSummary ?? ''}`).join('\n')}`);
  expect.soft(found, what).toEqual([]);
}

/** No sideways scrolling at this width. */
export async function expectNoSideways(page: Page): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0);
}
