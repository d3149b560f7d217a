/** The state of the public map: what is chosen (also in the address), and the release's answer. */
import type { Municipalities, MunicipalityDetailFeature, PublicHeatmap } from '../api/types';
import { GROUPS } from '../i18n/codes';
import type { Place } from '../map/geo';
import { placesOf } from '../map/places';
import { sentence } from '../ui/problem';
import { municipalities, municipality, published, releases, SIZES, type Choice } from './api';
import { spansOf, type Span } from './periods';

const START: Choice = { municipality: '', feeling: 'unsafe', group: null, size_m: 500, span: null };
const SPAN = /^\d{4}-Q[1-4](\.\.\d{4}-Q[1-4])?$/;

export function readChoice(hash: string): Choice {
  const query = new URLSearchParams(hash.replace(/^#/, ''));
  const size = Number(query.get('size_m'));
  const group = query.get('group');
  const span = query.get('span');
  return {
    municipality: query.get('municipality') ?? '',
    feeling: query.get('feeling') === 'safe' ? 'safe' : 'unsafe',
    group: GROUPS.find((known) => known === group) ?? null,
    size_m: SIZES.find((known) => known === size) ?? START.size_m,
    span: span && SPAN.test(span) ? span : null,
  };
}

export function writeChoice(choice: Choice): string {
  const out = new URLSearchParams();
  for (const [name, value] of Object.entries(choice)) if (value !== null && value !== START[name as keyof Choice]) out.set(name, String(value));
  return `#${out}`;
}

export class OpenMap {
  choice = $state.raw<Choice>(START);
  municipalities = $state.raw<Municipalities | null>(null);
  home = $state.raw<MunicipalityDetailFeature | null>(null);
  places = $state.raw<readonly Place[]>([]);
  spans = $state.raw<Span[]>([]);
  heat = $state.raw<PublicHeatmap | null>(null);
  fault = $state<string | null>(null);
  /** A kommun was asked for that does not use Lykta. */
  stranger = $state(false);
  #running: AbortController | undefined;

  async start(): Promise<void> {
    try {
      this.municipalities = await municipalities();
      await this.adopt();
    } catch (failure) {
      this.fault = sentence(failure);
    }
  }

  readonly adopt = async (): Promise<void> => {
    const asked = readChoice(location.hash);
    const active = this.municipalities?.features ?? [];
    const known = active.find((f) => f.properties.code === asked.municipality);
    // Another kommun's numbers must not answer for the one that was asked for.
    this.stranger = asked.municipality !== '' && !known;
    if (this.stranger) {
      this.#running?.abort();
      this.home = this.heat = null;
      this.fault = null;
      return;
    }
    const home = known ?? active[0];
    if (home) await this.choose({ ...asked, municipality: home.properties.code }, true);
  };

  /** Changes what is shown; what was shown stays until the answer is there, or it is clear that none comes. */
  async choose(change: Partial<Choice>, replace = false): Promise<void> {
    const choice = { ...this.choice, ...change };
    this.choice = choice;
    this.stranger = false;
    history[replace ? 'replaceState' : 'pushState'](null, '', writeChoice(choice));
    this.#running?.abort();
    const { signal } = (this.#running = new AbortController());
    try {
      if (this.home?.properties.code !== choice.municipality) {
        const [home, places, made] = await Promise.all([municipality(choice.municipality), placesOf(choice.municipality), releases(choice.municipality)]);
        if (signal.aborted) return;
        this.heat = null;
        this.home = home;
        this.places = places;
        this.spans = spansOf(made);
      }
      const heat = await published(choice, this.spans.find((span) => span.id === choice.span) ?? null, signal);
      if (signal.aborted) return;
      this.heat = heat;
      this.fault = null;
    } catch (failure) {
      if (signal.aborted) return;
      // Old numbers must not stand under new words.
      if (this.home?.properties.code !== choice.municipality) this.home = null;
      this.heat = null;
      this.fault = sentence(failure);
    }
  }
}
