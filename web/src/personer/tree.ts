/** The tree of parties: who stands below whom, in what order, and what may stand where. */
import type { Party, PartyKind, Person } from '../people/types';

/** What may stand right below a party: the server refuses the rest. */
export const BELOW: Readonly<Record<PartyKind, readonly PartyKind[]>> = {
  host: ['municipality', 'police_district'],
  police_district: [],
  municipality: ['administration', 'company', 'housing_company', 'association', 'trader', 'state_agency'],
  administration: ['administration'],
  company: [],
  housing_company: [],
  association: [],
  trader: [],
  state_agency: [],
};

/** Parties that are invited for a term; those who work on their own ground have none. */
export const GUESTS: readonly PartyKind[] = ['housing_company', 'association', 'trader', 'state_agency'];

const ORDER: readonly PartyKind[] = ['host', 'municipality', 'police_district', 'administration', 'company', 'housing_company', 'association', 'trader', 'state_agency'];

export interface Branch {
  party: Party;
  depth: number;
  below: Branch[];
}

const inOrder = (a: Party, b: Party) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || a.name.localeCompare(b.name, 'sv');

/** Parties as a tree. One whose parent is not among them (it is not one's own to see) is a root. */
export function tree(parties: readonly Party[]): Branch[] {
  const known = new Set(parties.map(({ id }) => id));
  const under = (parent: string | null, depth: number, above: readonly string[]): Branch[] =>
    parties
      .filter((party) => !above.includes(party.id) && (parent === null ? party.parent === null || !known.has(party.parent) : party.parent === parent))
      .sort(inOrder)
      .map((party) => ({ party, depth, below: under(party.id, depth + 1, [...above, party.id]) }));
  return under(null, 0, []);
}

/** The tree from top to bottom, as a list reads. */
export const flat = (branches: readonly Branch[]): Branch[] => branches.flatMap((branch) => [branch, ...flat(branch.below)]);

/** Whether nothing hangs on a party: no people, none below. */
export const removable = ({ party, below }: Branch): boolean => party.parent !== null && party.people === 0 && below.length === 0;

/** The kommuner that a party below this one can have; `null` is every kommun. */
export const within = (parent: Party | undefined, codes: readonly string[]): readonly string[] => (parent?.municipalities ? codes.filter((code) => parent.municipalities?.includes(code)) : codes);

/** Lower case without accents or doubled spaces, so that "akesson" finds Åkesson. */
const folded = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ').trim();

/** The people who fit every word that is looked for, in name, e-mail, roles or parties. */
export function search(people: readonly Person[], text: string, said: (person: Person) => readonly string[]): Person[] {
  const wanted = folded(text).split(' ').filter(Boolean);
  return people
    .filter((person) => {
      const all = folded([person.name, person.login, ...said(person)].join(' '));
      return wanted.every((word) => all.includes(word));
    })
    .sort((a, b) => Number(a.state === 'closed') - Number(b.state === 'closed') || a.name.localeCompare(b.name, 'sv'));
}
