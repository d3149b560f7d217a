/** What each step needs before the next: checked on the phone first, by the server again. */
import { report } from '../i18n/report';
import type { Fault } from '../ui/ErrorSummary.svelte';
import { stepsOf, type Draft, type Step } from './draft';
import { look } from './guard';
import { characters, NOTE_MAX, PLACE_TEXT_MAX } from './limits';

/** What the guard has against the words of a field. */
function guardFaults(field: string, words: string): Fault[] {
  const { personal, suspicions } = look(words);
  if (suspicions.length > 0) return [{ field, message: report.t.guard.fault_suspicion }];
  return personal.length > 0 ? [{ field, message: report.t.guard.fault }] : [];
}

function whereFaults({ where }: Draft): Fault[] {
  const t = report.t.where;
  if (!where) return [{ field: 'where-ways', message: t.missing }];
  if (where.by !== 'words') return [];
  const faults: Fault[] = [];
  const length = characters(where.text);
  if (length === 0) faults.push({ field: 'place-text', message: t.missing_words });
  if (length > PLACE_TEXT_MAX) faults.push({ field: 'place-text', message: t.too_long(PLACE_TEXT_MAX) });
  faults.push(...guardFaults('place-text', where.text));
  if (!where.municipality) faults.push({ field: 'place-municipality', message: t.missing_municipality });
  return faults;
}

/** Today's date in Sweden, as `<input type="date">` writes it. */
export function today(now = new Date()): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Stockholm' }).format(now);
}

function whenFaults({ when }: Draft): Fault[] {
  const t = report.t.when;
  if (when?.kind !== 'other') return [];
  if (!when.date && !when.band) return [{ field: 'when-date', message: t.missing }];
  if (when.date && !/^\d{4}-\d{2}-\d{2}$/.test(when.date)) return [{ field: 'when-date', message: t.bad_date }];
  return when.date > today() ? [{ field: 'when-date', message: t.future }] : [];
}

function noteFaults({ note }: Draft): Fault[] {
  const faults: Fault[] = [];
  if (characters(note) > NOTE_MAX) faults.push({ field: 'note', message: report.t.more.too_long(NOTE_MAX) });
  return [...faults, ...guardFaults('note', note)];
}

export function faultsAt(step: Step, draft: Draft): Fault[] {
  if (step === 'what') return draft.group && (draft.feeling === 'unsafe' || draft.category) ? [] : [{ field: 'groups', message: report.t.what.missing }];
  if (step === 'category') return draft.category ? [] : [{ field: 'categories', message: report.t.what.missing }];
  if (step === 'where') return whereFaults(draft);
  if (step === 'when') return whenFaults(draft);
  if (step === 'more') return noteFaults(draft);
  return [];
}

/** The first step with something to mend, or `null`. */
export function firstFaulty(draft: Draft): Step | null {
  return stepsOf(draft).find((step) => faultsAt(step, draft).length > 0) ?? null;
}
