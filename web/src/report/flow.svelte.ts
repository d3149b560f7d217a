/** The report as it is being written: the draft, where in the flow one is, what is wrong, and the way to the outbox. */
import { ask } from '../api/client';
import type { Municipalities, NewReport, Problem, ReportReceipt } from '../api/types';
import { common } from '../i18n/common';
import { report } from '../i18n/report';
import { featureAt } from '../map/geo';
import { keepTrying, Outbox, type Outcome } from '../offline/outbox';
import { reporterToken } from '../offline/reporter';
import { inMemory, store, type Queued } from '../offline/store';
import type { Fault } from '../ui/ErrorSummary.svelte';
import { fieldOf, isBegun, isForgotten, newDraft, randomId, stepsOf, toBody, type Draft, type Step } from './draft';
import { faultsAt, firstFaulty } from './rules';

export type Screen = Step | 'sending' | 'waiting' | 'done';

const submitReport = (body: NewReport) => ask<ReportReceipt>('/reports', { method: 'POST', body });

export class Flow {
  draft = $state<Draft>(newDraft());
  screen = $state<Screen>('what');
  faults = $state<Fault[]>([]);
  receipt = $state.raw<ReportReceipt | null>(null);
  /** The last report queued from this page, while it waits. */
  queuedId = $state<string | null>(null);
  queued = $state.raw<Queued[]>([]);
  /** Receipts of reports that were sent in the background; only in memory. */
  delivered = $state.raw<ReportReceipt[]>([]);
  municipalities = $state.raw<Municipalities | null>(null);
  /** Whether the last report sent has no point yet. */
  sentInWords = $state(false);
  resumed = $state(false);
  ready = $state(false);
  readonly #asked = new URLSearchParams(location.search).get('kommun');
  #outbox: Outbox | undefined;
  #stops: (() => void)[] = [];

  readonly steps = $derived(stepsOf(this.draft));
  readonly waiting = $derived(this.queued.filter((entry) => entry.state === 'waiting'));
  readonly refused = $derived(this.queued.filter((entry) => entry.state === 'fault'));

