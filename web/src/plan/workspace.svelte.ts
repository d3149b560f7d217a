/**
 * The state of the planner's workspace. Every change of the view goes through `show`, which writes the address and asks anew
 * only for what the change touches; what is on the screen stays until the answer is there.
 */
import { ApiProblem } from '../api/client';
import type { CountColumns, FocusAreas, Municipalities, MunicipalityDetailFeature, Summary } from '../api/types';
import type { Place } from '../map/geo';
import { placesOf } from '../map/places';
import type { Try } from '../people/door.svelte';
import { Door } from '../people/door.svelte';
import { mayAnywhere, mayIn } from '../people/rights';
import type { Act } from '../people/types';
import { faults } from '../ui/problem';
import { cellName, COUNTED, question, readView, startView, takeKey, writeView, type Layer, type View } from './address';
import * as api from './api';
import { cellRows } from './cells';
import { activeFacets, noFilters, startFilters, without, type Facet, type Filters } from './filters';
import { ReportBook } from './reportbook.svelte';
import { inLanguage } from './labels';
import { breath, loadLayer, NOTHING, type Drawing, type Layered } from './layered';
import { looking } from './looking';
import { beforeOf, latest, type Days } from './periods';
import { readSeen, writeSeen, type Seen } from './seen';

export class Workspace {
  session = $state<'asking' | 'out' | 'in'>('asking');
  readonly door = new Door();
  fault = $state<string | null>(null);
  /** Filters of the address that mean nothing, as they stood there. */
  dropped = $state.raw<readonly string[]>([]);
  /** A kommun was asked for that does not use Lykta, or (`foreign`) where one may see nothing. */
  stranger = $state(false);
  foreign = $state(false);

  view = $state.raw<View>(startView());
  municipalities = $state.raw<Municipalities | null>(null);
  home = $state.raw<MunicipalityDetailFeature | null>(null);
  areas = $state.raw<FocusAreas | null>(null);
  places = $state.raw<readonly Place[]>([]);

  summary = $state.raw<Summary | null>(null);
  /** Per active facet: the numbers without that facet, so that its other choices keep honest counts. */
  others = $state.raw<Partial<Record<Facet, Summary>>>({});
  counts = $state.raw<CountColumns | null>(null);
  people = $state.raw<CountColumns | null>(null);
  /** Only while it is looked at. */
  layered = $state.raw<Layered>(NOTHING);
  /** Why the layer that is looked at cannot be shown, while the rest can. */
  layerFault = $state<string | null>(null);
  drawing = $state.raw<Drawing | null>(null);
  /** A part of the map could not be fetched. */
  patchy = $state(false);
  /** By the hour of the week, whatever hours and weekdays are chosen. */
  week = $state.raw<Summary | null>(null);
  cellSummary = $state.raw<Summary | null>(null);
  seen = $state.raw<Seen | null>(null);
  news = $state<number | null>(null);
  working = $state(0);

