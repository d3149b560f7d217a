/** The list of reports and the one that is open: paging, opening, and changing one without overwriting anybody. */
import { ApiProblem } from '../api/client';
import * as api from './api';
import type { ReportFeature, ReportPatch } from '../api/types';
import type { Workspace } from './workspace.svelte';

/** What became of a change: saved, overtaken by somebody else, or refused (the failure says why). */
export type Outcome = { kind: 'saved' } | { kind: 'stale' } | { kind: 'refused'; failure: unknown };

/** An answer being written: to which report, over which answer, and the words. Outlives the form, so that a login in between loses nothing. */
export interface Answering {
  id: string;
  over: string;
  text: string;
}

export class ReportBook {
  reports = $state.raw<ReportFeature[]>([]);
  total = $state(0);
  loaded = $state(false);
  opened = $state.raw<api.Opened | null>(null);
  answering = $state.raw<Answering | null>(null);
  #next = $state<string | null>(null);
  #pages = 0;

  constructor(readonly workspace: Workspace) {}

  get hasMore(): boolean {
    return this.#next !== null;
  }

  /** What is listed no longer answers the view; it is asked for when somebody looks. */
  forget(): void {
    this.loaded = false;
    this.#pages = 0;
  }

  async load(again: boolean): Promise<void> {
    if (this.loaded && !again) return;
    const { view, cellName } = this.workspace;
    if (!view.municipality) return;
    const page = await api.reports(view.municipality, view.filters, cellName);
    // Something else is asked by now, and whoever asked it also asks for its list.
    if (this.workspace.view.filters !== view.filters || this.workspace.cellName !== cellName) return;
    this.reports = page.features;
    this.total = page.total;
    this.#next = page.next;
    this.#pages = 1;
    this.loaded = true;
  }

  /** The first page anew, unless somebody has already read beyond it: a list must not shrink under one's eyes. */
  async renew(): Promise<void> {
    if (this.#pages <= 1) await this.load(true);
    else this.loaded = true;
  }

  more(): Promise<void> {
    return this.workspace.guard(async () => {
      const next = this.#next;
      if (!next) return;
      const page = await api.more(next);
      if (this.#next !== next) return;
      const known = new Set(this.reports.map((report) => report.id));
      this.reports = [...this.reports, ...page.features.filter((report) => !known.has(report.id))];
      this.#next = page.next;
      this.#pages += 1;
    });
  }

  /** Opens what the address names; what is not there is not opened, and the address says so. */
  async open(id: string): Promise<void> {
    let opened: api.Opened;
    try {
      opened = await api.report(id);
    } catch (failure) {
      // After a new login the address still names it.
      if (await this.workspace.endIfOver(failure)) return;
      // Awaited: what it loads would otherwise wipe away what is about to be said.
      if (failure instanceof ApiProblem && failure.status < 500 && this.workspace.view.report === id) await this.workspace.show({ report: null }, { replace: true });
      throw failure;
    }
    if (this.workspace.view.report === id) this.opened = opened;
  }

  close(): void {
    this.opened = null;
  }

  /** Sends a change against the version that was read; when that is no longer the last, reads the report anew. */
  async change(body: ReportPatch): Promise<Outcome> {
    const now = this.opened;
    if (!now) return { kind: 'stale' };
    const { id } = now.feature;
    try {
      await api.change(id, now.etag, body);
    } catch (failure) {
      if (!(failure instanceof ApiProblem) || failure.status !== 412) {
        await this.workspace.endIfOver(failure);
        return { kind: 'refused', failure };
      }
      await this.workspace.guard(() => this.open(id));
      return { kind: 'stale' };
    }
    // It is saved, whether or not it can be read again at once.
    const fresh = await api.report(id).catch(() => null);
    if (fresh) {
      // Another may have been opened meanwhile.
      if (this.workspace.view.report === id) this.opened = fresh;
      this.reports = this.reports.map((report) => (report.id === id ? fresh.feature : report));
    }
    void this.workspace.refresh();
    return { kind: 'saved' };
  }
}
