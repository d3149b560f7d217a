/** The moderators' queue as the page holds it: what stands where, which report is open, what was decided and can be taken back. */
import { ApiProblem, ask, query } from '../api/client';
import type { Moderation, ModerationQueue, ModerationReason, QueuedReport, ReportDetailFeature } from '../api/types';
import type { Door } from '../people/door.svelte';
import { sentence } from '../ui/problem';
import { words } from './words';

/** A decision as it is sent. */
export interface Decision {
  state: Moderation;
  reason?: ModerationReason | null;
  words?: string | null;
}

/** What a report was before it was decided on, and the tag it has had since. */
export interface Undone {
  id: string;
  etag: string;
  before: Decision;
}

/** What takes a decision back: what the report was before. */
export function before({ report: { properties: p } }: QueuedReport): Decision {
  return { state: p.moderation, reason: p.moderation_reason, words: p.public_words };
}

/** The words that are suggested for everybody: those that stood, without what the guard has found in them. */
export function suggested({ report: { properties: p }, findings }: QueuedReport, mask: string): string {
  const text = [...(p.public_words ?? p.note ?? '')];
  if (p.public_words !== null) return text.join('');
  const found = findings.filter(({ field }) => field === 'note').sort((a, b) => b.start - a.start);
  for (const { start, end } of found) text.splice(start, end - start, mask);
  return text.join('');
}

export class Queue {
  code = $state('');
  state = $state<Moderation>('waiting');
  reports = $state.raw<readonly QueuedReport[]>([]);
  counts = $state.raw<Readonly<Partial<Record<Moderation, number>>>>({});
  at = $state(0);
  detail = $state.raw<ReportDetailFeature | null>(null);
  loaded = $state(false);
  next = $state<string | null>(null);
  said = $state('');
  fault = $state('');
  busy = $state(false);
  #undo: Undone[] = [];

  readonly open = $derived(this.reports[this.at]);

  constructor(readonly door: Door) {}

  async #run(act: () => Promise<void>): Promise<void> {
    this.fault = '';
    this.busy = true;
    const failure = await this.door.attempt(act);
    this.busy = false;
    if (failure) this.fault = sentence(failure);
  }

  /** Asks for a kommun's reports in a state. */
  load = async (code = this.code, state = this.state): Promise<void> => {
    [this.code, this.state] = [code, state];
    await this.#run(async () => {
      const { data } = await ask<ModerationQueue>(`/moderation${query({ municipality: code, state })}`);
      this.#take(data, []);
      this.at = 0;
      this.loaded = true;
    });
    await this.look();
  };

  /** The next page, behind those that are here. */
  more = async (): Promise<void> => {
    const next = this.next;
    if (next) await this.#run(async () => this.#take((await ask<ModerationQueue>(next.replace('/api/v1', ''))).data, this.reports));
  };

  #take(queue: ModerationQueue, before: readonly QueuedReport[]) {
    const known = new Set(before.map(({ report }) => report.id));
    this.reports = [...before, ...queue.reports.filter(({ report }) => !known.has(report.id))];
    this.counts = Object.fromEntries(queue.counts.map(({ state, count }) => [state, count]));
    this.next = queue.next;
  }

  /** Opens a report of the list. */
  go = async (at: number): Promise<void> => {
    this.at = Math.max(0, Math.min(at, this.reports.length - 1));
    await this.look();
  };

  /** Reads what surrounds the open report. */
  look = async (): Promise<void> => {
    const id = this.open?.report.id;
    this.detail = null;
    if (!id) return;
    const failure = await this.door.attempt(async () => {
      const { data } = await ask<ReportDetailFeature>(`/reports/${id}`);
      if (this.open?.report.id === id) this.detail = data;
    });
    if (failure) this.fault = sentence(failure);
  };

  /** Decides on the open report; the failure, where the server refused. */
  decide = async (decision: Decision, said: string): Promise<unknown> => {
    const one = this.open;
    if (!one || this.busy) return undefined;
    const was = before(one);
    this.busy = true;
    this.said = this.fault = '';
    const failure = await this.door.attempt(async () => {
      const { headers } = await this.#put(one.report.id, one.etag, decision);
      this.#undo.push({ id: one.report.id, etag: headers.get('etag') ?? '', before: was });
      this.#leave(one.report.id, was.state, decision.state);
      this.said = words.t.done(said);
    });
    this.busy = false;
    if (failure instanceof ApiProblem && failure.status === 412) {
      await this.load();
      this.said = words.t.stale;
      return undefined;
    }
    if (!failure) {
      if (this.reports.length < 5) await this.more();
      await this.look();
    }
    return failure;
  };

  #put(id: string, etag: string, decision: Decision) {
    return ask(`/reports/${id}/moderation`, { method: 'PUT', body: decision, headers: { 'If-Match': etag } });
  }

  /** Takes a report from the list that it no longer stands in. */
  #leave(id: string, from: Moderation, to: Moderation) {
    if (from !== to) {
      this.counts = { ...this.counts, [from]: (this.counts[from] ?? 1) - 1, [to]: (this.counts[to] ?? 0) + 1 };
      this.reports = this.reports.filter(({ report }) => report.id !== id);
    }
    this.at = Math.max(0, Math.min(this.at, this.reports.length - 1));
  }

  /** Takes the last decision back. */
  undo = async (): Promise<void> => {
    if (this.busy) return;
    const last = this.#undo.pop();
    this.said = this.fault = '';
    if (!last) {
      this.said = words.t.nothing_to_undo;
      return;
    }
    this.busy = true;
    const failure = await this.door.attempt(() => this.#put(last.id, last.etag, last.before));
    await this.load(this.code, last.before.state);
    const at = this.reports.findIndex(({ report }) => report.id === last.id);
    if (at > 0) await this.go(at);
    this.busy = false;
    if (failure) this.fault = failure instanceof ApiProblem && failure.status === 412 ? words.t.stale : sentence(failure);
    else this.said = words.t.undone;
  };

  /** Puts the open report and another into one place, or takes the open one out of it. */
  place = async (other: string | null): Promise<void> => {
    const one = this.open;
    if (!one) return;
    const path = `/reports/${one.report.id}/place`;
    await this.#run(async () => {
      await (other ? ask(path, { method: 'PUT', body: { with: other } }) : ask(path, { method: 'DELETE' }));
      const { data, headers } = await ask<ReportDetailFeature>(`/reports/${one.report.id}`);
      this.detail = data;
      // The act is a new version of the report.
      this.reports = this.reports.map((each) => (each === one ? { ...each, etag: headers.get('etag') ?? each.etag } : each));
      this.said = other ? words.t.merged : words.t.unmerged;
    });
  };
}
