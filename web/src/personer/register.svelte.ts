/** Parties and people as the page holds them: asked for together, and anew after every change. */
import { ApiProblem, ask } from '../api/client';
import type { Municipalities } from '../api/types';
import * as api from '../people/api';
import type { Door } from '../people/door.svelte';
import type { NewParty, Party, PartyPatch, Person, PersonPatch, RoleRule } from '../people/types';
import { sentence } from '../ui/problem';
import { flat, tree } from './tree';

/** Refused since the account is others' to look after as well. */
export const othersToo = (failure: unknown): boolean => failure instanceof ApiProblem && failure.status === 403 && failure.problem.type.endsWith('/forbidden');

export class Register {
  parties = $state.raw<readonly Party[]>([]);
  people = $state.raw<readonly Person[]>([]);
  rules = $state.raw<readonly RoleRule[]>([]);
  kommuner = $state.raw<readonly { code: string; name: string }[]>([]);
  loaded = $state(false);
  fault = $state('');
  /** What was done last, to be said. */
  said = $state('');

  readonly branches = $derived(tree(this.parties));
  readonly rows = $derived(flat(this.branches));

  constructor(readonly door: Door) {}

  readonly party = (id: string): Party | undefined => this.parties.find((one) => one.id === id);
  readonly kommun = (code: string): string => this.kommuner.find((one) => one.code === code)?.name ?? code;

  readonly load = async (): Promise<void> => {
    const failure = await this.door.attempt(async () => {
      const [parties, people, rules, kommuner] = await Promise.all([api.parties(), api.people(), api.roles(), ask<Municipalities>('/municipalities')]);
      this.parties = parties;
      this.people = people;
      this.rules = rules;
      this.kommuner = kommuner.data.features.map(({ properties: { code, name } }) => ({ code, name })).sort((a, b) => a.name.localeCompare(b.name, 'sv'));
      this.loaded = true;
    });
    this.fault = failure ? sentence(failure) : '';
  };

  /** Does something, says it, and asks for both lists anew; gives back the failure, if it failed. */
  async #do(act: () => Promise<unknown>, said: string): Promise<unknown> {
    this.said = '';
    const failure = await this.door.attempt(act);
    if (failure) return failure;
    const again = await this.door.attempt(async () => ([this.parties, this.people] = await Promise.all([api.parties(), api.people()])));
    this.fault = again ? sentence(again) : '';
    this.said = said;
    return undefined;
  }

  add = (party: NewParty, said: string) => this.#do(() => api.addParty(party), said);
  change = (id: string, patch: PartyPatch, said: string) => this.#do(() => api.changeParty(id, patch), said);
  remove = (id: string, said: string) => this.#do(() => api.removeParty(id), said);
  changePerson = (id: string, patch: PersonPatch, said: string) => this.#do(() => api.changePerson(id, patch), said);
  erase = (id: string, said: string) => this.#do(() => api.erasePerson(id), said);
  /** An act that answers with something to show; the lists follow. */
  run = (act: () => Promise<unknown>) => this.#do(act, '');
}
