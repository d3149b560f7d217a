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
/** How long a network that says nothing is waited for when there is a kept copy. */
const PATIENCE_MS = 4_000;

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

/** Puts an answer by for later, beside answering: a phone without room must never break what the network could show. */
function keep(event: FetchEvent, cacheName: string, path: string, response: Response): void {
  if (!fits(path, response)) return;
  const copy = response.clone();
  event.waitUntil(
    caches
      .open(cacheName)
      .then((cache) => cache.put(event.request, copy))
      .catch(() => undefined),
  );
}

const found = (key: Request | string, options?: MultiCacheQueryOptions) => caches.match(key, options).catch(() => undefined);

/** From the network; from what is kept when it cannot be reached, or says nothing for a while. */
async function fresh(event: FetchEvent, kept: () => Promise<Response | undefined>, use = (_: Response): void => undefined): Promise<Response> {
  const answer = fetch(event.request).then((response) => {
    use(response);
    return response;
  });
  event.waitUntil(answer.catch(() => undefined)); // a late answer can still be put by
  const soon = await Promise.race([answer.catch(() => undefined), new Promise<undefined>((done) => setTimeout(() => done(undefined), PATIENCE_MS))]);
  return soon ?? (await kept()) ?? answer;
}

async function asset(event: FetchEvent, path: string): Promise<Response> {
  const kept = await found(path);
  if (kept) return kept;
  const response = await fetch(event.request);
  keep(event, CURRENT, path, response);
  return response;
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
    if (SHELLS.includes(url.pathname)) event.respondWith(fresh(event, () => found(url.pathname, { cacheName: CURRENT })));
  } else if (url.pathname.startsWith('/assets/') || STILL.includes(url.pathname)) {
    event.respondWith(asset(event, url.pathname));
  } else if (url.pathname === KOMMUNER_PATH) {
    const kept = () => found(request, { cacheName: KOMMUNER, ignoreVary: true });
    event.respondWith(fresh(event, kept, (response) => keep(event, KOMMUNER, KOMMUNER_PATH, response)));
  }
});

export {};
