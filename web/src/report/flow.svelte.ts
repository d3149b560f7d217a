/** The report as it is being written: the draft, where in the flow one is, what is wrong, and the way to the outbox. */
import { ask, randomId } from '../api/client';
import type { Municipalities, NewReport, Problem, ReportReceipt } from '../api/types';
import { common } from '../i18n/common';
import { report } from '../i18n/report';
import { featureAt, metresTo } from '../map/geo';
import { keepTrying, Outbox, type Outcome } from '../offline/outbox';
import { reporterToken } from '../offline/reporter';
import { addToTab, markSaved, tabReceipts, type TabReceipt } from '../offline/tab';
import { inMemory, store, type Aside, type Delivered, type Held, type Queued } from '../offline/store';
import type { Fault } from '../ui/ErrorSummary.svelte';
import { fieldOf, isBegun, isForgotten, newDraft, stepsOf, toBody, type Draft, type Step } from './draft';
import { whenListed } from './guard';
import { faultsAt, firstFaulty } from './rules';

export type Screen = Step | 'sending' | 'waiting' | 'done';

const submitReport = (body: NewReport) => ask<ReportReceipt>('/reports', { method: 'POST', body });

/** How long sending waits for the guard. */
const GUARD_MS = 3000;

export class Flow {
  draft = $state<Draft>(newDraft());
  screen = $state<Screen>('what');
  faults = $state.raw<Fault[]>([]);
  /** The draft that the faults were found in. */
  #faulty = '';
  /** The receipt on the page, and those of this tab. */
  shown = $state.raw<TabReceipt | null>(null);
  mine = $state.raw<readonly TabReceipt[]>(tabReceipts());
  readonly receipt = $derived<ReportReceipt | null>(this.shown?.receipt ?? null);
  /** The last report queued from this page, while it waits. */
  queuedId = $state<string | null>(null);
  held = $state.raw<readonly Held[]>([]);
  municipalities = $state.raw<Municipalities | null>(null);
  /** The point that the server has refused, and why: sending it again changes nothing. */
  #refused = $state.raw({ at: '', message: '' });
  /** Where a draft was found when the page opened. */
  resumedAt = $state<Step | null>(null);
  /** Whether what is kept outlives the page, and whether the draft as it stands could be kept. */
  lasting = $state(true);
  keeping = $state(true);
  ready = $state(false);
  /** Whether the list of kommuner has come, or failed to. */
  settled = $state(false);
  readonly #asked = new URLSearchParams(location.search).get('kommun');
  #outbox: Outbox | undefined;
  #stops: (() => void)[] = [];

  readonly steps = $derived(stepsOf(this.draft));
  readonly begun = $derived(isBegun(this.draft));
  readonly waiting = $derived(this.held.filter((entry): entry is Queued => entry.state === 'waiting'));
  readonly refused = $derived(this.held.filter((entry): entry is Queued => entry.state === 'fault'));
  /** Receipts that nobody has seen yet, of reports that went in the background. */
  readonly delivered = $derived(this.held.filter((entry): entry is Delivered => entry.state === 'delivered' && !(this.screen === 'sending' && entry.id === this.queuedId)));
  readonly aside = $derived(this.held.filter((entry): entry is Aside => entry.state === 'aside'));

  /** The kommun of the chosen place, by its outline or by choice; `null` when unknown or outside. */
  readonly kommun = $derived.by(() => {
    const { where } = this.draft;
    if (!where || !this.municipalities) return null;
    if (where.by === 'words') return this.municipalities.features.find((f) => f.properties.code === where.municipality)?.properties ?? null;
    return featureAt(this.municipalities, [where.lon, where.lat])?.properties ?? null;
  });