  /** The kommun of the chosen place, by its outline or by choice; `null` when unknown or outside. */
  readonly kommun = $derived.by(() => {
    const { where } = this.draft;
    if (!where || !this.municipalities) return null;
    if (where.by === 'words') return this.municipalities.features.find((f) => f.properties.code === where.municipality)?.properties ?? null;
    return featureAt(this.municipalities, [where.lon, where.lat])?.properties ?? null;
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
    const kept = await store();
    const left = await kept.get('draft', 'current');
    const draft = left && !isForgotten(left) ? left : undefined;
    if (left && !draft) await kept.remove('draft', 'current');
    if (draft) {
      this.draft = draft;
      this.resumed = true;
    }
    this.#outbox = new Outbox(kept, submitReport);
    this.#stops.push(await this.#outbox.watch((entries) => (this.queued = entries)));
    this.#stops.push(this.#outbox.ondelivered((receipt) => this.#received(receipt)));
    this.#stops.push(keepTrying(this.#outbox));
    const at = (history.state as { screen?: Step } | null)?.screen;
    this.#show(at && draft ? this.#reachable(at) : draft ? this.#reachable(draft.step) : 'what', 'replace');
    this.ready = true;
    await this.loadMunicipalities();
  }

  stop(): void {
    for (const stop of this.#stops) stop();
  }

  async loadMunicipalities(): Promise<void> {
    try {
      this.municipalities = (await ask<Municipalities>('/municipalities?active=true')).data;
    } catch {
      // Only names and outlines are missing then; the server decides the kommun in any case.
    }
  }

  /** Remembers the draft as it stands; call from an effect. An empty one is not worth remembering. */
  save(): void {
    const draft = $state.snapshot(this.draft);
    if (!this.ready || this.screen === 'sending') return;
    void store().then((kept) => (isBegun(draft) ? kept.put('draft', 'current', draft) : kept.remove('draft', 'current')));
  }

  /** What is wrong with one field, to be said beside it. */
  faultOf(field: string): string | undefined {
    return this.faults.find((fault) => fault.field === field)?.message;
  }

  next(): void {
    const step = this.screen as Step;
    this.faults = faultsAt(step, this.draft);
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
    const screen = (state as { screen?: Step } | null)?.screen ?? 'what';
    this.faults = [];
    this.receipt = null;
    this.#show(this.#reachable(screen), 'stay');
  }

  async send(): Promise<void> {
    const bad = firstFaulty(this.draft);
    if (bad) {
      this.goTo(bad);
      this.faults = faultsAt(bad, this.draft);
      return;
    }
    const outbox = this.#outbox;
    const draft = $state.snapshot(this.draft);
    const body = toBody(draft, await reporterToken(await store(), new Date()));
    if (!outbox || !body) return;
    this.faults = [];
    this.#show('sending', 'stay');
    this.queuedId = body.id;
    try {
      await this.#settle(await outbox.submit(body, draft));
    } catch {
      await this.#sendUnkept(body, draft);
    }
  }

  /** The phone had no room to keep the report: it goes straight to the server, or the form stays as it is. */
  async #sendUnkept(body: NewReport, draft: Draft): Promise<void> {
    const outcome = await new Outbox(inMemory(), submitReport).submit(body, draft);
    if (outcome.state !== 'waiting') return this.#settle(outcome);
    this.#show('check', 'stay');
    this.faults = [{ message: common.t.fault_network }];
  }

  async retry(): Promise<void> {
    await this.#outbox?.flush(true);
  }

  async keepWaiting(keep: boolean): Promise<void> {
    if (this.queuedId) await this.#outbox?.keep(this.queuedId, keep);
  }

  /** Takes a refused report back into the form, at the field that was refused. */
  async reopen(entry: Queued): Promise<void> {
    await this.#outbox?.remove(entry.id);
    // An id that belongs to another report can never be accepted again.
    this.draft = { ...entry.draft, id: entry.problem?.status === 409 ? randomId() : entry.id };
    const { step, faults } = place(entry.problem);
    this.#show(step, 'push');
    this.faults = faults;
  }

  async discard(entry: Queued): Promise<void> {
    await this.#outbox?.remove(entry.id);
  }

  showReceipt(receipt: ReportReceipt): void {
    this.delivered = this.delivered.filter((other) => other.id !== receipt.id);
    this.receipt = receipt;
    this.#show('done', 'stay');
  }

  async startOver(): Promise<void> {
    this.draft = newDraft();
    this.receipt = null;
    this.resumed = false;
    this.faults = [];
    await (await store()).remove('draft', 'current');
    this.#show('what', 'push');
  }

  #received(receipt: ReportReceipt): void {
    if (receipt.id === this.queuedId && this.screen === 'waiting') void this.#settle({ state: 'delivered', receipt });
    else if (receipt.id !== this.queuedId || this.screen !== 'sending') this.delivered = [...this.delivered, receipt];
  }

  async #settle(outcome: Outcome): Promise<void> {
    if (outcome.state === 'fault') {
      await this.reopen(outcome.entry);
      return;
    }
    this.sentInWords = this.draft.where?.by === 'words';
    this.draft = newDraft();
    this.resumed = false;
    if (outcome.state === 'delivered') {
      this.queuedId = null;
      this.receipt = outcome.receipt;
      this.#show('done', 'replace');
    } else {
      this.#show('waiting', 'replace');
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
    const moved = screen !== this.screen;
    this.screen = screen;
    const isStep = screen !== 'sending' && screen !== 'waiting' && screen !== 'done';
    if (isStep && this.draft.step !== screen) this.draft.step = screen;
    const state = { screen: isStep ? screen : 'what' };
    if (how === 'push' && moved) history.pushState(state, '');
    else if (how === 'replace') history.replaceState(state, '');
  }
}

/** Where in the form a refusal belongs, and what to say there. */
function place(problem: Problem | undefined): { step: Step; faults: Fault[] } {
  const errors = problem?.errors ?? [];
  const first = errors[0];
  if (!first) {
    const outside = problem?.type.endsWith('/outside') || problem?.type.endsWith('/inactive');
    const message = problem?.detail ?? problem?.title ?? report.t.where.outside;
    return outside ? { step: 'where', faults: [{ field: 'where-ways', message }] } : { step: 'check', faults: [{ message }] };
  }
  const { step } = fieldOf(first.pointer);
  const faults = errors.map(({ pointer, message }) => {
    const at = fieldOf(pointer);
    return at.step === step ? { field: at.field, message } : { message };
  });
  return { step, faults };
}
