/** Rights and roles, from what the session says to what a page offers and tells. */
import { describe, expect, it } from 'vitest';
import { allowed, held, mayAnywhere, mayIn } from './rights';
import type { PartyRef, Right, Session } from './types';
import { acts, roleInWords } from './words';

const police: PartyRef = { id: 'p', name: 'Lokalpolisområde Växjö', kind: 'police_district' };
const kommun: PartyRef = { id: 'k', name: 'Växjö kommun', kind: 'municipality' };
const host: PartyRef = { id: 'h', name: 'Värden', kind: 'host' };
const here = (code: string, name: string, rest: Omit<Right, 'municipality'>): Right => ({ municipality: { code, name }, ...rest });
const session = (rights: Right[], everywhere: Session['everywhere'] = []): Session => ({ role: 'person', person: { id: '1', name: 'Anna', login: 'anna@kommun.se' }, rights, everywhere });

const officer = session([
  here('0780', 'Växjö', { acts: ['see_live', 'read_reports', 'manage_people'], roles: [{ role: 'kommunpolis', party: police, until: null }, { role: 'administrator', party: kommun, until: '2026-12-31' }] }),
  here('0765', 'Älmhult', { acts: ['see_live', 'read_reports'], roles: [{ role: 'kommunpolis', party: police, until: null }] }),
]);
const administrator = session([here('0780', 'Växjö', { acts: ['manage_people'], roles: [{ role: 'administrator', party: host, until: null }] })], ['manage_people']);

describe('rights', () => {
  it('hold where they are given and nowhere else', () => {
    expect([mayIn(officer, 'manage_people', '0780'), mayIn(officer, 'manage_people', '0765'), mayIn(officer, 'see_live', '1060'), mayIn(officer, 'see_live', null)]).toEqual([true, false, false, false]);
    expect([mayAnywhere(officer, 'manage_people'), mayAnywhere(officer, 'export')]).toEqual([true, false]);
    expect([mayIn(administrator, 'manage_people', '9999'), mayAnywhere(administrator, 'see_live')]).toEqual([true, false]);
  });

  it('name a role once, with all its kommuner', () => {
    expect(held(officer).map(({ role, municipalities }) => [role, municipalities.map(({ name }) => name)])).toEqual([
      ['kommunpolis', ['Växjö', 'Älmhult']],
      ['administrator', ['Växjö']],
    ]);
    expect(held(administrator).map(({ municipalities }) => municipalities)).toEqual([[]]);
  });

  it('say what may be done, each kommun with those where the same holds, and what holds everywhere once', () => {
    expect(allowed(officer)).toEqual([
      { acts: ['see_live', 'read_reports', 'manage_people'], municipalities: ['Växjö'] },
      { acts: ['see_live', 'read_reports'], municipalities: ['Älmhult'] },
    ]);
    expect(allowed(administrator)).toEqual([{ acts: ['manage_people'], municipalities: null }]);
    expect(allowed(session([]))).toEqual([]);
  });

  it('are told in words, and what no words are known for is left out', () => {
    expect(acts(['see_live', 'read_reports', 'see_log' as never])).toBe('se kartan och siffrorna och läsa rapporter');
    expect(roleInWords({ role: 'administrator', party: kommun, until: '2026-12-31' })).toBe('Administratör, Växjö kommun, till och med 31 december 2026');
    expect(roleInWords({ role: 'kommunpolis', party: police, until: null })).toBe('Kommunpolis, Lokalpolisområde Växjö');
  });
});
