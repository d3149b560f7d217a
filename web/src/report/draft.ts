/** A report being written: what the form holds, and how it becomes the body of `POST /reports`. */
import { randomId } from '../api/client';
import type { NewReport } from '../api/types';
import { CATEGORIES, groupOf, isTraffic, type Avoids, type Category, type Feeling, type Group, type Perspective, type TimeBand, type TravelMode } from '../i18n/codes';

export type Where =
  | { by: 'position' | 'map'; lon: number; lat: number; accuracy?: number; name?: string }
  | { by: 'words'; text: string; municipality: string };

/** `band` is `null` until answered, empty when not known. */
export type When = { kind: 'now'; at: string } | { kind: 'other'; date: string; band: TimeBand | '' | null } | { kind: 'unknown' };

export interface Draft {
  id: string;
  begun_at: string;
  step: Step;
  feeling: Feeling;
  group: Group | null;
  category: Category | null;
  where: Where | null;
  insecurity: number | null;
  risk: number | null;
  when: When | null;
  note: string;
  perspectives: Perspective[];
  travel_mode: TravelMode | '';
  avoids: Avoids | '';
}

export type Step = 'what' | 'category' | 'where' | 'feel' | 'when' | 'more' | 'check';

/** The bar of the progress each step belongs to. */
export const BAR: Readonly<Record<Step, 1 | 2 | 3 | 4>> = { what: 1, category: 1, where: 2, feel: 3, when: 3, more: 3, check: 4 };

export function newDraft(): Draft {
  return {
    id: randomId(),
    begun_at: new Date().toISOString(),
    step: 'what',
    feeling: 'unsafe',
    group: null,
    category: null,
    where: null,
    insecurity: null,
    risk: null,
    when: null,
    note: '',
    perspectives: [],
    travel_mode: '',
    avoids: '',
  };
}

/** Another group takes with it the answers that only the old one was asked for, so that nothing unseen is sent or shown. */
export function regroup(draft: Draft, group: Group | null): void {
  draft.group = group;
  const [first, ...more] = group ? CATEGORIES[group] : [];
  draft.category = first && more.length === 0 ? first : null;
  if (group && isTraffic(group)) return;
  draft.risk = null;
  draft.travel_mode = '';
}

/** The steps this draft goes through: a good place is not asked how unsafe it feels, a group of one category not which. */
export function stepsOf(draft: Pick<Draft, 'feeling' | 'group'>): Step[] {
  const steps: Step[] = ['what', 'category', 'where', 'feel', 'when', 'more', 'check'];
  return steps.filter((step) => {
    if (step === 'feel') return draft.feeling === 'unsafe';
    if (step === 'category') return draft.feeling === 'unsafe' && (!draft.group || CATEGORIES[draft.group].length > 1);
    return true;
  });
}

/** A draft left lying is forgotten after a day: phones are shared. */
const FORGOTTEN_MS = 24 * 3600 * 1000;

export function isForgotten(draft: Pick<Draft, 'begun_at'>, now = Date.now()): boolean {
  return !(now - Date.parse(draft.begun_at) < FORGOTTEN_MS);
}

/** Whether anything has been filled in that would be lost. */
export function isBegun(draft: Draft): boolean {
  return draft.group !== null || draft.where !== null || draft.note !== '';
}

const micro = (degrees: number) => Math.round(degrees * 1e6) / 1e6;

/** The body to send, or `null` while what and where are not both answered. */
export function toBody(draft: Draft, reporter?: string): NewReport | null {
  const { id, feeling, category, where, when } = draft;
  if (!category || !where) return null;
  const body: NewReport =
    where.by === 'words'
      ? { id, feeling, category, place_text: where.text.trim(), municipality: where.municipality }
      : { id, feeling, category, location: { type: 'Point', coordinates: [micro(where.lon), micro(where.lat)] } };
  if (where.by !== 'words' && where.accuracy !== undefined) body.accuracy_m = Math.max(1, Math.round(where.accuracy));
  if (feeling === 'unsafe' && draft.insecurity !== null) body.insecurity = draft.insecurity;
  if (isTraffic(groupOf(category))) {
    if (draft.risk !== null) body.risk = draft.risk;
    if (draft.travel_mode) body.travel_mode = draft.travel_mode;
  }
  if (when?.kind === 'now') body.occurred_at = when.at;
  if (when?.kind === 'other') {
    if (when.date) body.occurred_on = when.date;
    if (when.band) body.time_band = when.band;
  }
  if (draft.perspectives.length > 0) body.perspectives = [...draft.perspectives];
  if (feeling === 'unsafe' && draft.avoids) body.avoids = draft.avoids;
  if (draft.note.trim()) body.note = draft.note.trim();
  if (reporter) body.reporter = reporter;
  return body;
}

/** The step and the field that a JSON pointer of a refused body belongs to. */
export function fieldOf(pointer: string): { step: Step; field: string } {
  const name = pointer.split('/')[1] ?? '';
  const at: Record<string, [Step, string]> = {
    category: ['what', 'groups'],
    feeling: ['what', 'groups'],
    location: ['where', 'where-ways'],
    accuracy_m: ['where', 'where-ways'],
    place_text: ['where', 'place-text'],
    municipality: ['where', 'place-municipality'],
    insecurity: ['feel', 'insecurity'],
    risk: ['feel', 'risk'],
    occurred_at: ['when', 'when'],
    occurred_on: ['when', 'when-date'],
    time_band: ['when', 'when-band'],
    note: ['more', 'note'],
    perspectives: ['more', 'perspectives'],
    travel_mode: ['more', 'travel-mode'],
    avoids: ['more', 'avoids'],
  };
  const [step, field] = at[name] ?? ['check', 'send'];
  return { step, field };
}
