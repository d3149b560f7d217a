/**
 * Reports on their way to the server. What was written leaves the outbox only when the server has answered 200 or 201, and
 * then the receipt stands in its place until it has been seen; it stays through everything that may pass (no network, 5xx,
 * 429) and is held up for the person on any other refusal. All tabs share one outbox and tell each other of every change.
 */
import { ApiProblem, NoNetwork, type Answer } from '../api/client';
import type { NewReport, ReportReceipt } from '../api/types';
import type { Draft } from '../report/draft';
import type { Delivered, Held, Queued, Store } from './store';

export type Send = (body: NewReport) => Promise<Answer<ReportReceipt>>;
export type Outcome = { state: 'delivered'; entry: Delivered } | { state: 'waiting' } | { state: 'fault'; entry: Queued };

/** How often a waiting report is tried again while the page is open. */
const EVERY_MS = 60_000;

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
  #watcher: ((held: Held[]) => void) | undefined;
  #tabs: BroadcastChannel | undefined;
  /** Receipts that the phone had no room for. */
  #unkept: Delivered[] = [];

  constructor(
    private readonly store: Store,
    private readonly send: Send,
    private readonly now: () => number = Date.now,
  ) {}

  /** Calls back at once and at every change, by whichever tab, with what is in the box, oldest first. Returns what stops it. */
  async watch(watcher: (held: Held[]) => void): Promise<() => void> {
    this.#watcher = watcher;
    if (typeof BroadcastChannel === 'function') {
      this.#tabs = new BroadcastChannel('lykta-outbox');
      this.#tabs.onmessage = () => void this.#tell();
    }
    await this.#tell();
    return () => {
      this.#watcher = undefined;
      this.#tabs?.close();
    };
  }

  async held(): Promise<Held[]> {
    const kept = await this.store.all('outbox');
    const held = [...kept.filter(({ id }) => !this.#unkept.some((one) => one.id === id)), ...this.#unkept];
    return held.sort((a, b) => a.queued_at.localeCompare(b.queued_at));
  }

  /** Queues a report, tries to send it, and says what became of it. */
  async submit(body: NewReport, draft: Draft): Promise<Outcome> {
    await this.store.enqueue({ id: body.id, queued_at: this.#at(), body, draft, state: 'waiting', keep: false });
    await this.#changed();
    await this.#flushing; // a flush under way may have passed this report by
    await this.flush(true);
    const entry = (await this.held()).find(({ id }) => id === body.id);
    if (entry?.state === 'delivered') return { state: 'delivered', entry };
    return entry?.state === 'fault' ? { state: 'fault', entry } : { state: 'waiting' };
  }

  /** Puts a half-written report by, while another one is looked at. */
  async setAside(draft: Draft): Promise<void> {
    await this.store.put('outbox', draft.id, { id: draft.id, queued_at: this.#at(), state: 'aside', draft });
    await this.#changed();
  }

  /** Sends what waits. `asked` (the person pressed a button) does not mind a pause the server asked for. */
  flush(asked = false): Promise<void> {
    if (!asked && this.now() < this.#pausedUntil) return Promise.resolve();
    this.#flushing ??= this.#alone(() => this.#sendAll()).finally(() => {
      this.#flushing = undefined;
      return this.#tell(); // another tab may have done the work
    });
    return this.#flushing;
  }

  /** Whether the receipt of a waiting report shall be kept on this phone. */
  async keep(id: string, keep: boolean): Promise<void> {
    const entry = await this.store.get('outbox', id);
    if (entry?.state === 'waiting') await this.store.put('outbox', id, { ...entry, keep });
  }

  async remove(id: string): Promise<void> {
    this.#unkept = this.#unkept.filter((one) => one.id !== id);
    await this.store.remove('outbox', id);
    await this.#changed();
  }

  async #sendAll(): Promise<void> {
    for (const entry of await this.held()) {
      if (entry.state !== 'waiting') continue;
      try {
        const { data } = await this.send(entry.body);
        await this.#delivered(entry, data);
      } catch (failure) {
        if (failure instanceof ApiProblem && failure.retryAfter) this.#pausedUntil = this.now() + failure.retryAfter * 1000;
        // A server that stumbles over one report may well take the next.
        if (failure instanceof ApiProblem && failure.status === 500) continue;
        if (mayPass(failure) || !(failure instanceof ApiProblem)) break;
        await this.store.put('outbox', entry.id, { ...entry, state: 'fault', problem: failure.problem });
        await this.#changed();
      }
    }
  }

  async #delivered({ id, queued_at, body }: Queued, receipt: ReportReceipt): Promise<void> {
    const delivered: Delivered = { id, queued_at, state: 'delivered', receipt, in_words: !body.location, category: body.category };
    try {
      const entry = await this.store.get('outbox', id);
      if (entry?.state === 'waiting' && entry.keep) await keepReceipt(this.store, delivered, new Date(this.now()));
      await this.store.put('outbox', id, delivered);
    } catch {
      this.#unkept.push(delivered);
      await this.store.remove('outbox', id).catch(() => undefined);
    }
    await this.#changed();
  }

  #at(): string {
    return new Date(this.now()).toISOString();
  }

  async #changed(): Promise<void> {
    this.#tabs?.postMessage('changed');
    await this.#tell();
  }

  async #tell(): Promise<void> {
    if (!this.#watcher) return;
    const held = await this.held().catch(() => null);
    if (held) this.#watcher?.(held);
  }

  /** One tab at a time, where the browser has locks; the server forgives a repeat anyway. */
  async #alone(work: () => Promise<void>): Promise<void> {
    if (typeof navigator === 'undefined' || !navigator.locks) return work();
    await navigator.locks.request('lykta-outbox', work);
  }
}

/** Puts a receipt on the phone's own shelf; only ever called after the person asked for it. */
export async function keepReceipt(store: Store, { receipt, category }: Pick<Delivered, 'receipt' | 'category'>, at: Date): Promise<void> {
  await store.put('receipts', receipt.reference, {
    reference: receipt.reference,
    receipt: receipt.receipt,
    municipality: receipt.municipality.name,
    kept_at: at.toISOString(),
    ...(category ? { category } : {}),
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