  /** The period that a comparison chose by itself. */
  #lent: Days | null = null;
  #answered = $state.raw<Filters | null>(null);
  readonly book: ReportBook = new ReportBook(this);
  /** Parts of the view by themselves: moving the map changes the view, and must not count everything anew. */
  readonly layer = $derived(this.view.layer);
  readonly statistic = $derived(this.view.statistic);
  readonly filters = $derived(this.view.filters);
  /** The filters that the numbers on the screen answer, if there are any: until the next are there, the words beside them are about these. */
  readonly answered = $derived(this.#answered ?? this.filters);
  readonly cell = $derived(this.view.cell);
  readonly against = $derived(this.view.before);
  /** What is drawn: until the next layer is there, the legend and the lists are of this one. */
  readonly drawn: Pick<View, 'layer' | 'grid' | 'statistic'> = $derived(this.drawing ?? this.view);
  readonly hotspots = $derived(this.layered.hotspots);
  readonly bands = $derived(this.layered.bands);
  readonly change = $derived(this.layered.change);
  /** The change, where there was something to compare. */
  readonly compared = $derived(this.change?.message ? null : this.change);
  /** The cells of what is drawn. */
  readonly columns = $derived.by(() => {
    const { hotspots, change } = this.layered;
    const counted = this.drawing?.statistic === 'count' ? this.counts : this.people;
    return (this.drawing && { hotspots, compare: change, density: this.counts, count: counted }[this.drawing.layer])?.columns ?? null;
  });
  readonly rows = $derived(cellRows(this.counts, this.people, this.statistic, this.hotspots ?? this.change));
  /** What is drawn in steps of heat: the counts, or those of both periods, which share one scale. */
  readonly levels = $derived.by((): number[] => {
    const { drawing, columns } = this;
    if (!columns) return [];
    if ('before' in columns) return [...columns.before, ...columns.after];
    return drawing?.layer === 'count' ? columns.count.map((count) => count ?? 0) : [];
  });
  readonly chosen = $derived(this.rows.find((row) => row.cell === this.cell) ?? null);
  readonly name = $derived(this.home?.properties.name ?? '');
  /** The days that are shown, when both ends are chosen, and those they are compared with. */
  readonly period = $derived.by((): Days | null => {
    const { from, to } = this.filters;
    return from && to ? { from, to } : null;
  });
  readonly before = $derived(this.period && beforeOf(this.period, this.against));
  /** The kommuner that use Lykta, also those where one may see nothing. */
  #active: readonly string[] = [];
  #running: AbortController | undefined;
  /** The question that the numbers on the screen answer; after a failure it is not the one the view asks. */
  #loaded = '';
  /** The one that is being answered, or is. */
  #asked = '';

  readonly areaTitle = (id: string): string => {
    const area = this.areas?.features.find((feature) => feature.id === id);
    return area ? inLanguage(area.properties.title) : id;
  };

  /** The numbers to show beside the choices of one facet. */
  facetSummary(facet: Facet): Summary | null {
    return this.others[facet] ?? this.summary;
  }

  // --- session ---

  /** What one may do in a kommun: that of the view, unless another is named. */
  readonly may = (act: Act, municipality: string | null = this.view.municipality): boolean => this.door.me !== null && mayIn(this.door.me, act, municipality);
  /** Whether there is anything to see here, in any kommun. */
  readonly sees = $derived(this.door.me !== null && mayAnywhere(this.door.me, 'see_live'));

  async start(): Promise<void> {
    const token = takeKey();
    if (token !== null && (await this.login({ token }))) return;
    await this.door.open();
    await this.#enter();
  }

  readonly login = async (tried: Try): Promise<boolean> => {
    if (await this.door.login(tried)) await this.#enter();
    return this.session === 'in';
  };

  async #enter(): Promise<void> {
    this.session = this.door.state === 'in' ? 'asking' : 'out';
    if (this.session === 'asking') await this.guard(async () => {
      const { features, ...rest } = await api.municipalities();
      this.#active = features.map(({ properties }) => properties.code);
      this.municipalities = { ...rest, features: features.filter(({ properties }) => this.may('see_live', properties.code)) };
      this.session = 'in';
      if (this.sees) await this.#adopt();
    });
    if (this.session === 'asking') this.session = 'out';
  }

  /** Runs something that may fail, and says so in words; a lost session leads back to the login. */
  async guard(action: () => Promise<void>): Promise<void> {
    this.working += 1;
    const told = this.fault;
    try {
      await action();
      // What went well does not take back what was said meanwhile.
      if (this.fault === told) this.fault = null;
    } catch (failure) {
      if (failure instanceof DOMException && failure.name === 'AbortError') return;
      if (!(await this.endIfOver(failure))) this.fault = faults(failure).map(({ message }) => message).join(' ');
    } finally {
      this.working -= 1;
    }
  }

  /** Whether a refusal came because the session is over: what one may not see answers like what is not there, so it is asked. */
  async endIfOver(failure: unknown): Promise<boolean> {
    if (!(await this.door.over(failure))) return false;
    this.session = 'out';
    return true;
  }

  // --- the view ---

  /** Changes the view. `replace` keeps the step out of the history (moving the map is not a step). */
  async show(change: Partial<View>, { replace = false } = {}): Promise<void> {
    const view = { ...this.view, ...change };
    if (!replace) this.dropped = [];
    const hash = writeView(view);
    if (hash !== location.hash) history[replace ? 'replaceState' : 'pushState'](null, '', hash);
    await this.#turn(view);
  }

