/** When a desk looks by itself whether there is something new. */

/** How often a visible page asks whether the kommun has moved on. */
export const POLL_MS = 5_000;
/** A desk that nobody has touched for this long looks no more, so that a session that nobody uses ends. */
export const UNTOUCHED_MS = 15 * 60_000;
const TOUCHES = ['pointerdown', 'keydown', 'wheel'] as const;

/** Looks as long as somebody is there. Returns how to stop. */
export function looking(look: () => void): () => void {
  let touched = Date.now();
  const there = () => Date.now() - touched <= UNTOUCHED_MS;
  const glance = (): void => {
    if (there() && document.visibilityState === 'visible') look();
  };
  const touch = (): void => {
    const back = !there();
    touched = Date.now();
    if (back) glance();
  };
  const timer = setInterval(glance, POLL_MS);
  document.addEventListener('visibilitychange', glance);
  for (const kind of TOUCHES) document.addEventListener(kind, touch, { passive: true, capture: true });
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', glance);
    for (const kind of TOUCHES) document.removeEventListener(kind, touch, { capture: true });
  };
}
