/** How far a step of the cross-hair is at the scale of the map, and when the map is near enough for choosing a place. */

const EQUATOR_M = 40_075_016.686;
/** MapLibre's world is 512 pixels wide at zoom 0. */
const WORLD_PX = 512;

export function metresPerPixel(lat: number, zoom: number): number {
  return (EQUATOR_M * Math.cos((lat * Math.PI) / 180)) / (WORLD_PX * 2 ** zoom);
}

/** The zoom from which `metres` on the ground are at least `px` wide. */
export const zoomWhere = (lat: number, metres: number, px: number): number => Math.log2((metresPerPixel(lat, 0) * px) / metres);

/** Steps in metres, least first. */
const STEPS = [10, 50, 250, 1000, 5000, 25_000, 100_000] as const;

/** A step shorter than this cannot be seen; one longer leaves the map. */
const SEEN_PX = 10;
const WHOLE_PX = 160;
const GOOD_PX = 40;

/** The steps that move the map a visible distance but not out of itself, and the one to begin with. */
export function stepsAt(mpp: number): { steps: readonly number[]; first: number } {
  const off = (step: number) => Math.abs(Math.log(step / mpp / GOOD_PX));
  const first = STEPS.reduce<number>((best, step) => (off(step) < off(best) ? step : best), STEPS[0]);
  const steps = STEPS.filter((step) => step === first || (step / mpp >= SEEN_PX && step / mpp <= WHOLE_PX));
  return { steps, first };
}

/** A place may be chosen when 50 metres can be seen. */
export const nearEnough = (mpp: number): boolean => 50 / mpp >= SEEN_PX;