  /** Another layer, counted in what it is best counted in; a comparison needs a period, which it takes with it when it goes. */
  readonly look = (layer: Layer): Promise<void> => {
    const { filters } = this.view;
    const months = (this.facetSummary('period')?.month ?? []).map(({ month }) => month);
    const mine = this.#lent && filters.from === this.#lent.from && filters.to === this.#lent.to;
    const span = layer === 'compare' ? (this.period ? null : latest(months)) : mine ? { from: null, to: null } : null;
    if (!mine || layer !== 'compare') this.#lent = span?.from ? span : null;
    return this.show({ layer, statistic: COUNTED[layer], ...(span ? { filters: { ...filters, ...span } } : {}) });
  };

  readonly setFilters = (filters: Filters): Promise<void> => this.show({ filters, cell: null });
  /** Another kommun: its areas and its versions are its own, so what names them is let go of. */
  readonly move = (municipality: string): Promise<void> => {
    const { filters } = this.view;
    this.stranger = false;
    return this.show({ municipality, filters: { ...filters, lists: { ...filters.lists, focus_area: [] }, since: null }, cell: null, report: null, at: null });
  };

  readonly clear = (): Promise<void> => this.setFilters(startFilters());

  /** The back button, or an address written by hand. */
  readonly onpopstate = (): void => {
    // A link with a key was opened on a page that was already there.
    if (new URLSearchParams(location.hash.slice(1)).has('key')) return void this.start();
    if (this.session === 'in' && this.sees) void this.#adopt();
  };

