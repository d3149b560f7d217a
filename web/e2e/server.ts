/** The real server for the stories: one process and one fresh demo database per worker, stopped at the end. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test as base } from '@playwright/test';

/** The planner's token of the stories' own server. */
export const OPERATOR_TOKEN = 'stories-operator-token-0123456789abcdef';

export interface Running {
  url: string;
  /** What it printed first: where it is and how to log in. */
  said: () => string;
  stop: () => Promise<void>;
}

export async function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const probe = createServer();
    probe.once('error', failed);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (address && typeof address === 'object' ? found(address.port) : failed(new Error('no port'))));
    });
  });
}

async function ready(url: string, child: ChildProcess, log: () => string): Promise<void> {
  for (let waited = 0; waited < 90_000; waited += 200) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}:\n${log()}`);
    const answer = await fetch(`${url}/readyz`).catch(() => null);
    if (answer?.ok) return;
    await new Promise((later) => setTimeout(later, 200));
  }
  throw new Error(`the server was not ready in 90 s:\n${log()}`);
}

/** Starts the server (`$LYKTA_BIN`, else the debug build) with a demo of its own, or with nothing in it (`serve`). `env` adds or overrides settings. */
export async function startServer(env: Record<string, string> = {}, verb: 'demo' | 'serve' = 'demo', host = '127.0.0.1', at?: number): Promise<Running> {
  const binary = process.env.LYKTA_BIN ?? resolve(import.meta.dirname, '../../target/debug/lykta');
  const folder = mkdtempSync(join(tmpdir(), 'lykta-e2e-'));
  const port = at ?? (await freePort());
  const url = `http://${host}:${port}`;
  let log = '';
  let first = '';
  const child = spawn(binary, [verb, '--listen', `127.0.0.1:${port}`, '--database', `sqlite://${join(folder, 'lykta.db')}`], {
    cwd: folder,
    env: {
      ...process.env,
      LYKTA_OPERATOR_TOKEN: OPERATOR_TOKEN,
      LYKTA_RATE_LIMIT: 'off',
      LYKTA_METRICS_LISTEN: '127.0.0.1:0',
      LYKTA_BASE_URL: url,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const keep = (chunk: Buffer) => {
    log = (log + chunk.toString()).slice(-8000);
    first = (first + chunk.toString()).slice(0, 8000);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  const stop = async () => {
    child.kill('SIGTERM');
    const killer = setTimeout(() => child.kill('SIGKILL'), 10_000);
    await ended;
    clearTimeout(killer);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await ready(url, child, () => log);
  } catch (failure) {
    await stop();
    throw failure;
  }
  return { url, said: () => first, stop };
}

/** `test` with the worker's server as `baseURL`, and no host but that server ever reached. */
export const test = base.extend<{ guarded: void }, { server: Running }>({
  server: [
    async ({}, use) => {
      const running = await startServer();
      await use(running);
      await running.stop();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  baseURL: async ({ server }, use) => use(server.url),
  guarded: [
    async ({ context, server }, use) => {
      const strangers: string[] = [];
      await context.route(
        (url) => url.protocol.startsWith('http') && url.origin !== server.url,
        (route) => {
          strangers.push(route.request().url());
          return route.fulfill({ status: 200, contentType: 'text/html', body: '<title>elsewhere</title>' });
        },
      );
      await use();
      const unexpected = strangers.filter((url) => !url.startsWith('https://www.smhi.se/'));
      if (unexpected.length > 0) throw new Error(`other hosts were asked: ${unexpected.join(', ')}`);
    },
    { auto: true },
  ],
});

export { expect } from '@playwright/test';