  /** Why the chosen point surely lies in no kommun here, or nothing. Near an uncertain border, and on a coast, only the server knows. */
  readonly outside = $derived.by(() => {
    const { where } = this.draft;
    if (!where || where.by === 'words') return '';
    if (this.#refused.at === spot(where)) return this.#refused.message;
    const far = this.municipalities?.features.every(({ geometry, properties }) => metresTo(geometry, [where.lon, where.lat]) > properties.uncertainty_m);
    return far ? report.t.where.outside : '';
  });

  /** Whether what is sent from here is example data: the chosen kommun says so, or, before one is chosen, all of them. */
  readonly demo = $derived.by(() => {
    const all = this.municipalities?.features.map((feature) => feature.properties) ?? [];
    const code = this.screen === 'done' ? this.receipt?.municipality.code : this.kommun?.code;
    return code ? all.some((one) => one.code === code && one.demo) : all.length > 0 && all.every((one) => one.demo);
  });

  /** The kommun a link or a QR code names (`/?kommun=1060`): where the map opens and what the list begins with. */
  readonly begins = $derived.by(() => {
    const all = this.municipalities?.features.map((feature) => feature.properties) ?? [];
    return all.find((one) => one.code === this.#asked) ?? (all.length === 1 ? all[0] : undefined);
  });

  async start(): Promise<void> {
    void this.loadMunicipalities();
    const kept = await store();
    this.#outbox = new Outbox(kept, submitReport);
    this.lasting = this.keeping = kept.lasting;
    const left = await kept.get('draft', 'current').catch(() => undefined);
    const draft = left && !isForgotten(left) ? left : undefined;
    if (left && !draft) await kept.remove('draft', 'current').catch(() => undefined);
    const { screen: at, receipt } = (history.state ?? {}) as Past;
    // A link to the page we are on keeps its state: the receipt is shown again to who comes back or reloads, not to who starts anew.
    const [visit] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
    if (draft) this.draft = draft;
    const screen = draft ? this.#reachable(at ?? draft.step) : 'what';
    const seen = visit?.type === 'navigate' ? undefined : this.mine.find((one) => one.id === receipt);
    if (draft) this.resumedAt = screen;
    // A page without a past gets the steps before this one, so that Back goes where it says.
    const path = at ? [screen] : this.steps.slice(0, this.steps.indexOf(screen) + 1);
    if (seen) {
      this.shown = seen;
      this.#show('done', 'stay');
    } else {
      path.forEach((step, i) => history[i === 0 ? 'replaceState' : 'pushState']({ screen: step }, ''));
      this.#show(screen, 'stay');
    }
    this.ready = true;
    this.#stops.push(await this.#outbox.watch((held) => this.#look(held)));
    for (const entry of this.aside) if (isForgotten(entry.draft)) await this.discard(entry);
    this.#stops.push(keepTrying(this.#outbox));
  }

  stop(): void {
    for (const stop of this.#stops) stop();
  }

  async loadMunicipalities(): Promise<void> {
    try {
      this.municipalities = (await ask<Municipalities>('/municipalities?active=true')).data;
    } catch {
      // Only names and outlines are missing then; the server decides the kommun in any case.
    } finally {
      this.settled = true;
    }
  }

  /** Remembers the draft as it stands; call from an effect. An empty one is not worth remembering. */
  save(): void {
    const draft = $state.snapshot(this.draft);
    if (!this.ready || this.screen === 'sending') return;
    const kept = store().then((kept) => (isBegun(draft) ? kept.put('draft', 'current', draft) : kept.remove('draft', 'current')));
    kept.then(
      () => (this.keeping = this.lasting),
      () => (this.keeping = false), // a full disk: said on the page, and tried again at the next letter
    );
  }

  /** What is wrong with one field, to be said beside it. */
  faultOf(field: string): string | undefined {
    return this.faults.find((fault) => fault.field === field)?.message;
  }

  next(): void {
    const step = this.screen as Step;
    this.#say(faultsAt(step, this.draft));
    if (this.faults.length === 0 && step === 'where' && this.outside) this.#say([{ field: 'outside', message: this.outside }]);
    if (this.faults.length > 0) return;
    const following = this.steps[this.steps.indexOf(step) + 1];
    if (following) this.#show(following, 'push');
  }

  goTo(step: Step): void {
    this.faults = [];
    this.#show(step, 'push');
  }

  /** The browser's Back or Forward arrived at a step of this page. */
  arrived(state: unknown): void {
    if (this.screen === 'sending') return; // what is on its way can be neither edited nor sent twice
    const { screen, receipt } = (state ?? {}) as Past;
    this.faults = [];
    this.shown = this.mine.find((one) => one.id === receipt) ?? null;
    this.#show(this.shown ? 'done' : this.#reachable(screen ?? 'what'), 'stay');
  }

  async send(): Promise<void> {
    // Words that were written on another day are looked through before they go, too; the server looks again, so nobody waits long.
    if (this.draft.note || this.draft.where?.by === 'words') await Promise.race([whenListed(), new Promise((later) => setTimeout(later, GUARD_MS))]);
    const bad = firstFaulty(this.draft);
    if (bad) {
      this.goTo(bad);
      this.#say(faultsAt(bad, this.draft));
      return;
    }
    const outbox = this.#outbox;
    if (!outbox || this.screen === 'sending') return;
    const draft = $state.snapshot(this.draft);
    this.faults = [];
    this.queuedId = draft.id;
    this.#show('sending', 'stay');
    const body = toBody(draft, await reporterToken(await store(), new Date()));
    if (!body) return this.#show('what', 'stay');
    let outcome: Outcome;
    try {
      outcome = await outbox.submit(body, draft);
    } catch {
      return this.#sendUnkept(body, draft);
    }
    await this.#settle(outcome);
  }

  /** The phone had no room to keep the report: it goes straight to the server, or the form stays as it is. */
  async #sendUnkept(body: NewReport, draft: Draft): Promise<void> {
    const outcome = await new Outbox(inMemory(), submitReport).submit(body, draft);
    if (outcome.state !== 'waiting') return this.#settle(outcome);
    this.queuedId = null;
    this.#show('check', 'stay');
    this.#say([{ message: common.t.fault_network }, { message: report.t.unkept }]);
  }

  async retry(): Promise<void> {
    await this.#outbox?.flush(true).catch(() => undefined); // it waits on
  }

  async keepWaiting(keep: boolean): Promise<void> {
    if (this.queuedId) await this.#outbox?.keep(this.queuedId, keep);
  }

  /**
   * Takes a refused report, or one put by, back into the form: the first at the field that was refused. What stood in the
   * form is put by in its turn; each is written before the other is let go of.
   */
  async reopen(entry: Queued | Aside): Promise<void> {
    const problem = entry.state === 'fault' ? entry.problem : undefined;
    // An id that belongs to another report, or to one taken back, can never be accepted again.
    const id = problem && [409, 410].includes(problem.status) ? randomId() : entry.id;
    const draft: Draft = { ...entry.draft, id, begun_at: new Date().toISOString() };
    const other = $state.snapshot(this.draft);
    try {
      if (isBegun(other) && other.id !== entry.id) await this.#outbox?.setAside(other);
      await (await store()).put('draft', 'current', draft);
      await this.#outbox?.remove(entry.id);
    } catch {
      if (isBegun(other) && other.id !== entry.id) return; // no room for both: each stays where it is
    }
    this.draft = draft;
    this.shown = null;
    const { step, faults } = entry.state === 'aside' ? { step: this.#reachable(draft.step), faults: [] } : place(problem);
    const at = spot(draft.where);
    if (at && isOutside(problem)) this.#refused = { at, message: faults[0]?.message ?? report.t.where.outside };
    this.#show(step, 'push');
    this.#say(at && isOutside(problem) ? [{ field: 'outside', message: this.outside }] : faults);
  }

  async discard(entry: Queued | Aside): Promise<void> {
    await this.#outbox?.remove(entry.id).catch(() => undefined);
  }

  /** Shows a receipt; from then on it is the person's to keep. */
  async showReceipt(entry: Delivered, how: 'push' | 'replace' = 'push'): Promise<void> {
    addToTab(entry);
    this.mine = tabReceipts();
    this.shown = this.mine.find((one) => one.id === entry.id) ?? { ...entry, saved: false };
    if (entry.id === this.queuedId) this.queuedId = null;
    this.#show('done', how);
    await this.#outbox?.remove(entry.id).catch(() => undefined);
  }

  /** Back to a receipt of this tab that has not been saved anywhere. */
  showAgain(one: TabReceipt): void {
    this.shown = one;
    this.#show('done', 'push');
  }

  receiptSaved(): void {
    if (!this.shown) return;
    markSaved(this.shown.id);
    this.mine = tabReceipts();
  }

  /** After a receipt: back to what was begun meanwhile, or to a new report. */
  async another(): Promise<void> {
    if (!this.begun) return this.startOver();
    this.shown = null;
    this.#show(this.#reachable(this.draft.step), 'push');
  }

  async startOver(): Promise<void> {
    this.draft = newDraft();
    this.shown = null;
    this.resumedAt = null;
    this.faults = [];
    this.#show('what', 'push');
    await (await store()).remove('draft', 'current').catch(() => undefined);
  }

  #say(faults: Fault[]): void {
    this.faults = faults;
    this.#faulty = JSON.stringify($state.snapshot(this.draft));
  }

  /** What has been mended is no longer said; call from an effect that follows the draft. */
  mend(): void {
    const now = JSON.stringify(this.draft);
    if (this.faults.length === 0 || now === this.#faulty) return;
    const left = faultsAt(this.screen as Step, this.draft);
    this.faults = this.faults.filter((fault) => left.some(({ field, message }) => field === fault.field && message === fault.message));
  }

  /** What the outbox holds has changed, in this tab or another; whoever waits for one report is told what became of it. */
  #look(held: readonly Held[]): void {
    this.held = held;
    if (this.screen !== 'waiting' || !this.queuedId) return;
    const mine = held.find(({ id }) => id === this.queuedId);
    if (mine?.state === 'waiting') return;
    this.queuedId = null;
    if (mine?.state === 'delivered') void this.showReceipt(mine, 'replace');
    else if (mine?.state === 'fault') void this.reopen(mine);
    else void this.startOver(); // another tab has shown the receipt
  }

  async #settle(outcome: Outcome): Promise<void> {
    if (outcome.state === 'fault') return this.reopen(outcome.entry);
    this.draft = newDraft();
    this.resumedAt = null;
    if (outcome.state === 'delivered') await this.showReceipt(outcome.entry, 'replace');
    else {
      this.#show('waiting', 'replace');
      this.#look(this.held);
      // Ask the browser not to throw the waiting report away when the phone runs full.
      void navigator.storage?.persist?.().catch(() => undefined);
    }
  }

  /** A step can be shown only when all before it are answered. */
  #reachable(step: Step): Step {
    const bad = firstFaulty(this.draft);
    const steps = this.steps;
    const wanted = steps.indexOf(step);
    if (wanted < 0) return 'what';
    return bad && steps.indexOf(bad) < wanted ? bad : step;
  }