  /** Takes the view from the address, filling in the kommun when it names none. */
  async #adopt(): Promise<void> {
    const dropped: string[] = [];
    const view = readView(location.hash, dropped);
    this.dropped = dropped;
    const active = this.municipalities?.features ?? [];
    this.stranger = view.municipality !== null && !active.some((feature) => feature.properties.code === view.municipality);
    this.foreign = this.stranger && this.#active.includes(view.municipality ?? '');
    if (this.stranger) {
      this.#running?.abort();
      this.view = startView();
      this.book.close();
      this.#leave();
      return;
    }
    const full = { ...view, municipality: view.municipality ?? active[0]?.properties.code ?? null };
    history.replaceState(null, '', writeView(full));
    await this.#turn(full);
  }

  async #turn(to: View): Promise<void> {
    const old = this.view;
    // Whoever may not read reports has no list of them, whatever a link asks for.
    const view = this.may('read_reports', to.municipality) ? to : { ...to, tab: to.tab === 'reports' ? ('map' as const) : to.tab, report: null };
    this.view = view;
    const moved = view.municipality !== this.home?.properties.code;
    const narrowed = moved || this.#asked !== question(view);
    if (!view.report) this.book.close();
    if (narrowed || view.cell !== old.cell) {
      this.book.forget();
      this.cellSummary = null;
    }
    await this.guard(async () => {
      if (moved && view.municipality) await this.#loadHome(view.municipality);
      if (narrowed) await this.#loadNumbers();
      if (narrowed || view.cell !== old.cell) await this.#loadCell();
      if (view.tab === 'reports') await this.book.load(false);
      // Last: a report that cannot be read takes nothing else away.
      if (view.report && view.report !== this.book.opened?.feature.id) await this.book.open(view.report);
    });
  }

  async #loadHome(code: string): Promise<void> {
    const asking = Promise.all([api.municipality(code), api.focusAreas(code), placesOf(code)]);
    const [home, areas, places] = await asking.catch((failure: unknown) => {
      if (this.view.municipality === code) this.#leave();
      throw failure;
    });
    if (this.view.municipality !== code) return;
    this.#leave();
    this.home = home;
    this.areas = areas;
    this.places = places;
    this.seen = readSeen(code);
  }

  /** Lets go of the kommun on the screen: none of it may pass for another's. */
  #leave(): void {
    this.home = this.areas = this.seen = this.news = null;
    this.places = [];
    this.#unload();
  }

  /** Numbers of another question must not stand under this one's words. */
  #unload(): void {
    this.summary = this.counts = this.people = this.week = this.cellSummary = null;
    this.layered = NOTHING;
    this.drawing = this.layerFault = null;
    this.patchy = false;
    this.others = {};
    this.#answered = null;
    this.#loaded = this.#asked = '';
    this.book.reports = [];
    this.book.forget();
  }

  async #loadNumbers(): Promise<void> {
    const { municipality, filters, grid } = this.view;
    if (!municipality) return;
    this.#running?.abort();
    const { signal } = (this.#running = new AbortController());
    const asked = (this.#asked = question(this.view));
    const facets = activeFacets(filters);
    const asking = Promise.all([
      api.summary(municipality, filters, null, signal),
      api.columns<CountColumns>(api.countQuestion(municipality, filters, grid, 'count'), signal),
      api.columns<CountColumns>(api.countQuestion(municipality, filters, grid, 'reporters'), signal),
      loadLayer(this.view, this.before, signal),
      filters.lists.hour.length > 0 && filters.lists.weekday.length > 0 ? api.summary(municipality, without(without(filters, 'hour'), 'weekday'), null, signal) : null,
      ...facets.map((facet) => api.summary(municipality, without(filters, facet), null, signal)),
    ]);
    const [summary, counts, people, layered, week, ...others] = await asking.catch((failure: unknown) => {
      if (!signal.aborted) {
        if (this.#loaded !== asked) this.#unload();
        this.#asked = this.#loaded;
      }
      throw failure;
    });
    signal.throwIfAborted();
    // Until all of it stands there, the screen answers no question.
    this.#loaded = '';
    this.fault = null;
    this.summary = summary;
    this.#answered = filters;
    this.others = Object.fromEntries(facets.map((facet, i) => [facet, others[i]]));
    this.week = week ?? this.others.hour ?? this.others.weekday ?? summary;
    await breath();
    signal.throwIfAborted();
    [this.counts, this.people] = [counts, people];
    this.layered = { ...NOTHING, ...layered.shown };
    [this.layerFault, this.drawing] = [layered.fault, layered.drawing];
    this.patchy = false;
    // What was refused stays refused; what merely failed is asked for again.
    this.#loaded = this.#asked = layered.again ? '' : asked;
    if (this.seen && this.may('read_reports')) this.news = (await api.reports(municipality, { ...noFilters(), since: this.seen.version }, null, 1, signal)).total;
  }

  /** A tile of the map did not come: its session may be over; else it is said, and the next look asks again. */
  readonly missTile = (failure: { message: string; status?: number }): void => {
    const { message: title, status } = failure;
    const told = status === undefined ? failure : new ApiProblem(status, { type: 'about:blank', title, status, errors: [] });
    void this.endIfOver(told).then((over) => (this.patchy ||= !over));
  };

  /** What narrows the list to the chosen cell. */
  get cellName(): string | null {
    return this.chosen && cellName(this.view.grid, this.chosen.cell);
  }

  async #loadCell(): Promise<void> {
    const { municipality, filters } = this.view;
    const name = this.cellName;
    if (!municipality || !name) {
      this.cellSummary = null;
      return;
    }
    const summary = await api.summary(municipality, filters, name);
    if (this.cellName === name) this.cellSummary = summary;
  }

  /** Asks again for what is shown, after a change of one's own. */
  readonly refresh = (): Promise<void> => this.guard(() => this.#again());

  async #again(): Promise<void> {
    await this.#loadNumbers();
    await this.#loadCell();
  }

  /** Looks whether the kommun has moved on, and only then asks for everything; nobody is told that nothing is new. */
  async #glance(): Promise<void> {
    const { municipality, filters } = this.view;
    if (!municipality) return;
    const { version } = await api.summary(municipality, filters);
    if (this.working > 0) return;
    // What could not be loaded is asked for again, from the kommun on.
    if (this.#loaded !== question(this.view)) return this.#turn(this.view);
    if (version === this.summary?.version) {
      if (this.patchy) [this.patchy, this.drawing] = [false, this.drawing && { ...this.drawing }];
      return;
    }
    await this.#again();
    if (this.view.tab === 'reports') await this.book.renew();
    else this.book.forget();
  }

  /** Keeps the numbers live while somebody looks. Returns how to stop. */
  live(): () => void {
    return looking(() => {
      if (this.session === 'in' && this.working === 0) this.#glance().catch((failure: unknown) => this.endIfOver(failure)); // anything else, the next look will tell
    });
  }

  markRead(): void {
    const { municipality } = this.view;
    if (!municipality || !this.summary) return;
    this.seen = { version: this.summary.version, at: new Date().toISOString() };
    writeSeen(municipality, this.seen);
    this.news = 0;
    if (this.view.filters.since !== null) void this.setFilters({ ...this.view.filters, since: null });
  }
}
