/** The worker against a phone without room, a network that says nothing, and a new build. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

type Handler = (event: unknown) => void;

const handlers: Record<string, Handler> = {};
const shelves = new Map<string, Map<string, Response>>();
let full = false;
let network: (request: Request) => Promise<Response>;

const key = (request: Request | string) => (typeof request === 'string' ? request : new URL(request.url).pathname);
const page = (text: string, type = 'text/html') => {
  const response = new Response(text, { headers: { 'content-type': type } });
  Object.defineProperty(response, 'type', { value: 'basic' });
  return response;
};

/** Lets the worker answer a request; `settled` is when all it does beside answering is done. */
async function ask(path: string, mode = 'no-cors'): Promise<{ text: string; settled: Promise<unknown> }> {
  const beside: Promise<unknown>[] = [];
  let answer: Promise<Response> | undefined;
  const request = new Request(`https://lykta.example${path}`);
  Object.defineProperty(request, 'mode', { value: mode });
  handlers['fetch']?.({ request, respondWith: (given: Promise<Response>) => (answer = given), waitUntil: (work: Promise<unknown>) => beside.push(work) });
  if (!answer) throw new Error('the worker did not answer');
  return { text: await (await answer).text(), settled: Promise.all(beside) };
}

beforeEach(async () => {
  vi.resetModules();
  vi.useFakeTimers();
  shelves.clear();
  full = false;
  const open = (name: string) => {
    const shelf = shelves.get(name) ?? new Map<string, Response>();
    shelves.set(name, shelf);
    return {
      put: async (request: Request | string, response: Response) => {
        if (full) throw new DOMException('full', 'QuotaExceededError');
        shelf.set(key(request), response);
      },
    };
  };
  vi.stubGlobal('caches', {
    open: async (name: string) => open(name),
    keys: async () => [...shelves.keys()],
    delete: async (name: string) => shelves.delete(name),
    match: async (request: Request | string, { cacheName }: { cacheName?: string } = {}) =>
      [...shelves].filter(([name]) => !cacheName || name === cacheName).map(([, shelf]) => shelf.get(key(request))?.clone()).find(Boolean),
  });
  vi.stubGlobal('fetch', (request: Request) => network(request));
  vi.stubGlobal('self', {
    location: { origin: 'https://lykta.example' },
    clients: { claim: async () => undefined },
    addEventListener: (name: string, handler: Handler) => (handlers[name] = handler),
  });
  await import('./sw');
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('shows what the network gave on a phone without room', async () => {
  full = true;
  network = async ({ url }) => page('fresh', url.endsWith('.js') ? 'text/javascript' : 'application/json');
  for (const path of ['/assets/later-abc.js', '/api/v1/municipalities?active=true']) {
    const { text, settled } = await ask(path);
    expect(text).toBe('fresh');
    await expect(settled).resolves.toBeDefined();
  }
});

it('waits four seconds for a page and for the kommuner, then shows what is kept', async () => {
  shelves.set('lykta-build-%VERSION%', new Map([['/', page('kept page')]]));
  shelves.set('lykta-kommuner', new Map([['/api/v1/municipalities', page('kept list', 'application/json')]]));
  network = () => new Promise(() => undefined);
  for (const [path, mode, kept] of [['/', 'navigate', 'kept page'], ['/api/v1/municipalities?active=true', 'cors', 'kept list']] as const) {
    let said = '';
    const asked = ask(path, mode).then(({ text }) => (said = text));
    await vi.advanceTimersByTimeAsync(3_900);
    expect(said).toBe('');
    await vi.advanceTimersByTimeAsync(200);
    await asked;
    expect(said).toBe(kept);
  }
});

it('asks the network first for the kommuner, and keeps what it says', async () => {
  shelves.set('lykta-kommuner', new Map([['/api/v1/municipalities', page('old', 'application/json')]]));
  network = async () => page('new', 'application/json');
  const { text, settled } = await ask('/api/v1/municipalities?active=true', 'cors');
  await settled;
  expect(text).toBe('new');
  expect(await shelves.get('lykta-kommuner')?.get('/api/v1/municipalities')?.text()).toBe('new');
});

it('keeps the files of the build before, so that an open page survives a new one', async () => {
  for (const build of ['oldest', 'before', '%VERSION%']) shelves.set(`lykta-build-${build}`, new Map());
  shelves.get('lykta-build-before')?.set('/assets/later-old.js', page('of the page that is open', 'text/javascript'));
  let done: Promise<unknown> | undefined;
  handlers['activate']?.({ waitUntil: (work: Promise<unknown>) => (done = work) });
  await done;
  expect([...shelves.keys()]).toEqual(['lykta-build-before', 'lykta-build-%VERSION%']);
  network = async () => page('gone', 'application/problem+json');
  expect((await ask('/assets/later-old.js')).text).toBe('of the page that is open');
});