  #show(screen: Screen, how: 'push' | 'replace' | 'stay'): void {
    const moved = screen !== this.screen || screen === 'done'; // another receipt is another place
    this.screen = screen;
    const isStep = screen !== 'sending' && screen !== 'waiting' && screen !== 'done';
    if (isStep && this.draft.step !== screen) this.draft.step = screen;
    const state: Past = { screen: isStep ? screen : this.draft.step, ...(screen === 'done' && this.shown ? { receipt: this.shown.id } : {}) };
    if (how === 'push' && moved) history.pushState(state, '');
    else if (how === 'replace') history.replaceState(state, '');
  }
}

/** What the browser's history remembers of a screen: a step, or which report's receipt (its id, never its code). */
interface Past {
  screen?: Step;
  receipt?: string;
}

const spot = (where: Draft['where']): string => (where && where.by !== 'words' ? `${where.lon},${where.lat}` : '');

const isOutside = (problem: Problem | undefined): boolean => /\/(outside|inactive)$/.test(problem?.type ?? '');

/** Where in the form a refusal belongs, and what to say there. */
function place(problem: Problem | undefined): { step: Step; faults: Fault[] } {
  const errors = problem?.errors ?? [];
  const first = errors[0];
  if (!first) {
    const message = problem?.detail ?? problem?.title ?? report.t.where.outside;
    return isOutside(problem) ? { step: 'where', faults: [{ field: 'where-ways', message }] } : { step: 'check', faults: [{ message }] };
  }
  const { step } = fieldOf(first.pointer);
  const faults = errors.map(({ pointer, message }) => {
    const at = fieldOf(pointer);
    return at.step === step ? { field: at.field, message } : { message };
  });
  return { step, faults };
}
