/**
 * Service worker: the pages open without a network, and an open page survives a new build.
 * Precaches the shells and their assets, keeps the build before, and never caches the API except the list of kommuner.
 */
const worker = self as unknown as ServiceWorkerGlobalScope;

/** Replaced by the build with the hashed assets of the precached pages. */
const ASSETS = '%PRECACHE%' as unknown as readonly string[];
const VERSION = '%VERSION%';

const SHELLS = ['/', '/kvitto', '/karta', '/integritet', '/tillganglighet'];
const STILL = ['/icon.svg', '/manifest.webmanifest'];
const PREFIX = 'lykta-build-';
const CURRENT = PREFIX + VERSION;
const KOMMUNER = 'lykta-kommuner';
const KOMMUNER_PATH = '/api/v1/municipalities';

/** Whether an answer is what its address promises; an error page under a script's name must never be kept. */
function fits(path: string, response: Response): boolean {
  if (!response.ok || response.type !== 'basic' || response.redirected) return false;
  const type = response.headers.get('content-type') ?? '';
  if (/\.m?js$/.test(path)) return type.includes('javascript');
  if (path.endsWith('.css')) return type.includes('text/css');
  if (path.endsWith('.svg')) return type.includes('svg');
  if (path.endsWith('.webmanifest')) return type.includes('json');
  if (path.startsWith('/api/')) return type.includes('json') && !type.includes('problem');
  return SHELLS.includes(path) ? type.includes('text/html') : path.startsWith('/assets/') && !type.includes('text/html');
}

async function precache(): Promise<void> {
  const cache = await caches.open(CURRENT);
  await Promise.all(
    [...SHELLS, ...STILL, ...ASSETS].map(async (path) => {
      const response = await fetch(path, { cache: path.startsWith('/assets/') ? 'default' : 'reload', credentials: 'omit' });
      if (!fits(path, response)) throw new Error(`not what was asked for: ${path}`);
      await cache.put(path, response);
    }),
  );
}

/** Drops all builds but this one and the one before it, whose pages may still be open. */
async function forgetOld(): Promise<void> {
  const builds = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CURRENT);
  await Promise.all(builds.slice(0, -1).map((name) => caches.delete(name)));
}

async function shell(request: Request, path: string): Promise<Response> {
  try {
    return await fetch(request);
  } catch (offline) {
    const kept = await caches.match(path, { cacheName: CURRENT });
    if (kept) return kept;
    throw offline;
  }
}

async function asset(request: Request, path: string): Promise<Response> {
  const kept = await caches.match(path);
  if (kept) return kept;
  const response = await fetch(request);
  if (fits(path, response)) await (await caches.open(CURRENT)).put(path, response.clone());
  return response;
}

/** The kept list at once, and a fresh one for next time. */
async function kommuner(event: FetchEvent): Promise<Response> {
  const cache = await caches.open(KOMMUNER);
  const kept = await cache.match(event.request, { ignoreVary: true });
  const fresh = fetch(event.request).then(async (response) => {
    if (fits(KOMMUNER_PATH, response)) await cache.put(event.request, response.clone());
    return response;
  });
  if (!kept) return fresh;
  event.waitUntil(fresh.catch(() => undefined));
  return kept;
}

/** The first page asked for the list before this worker could see it; a miss only means no names without network. */
async function keepKommuner(): Promise<void> {
  try {
    const path = `${KOMMUNER_PATH}?active=true`;
    const response = await fetch(path, { credentials: 'omit' });
    if (fits(KOMMUNER_PATH, response)) await (await caches.open(KOMMUNER)).put(path, response);
  } catch {
    // the page's own next request fills it
  }
}

worker.addEventListener('install', (event) => {
  event.waitUntil(Promise.all([precache(), keepKommuner()]).then(() => worker.skipWaiting()));
});

worker.addEventListener('activate', (event) => {
  event.waitUntil(forgetOld().then(() => worker.clients.claim()));
});

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== worker.location.origin || request.headers.has('range')) return;
  if (request.mode === 'navigate') {
    if (SHELLS.includes(url.pathname)) event.respondWith(shell(request, url.pathname));
  } else if (url.pathname.startsWith('/assets/') || STILL.includes(url.pathname)) {
    event.respondWith(asset(request, url.pathname));
  } else if (url.pathname === KOMMUNER_PATH) {
    event.respondWith(kommuner(event));
  }
});

export {};
