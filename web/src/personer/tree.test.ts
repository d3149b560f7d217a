/** The tree of parties, its order, and finding people. */
import { describe, expect, it } from 'vitest';
import type { Party, PartyKind, Person } from '../people/types';
import { flat, removable, search, tree, within } from './tree';

const party = (id: string, parent: string | null, kind: PartyKind, name: string, rest: Partial<Party> = {}): Party => ({ id, parent, kind, name, municipalities: ['0780'], valid_until: null, people: 0, ...rest });
const all = [
  party('shop', 'kommun', 'trader', 'Torgets blommor'),
  party('roads', 'tech', 'administration', 'Gatuenheten'),
  party('tech', 'kommun', 'administration', 'Tekniska', { people: 2 }),
  party('police', 'host', 'police_district', 'Lokalpolisområde Växjö', { municipalities: ['0780', '0765'] }),
  party('kommun', 'host', 'municipality', 'Växjö kommun'),
  party('other', 'host', 'municipality', 'Älmhults kommun', { municipalities: ['0765'] }),
  party('host', null, 'host', 'Värden', { municipalities: null, people: 1 }),
];

describe('the tree', () => {
  it('reads from the top, kommuner before police, each with what is below it, by Swedish names', () => {
    expect(flat(tree(all)).map(({ party: { id }, depth }) => `${'-'.repeat(depth)}${id}`)).toEqual(['host', '-kommun', '--tech', '---roads', '--shop', '-other', '-police']);
  });

  it('begins where one may see, and ends though a parent is its own', () => {
    expect(tree(all.filter(({ id }) => id !== 'host')).map(({ party: { id } }) => id)).toEqual(['kommun', 'other', 'police']);
    expect(flat(tree([party('a', 'b', 'administration', 'A'), party('b', 'a', 'administration', 'B')]))).toEqual([]);
  });

  it('lets go only of what nothing hangs on', () => {
    expect(flat(tree(all)).filter(removable).map(({ party: { id } }) => id)).toEqual(['roads', 'shop', 'other', 'police']);
  });

  it('offers the kommuner of the party above', () => {
    const find = (id: string) => all.find((one) => one.id === id);
    expect([within(find('host'), ['0780', '1060']), within(find('kommun'), ['0780', '1060']), within(undefined, ['1060'])]).toEqual([['0780', '1060'], ['0780'], ['1060']]);
  });
});

describe('finding people', () => {
  const person = (name: string, state: Person['state'] = 'active'): Person => ({ id: name, login: `${name.split(' ')[0]?.toLowerCase()}@kommun.se`, name, state, assignments: [], last_seen: null });
  const people = [person('Örjan Öst'), person('Zara Åkesson', 'closed'), person('Anna Åkesson')];
  const names = (text: string) => search(people, text, ({ name }) => (name.startsWith('Anna') ? ['Planerare, Växjö kommun'] : [])).map(({ name }) => name);

  it('is by every word, with or without dots, in names, addresses and roles', () => {
    expect(names('akesson')).toEqual(['Anna Åkesson', 'Zara Åkesson']);
    expect(names('ÅKESSON planerare')).toEqual(['Anna Åkesson']);
    expect(names('zara@')).toEqual(['Zara Åkesson']);
    expect(names('ingen')).toEqual([]);
  });

  it('has closed accounts last', () => {
    expect(names(' ')).toEqual(['Anna Åkesson', 'Örjan Öst', 'Zara Åkesson']);
  });
});
