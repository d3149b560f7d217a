/**
 * "Lämna sidan": covers the page at once, wipes what the phone holds, and goes to a page nobody wonders about.
 * The browser's history is not ours to erase; the privacy page says so.
 */
import { store } from './store';

/** An everyday page in Sweden: the weather. */
const NEUTRAL = 'https://www.smhi.se/';

/** Wiping may take this long at most; leaving is more urgent. */
const PATIENCE_MS = 600;

export async function wipe(): Promise<void> {
  await Promise.allSettled([
    store().then((kept) => kept.wipe()),
    (async () => Promise.all((await caches.keys()).map((name) => caches.delete(name))))(),
    (async () => Promise.all((await navigator.serviceWorker.getRegistrations()).map((worker) => worker.unregister())))(),
    (async () => {
      localStorage.clear();
      sessionStorage.clear();
    })(),
  ]);
}

export async function leave(): Promise<void> {
  document.title = '\u200b';
  document.documentElement.classList.add('left');
  // Coming back by the browser's Back must not show the page as it stood.
  window.addEventListener('pageshow', (event) => {
    if (event.persisted) location.replace('/');
  });
  await Promise.race([wipe(), new Promise((done) => setTimeout(done, PATIENCE_MS))]);
  location.replace(NEUTRAL);
}

/** Calls `go` when Shift is pressed three times in a row, each within a second of the one before. */
export function onTripleShift(go: () => void): () => void {
  let presses = 0;
  let last = 0;
  const press = (event: KeyboardEvent) => {
    if (event.repeat) return;
    const at = event.timeStamp;
    presses = event.key !== 'Shift' ? 0 : at - last < 1000 ? presses + 1 : 1;
    last = at;
    if (presses === 3) go();
  };
  window.addEventListener('keydown', press);
  return () => window.removeEventListener('keydown', press);
}
