/** The rows of the role form: what fits, what is wrong, what is sent. */
import { describe, expect, it } from 'vitest';
import type { Party, PartyKind, RoleRule } from '../people/types';
import { fieldOf, fitting, forParty, needsTerm, ownRows, row, rowFaults, sent, wrongOf } from './assignments';

const rules: RoleRule[] = [
  { role: 'planner', parties: ['municipality', 'administration'], acts: ['see_live'], reads: [], needs_term: false },
  { role: 'administrator', parties: ['host', 'municipality'], acts: ['manage_people'], reads: [], needs_term: false },
  { role: 'guest', parties: ['association'], acts: ['see_live'], reads: [], needs_term: true },
];
const party = (id: string, kind: PartyKind): Party => ({ id, parent: null, kind, name: id, municipalities: ['0780'], valid_until: null, people: 0 });
const [kommun, club] = [party('kommun', 'municipality'), party('club', 'association')];
const NOW = '2026-03-02';

describe('a row', () => {
  it('offers the roles that fit its party, and chooses where there is one', () => {
    expect(fitting(rules, kommun).map(({ role }) => role)).toEqual(['planner', 'administrator']);
    expect(fitting(rules, undefined)).toEqual([]);
    const planner = row('kommun', 'planner');
    expect(forParty(planner, club, rules)).toMatchObject({ party: 'club', role: 'guest' });
    expect(forParty(planner, kommun, rules)).toMatchObject({ party: 'kommun', role: 'planner' });
    expect(forParty(row('club', 'guest'), kommun, rules)).toMatchObject({ party: 'kommun', role: '' });
  });

  it('is told what it lacks', () => {
    const why = (one: ReturnType<typeof row>) => wrongOf([one], one, rules, NOW)?.why ?? null;
    expect(why(row())).toBe('party');
    expect(why(row('kommun'))).toBe('role');
    expect(why(row('kommun', 'planner'))).toBeNull();
    expect(why(row('kommun', 'planner', '2026-03-01'))).toBe('past');
    expect(why(row('kommun', 'planner', '2031-01-01'))).toBeNull();
    expect([why(row('club', 'guest')), why(row('club', 'guest', NOW)), why(row('club', 'guest', '2027-03-02')), why(row('club', 'guest', '2027-03-03'))]).toEqual(['term', null, null, 'term']);
    expect(needsTerm(rules, '')).toBe(false);
  });

  it('stands once', () => {
    const twice = [row('kommun', 'planner'), row('kommun', 'administrator'), row('kommun', 'planner')];
    const said = { party: 'p', role: 'r', term: 't', past: 'o', twice: 'två gånger' };
    expect(rowFaults(twice, rules, said)).toEqual([{ field: 'role-2-role', message: 'två gånger' }]);
  });
});

it('sends only what is filled in, and of one’s own parties', () => {
  expect(sent([row('kommun', 'planner'), row('kommun'), row('club', 'guest', '2026-09-01')])).toEqual([
    { party: 'kommun', role: 'planner' },
    { party: 'club', role: 'guest', until: '2026-09-01' },
  ]);
  const mine = ownRows([{ role: 'planner', party: kommun, until: null }, { role: 'guest', party: club, until: '2026-09-01' }], [club]);
  expect(sent(mine)).toEqual([{ party: 'club', role: 'guest', until: '2026-09-01' }]);
});

it('knows the field that the server points at', () => {
  expect([fieldOf('/assignments/1/until'), fieldOf('/assignments/0/party'), fieldOf('/name'), fieldOf('/assignments')]).toEqual(['role-1-until', 'role-0-party', undefined, undefined]);
});
