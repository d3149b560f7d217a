/**
 * Reports on their way to the server. A report leaves the phone's storage only when the server has answered 200 or 201;
 * it stays through everything that may pass (no network, 5xx, 429) and is held up for the person on any other refusal.
 */
import { ApiProblem, NoNetwork, type Answer } from '../api/client';
import type { NewReport, ReportReceipt } from '../api/types';
import type { Draft } from '../report/draft';
import type { Queued, Store } from './store';

export type Send = (body: NewReport) => Promise<Answer<ReportReceipt>>;
export type Outcome = { state: 'delivered'; receipt: ReportReceipt } | { state: 'waiting' } | { state: 'fault'; entry: Queued };

/** How often a waiting report is tried again while the page is open. */
export const EVERY_MS = 60_000;

/** Whether trying the same again later may help. */
export function mayPass(failure: unknown): boolean {
  if (failure instanceof NoNetwork) return true;
  if (!(failure instanceof ApiProblem)) return false;
  const ours = failure.problem.type.includes('/problems/');
  return failure.status >= 500 || failure.status === 429 || failure.status === 408 || !ours;
}

export class Outbox {
  #flushing: Promise<void> | undefined;
  #pausedUntil = 0;
  readonly #watchers = new Set<(entries: Queued[]) => void>();
  readonly #receivers = new Set<(receipt: ReportReceipt) => void>();

  constructor(
    private readonly store: Store,
    private readonly send: Send,
    private readonly now: () => number = Date.now,
  ) {}

  /** Calls back at once and at every change with what is in the box, oldest first. */
  async watch(watcher: (entries: Queued[]) => void): Promise<() => void> {
    this.#watchers.add(watcher);
    watcher(await this.entries());
    return () => this.#watchers.delete(watcher);
  }

  /** Calls back with each receipt as it comes; it is kept nowhere unless the person asked for it. */
  ondelivered(receiver: (receipt: ReportReceipt) => void): () => void {
    this.#receivers.add(receiver);
    return () => this.#receivers.delete(receiver);
  }

  async entries(): Promise<Queued[]> {
    const entries = await this.store.all('outbox');
    return entries.sort((a, b) => a.queued_at.localeCompare(b.queued_at));
  }

  /** Queues a report, tries to send it, and says what became of it. */
  async submit(body: NewReport, draft: Draft): Promise<Outcome> {
    let receipt: ReportReceipt | undefined;
    const stop = this.ondelivered((delivered) => {
      if (delivered.id === body.id) receipt = delivered;
    });
    await this.store.enqueue({ id: body.id, queued_at: new Date(this.now()).toISOString(), body, draft, state: 'waiting', keep: false });
    await this.#tell();
    await this.#flushing; // a flush under way may have passed this report by
    await this.flush(true);
    stop();
    if (receipt) return { state: 'delivered', receipt };
    const entry = await this.store.get('outbox', body.id);
    return entry?.state === 'fault' ? { state: 'fault', entry } : { state: 'waiting' };
  }

  /** Sends what waits. `asked` (the person pressed a button) does not mind a pause the server asked for. */
  flush(asked = false): Promise<void> {
    if (!asked && this.now() < this.#pausedUntil) return Promise.resolve();
    this.#flushing ??= this.#alone(() => this.#sendAll()).finally(() => (this.#flushing = undefined));
    return this.#flushing;
  }

  /** Whether the receipt of a waiting report shall be kept on this phone. */
  async keep(id: string, keep: boolean): Promise<void> {
    const entry = await this.store.get('outbox', id);
    if (entry) await this.store.put('outbox', id, { ...entry, keep });
  }

  async remove(id: string): Promise<void> {
    await this.store.remove('outbox', id);
    await this.#tell();
  }

  async #sendAll(): Promise<void> {
    for (const entry of await this.entries()) {
      if (entry.state !== 'waiting') continue;
      try {
        const { data } = await this.send(entry.body);
        await this.#delivered(entry.id, data);
      } catch (failure) {
        if (failure instanceof ApiProblem && failure.retryAfter) this.#pausedUntil = this.now() + failure.retryAfter * 1000;
        if (mayPass(failure) || !(failure instanceof ApiProblem)) break;
        await this.store.put('outbox', entry.id, { ...entry, state: 'fault', problem: failure.problem });
        await this.#tell();
      }
    }
  }

  async #delivered(id: string, receipt: ReportReceipt): Promise<void> {
    const entry = await this.store.get('outbox', id);
    if (entry?.keep) await keepReceipt(this.store, receipt, new Date(this.now()));
    await this.store.remove('outbox', id);
    for (const receiver of this.#receivers) receiver(receipt);
    await this.#tell();
  }

  async #tell(): Promise<void> {
    const entries = await this.entries();
    for (const watcher of this.#watchers) watcher(entries);
  }

  /** One tab at a time, where the browser has locks; the server forgives a repeat anyway. */
  async #alone(work: () => Promise<void>): Promise<void> {
    if (typeof navigator === 'undefined' || !navigator.locks) return work();
    await navigator.locks.request('lykta-outbox', work);
  }
}

/** Puts a receipt on the phone's own shelf; only ever called after the person asked for it. */
export async function keepReceipt(store: Store, receipt: ReportReceipt, at: Date): Promise<void> {
  await store.put('receipts', receipt.reference, {
    reference: receipt.reference,
    receipt: receipt.receipt,
    municipality: receipt.municipality.name,
    kept_at: at.toISOString(),
  });
}

/** Tries again on start, when the network or the page comes back, and every minute. Returns what stops it. */
export function keepTrying(outbox: Outbox): () => void {
  const attempt = () => void outbox.flush().catch(() => undefined);
  const shown = () => {
    if (document.visibilityState === 'visible') attempt();
  };
  window.addEventListener('online', attempt);
  document.addEventListener('visibilitychange', shown);
  const timer = setInterval(attempt, EVERY_MS);
  attempt();
  return () => {
    window.removeEventListener('online', attempt);
    document.removeEventListener('visibilitychange', shown);
    clearInterval(timer);
  };
}
