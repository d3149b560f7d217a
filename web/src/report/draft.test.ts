/** The draft: which steps it takes, what is sent, what is refused before sending, and where a refusal belongs. */
import { beforeAll, describe, expect, it } from 'vitest';
import { fieldOf, isForgotten, newDraft, regroup, stepsOf, toBody, type Draft } from './draft';
import { whenListed } from './guard';
import { characters, NOTE_MAX, PLACE_TEXT_MAX } from './limits';
import { faultsAt, firstFaulty } from './rules';

const draft = (change: Partial<Draft> = {}): Draft => ({
  ...newDraft(),
  group: 'light',
  category: 'lighting_broken',
  where: { by: 'position', lon: 14.53012345678, lat: 56.27712345678, accuracy: 13.6 },
  ...change,
});

describe('the steps', () => {
  it('skip the category in a group of one, and the feeling at a good place', () => {
    expect(stepsOf(draft())).toEqual(['what', 'category', 'where', 'feel', 'when', 'more', 'check']);
    expect(stepsOf(draft({ group: 'life', category: 'deserted' }))).not.toContain('category');
    expect(stepsOf(draft({ feeling: 'safe', group: 'safe', category: 'lively' }))).toEqual(['what', 'where', 'when', 'more', 'check']);
  });

  it('are checked in order', () => {
    expect(firstFaulty(newDraft())).toBe('what');
    expect(firstFaulty(draft({ category: null }))).toBe('category');
    expect(firstFaulty(draft({ where: null }))).toBe('where');
    expect(firstFaulty(draft())).toBeNull();
  });
});

describe('another group', () => {
  it('takes with it what only traffic was asked for', () => {
    const change = draft({ group: 'traffic_speed', category: 'speeding', risk: 2, travel_mode: 'bicycle', insecurity: 1 });
    regroup(change, 'traffic_path');
    expect(change).toMatchObject({ group: 'traffic_path', category: null, risk: 2, travel_mode: 'bicycle' });
    regroup(change, 'life');
    expect(change).toMatchObject({ group: 'life', category: 'deserted', risk: null, travel_mode: '', insecurity: 1 });
  });
});

describe('the body', () => {
  it('holds only what was answered', () => {
    const { id } = draft();
    expect(toBody({ ...draft(), id })).toEqual({
      id,
      feeling: 'unsafe',
      category: 'lighting_broken',
      location: { type: 'Point', coordinates: [14.530123, 56.277123] },
      accuracy_m: 14,
    });
  });

  it('sends words with the kommun and no point', () => {
    const body = toBody(draft({ where: { by: 'words', text: '  tunneln  ', municipality: '1060' } }));
    expect(body).toMatchObject({ place_text: 'tunneln', municipality: '1060' });
    expect(body).not.toHaveProperty('location');
  });

  it('asks risk and travel mode of traffic only', () => {
    const answers = { risk: 2, travel_mode: 'bicycle' as const };
    expect(toBody(draft(answers))).not.toHaveProperty('risk');
    expect(toBody(draft({ ...answers, group: 'traffic_speed', category: 'speeding' }))).toMatchObject(answers);
  });

  it('tells the time as well as it is known', () => {
    expect(toBody(draft({ when: { kind: 'now', at: '2026-11-23T04:00:00.000Z' } }))).toHaveProperty('occurred_at', '2026-11-23T04:00:00.000Z');
    const other = toBody(draft({ when: { kind: 'other', date: '2026-11-01', band: 'evening' } }));
    expect(other).toMatchObject({ occurred_on: '2026-11-01', time_band: 'evening' });
    const unknown = toBody(draft({ when: { kind: 'unknown' } }));
    expect(Object.keys(unknown ?? {}).filter((key) => /occurred|band/.test(key))).toEqual([]);
  });

  it('is nothing until what and where are answered', () => {
    expect(toBody(draft({ category: null }))).toBeNull();
    expect(toBody(draft({ where: null }))).toBeNull();
  });
});

describe('the hard limits', () => {
  beforeAll(async () => expect(await whenListed()).toBe(true));
  const words = (text: string, municipality = '1060') => faultsAt('where', draft({ where: { by: 'words', text, municipality } }));

  it('count characters as a person sees them', () => {
    expect(characters('  åäö \n')).toBe(3);
    expect(characters('👨‍👩‍👧‍👦é')).toBe(2);
  });

  it('stop at a note of 1 000 and a place of 300', () => {
    expect(faultsAt('more', draft({ note: 'å'.repeat(NOTE_MAX) }))).toEqual([]);
    expect(faultsAt('more', draft({ note: 'å'.repeat(NOTE_MAX + 1) }))).toHaveLength(1);
    expect(words('ö'.repeat(PLACE_TEXT_MAX))).toEqual([]);
    expect(words('ö'.repeat(PLACE_TEXT_MAX + 1))).toHaveLength(1);
  });

  it('stop personal data in the note and in the place', () => {
    expect(faultsAt('more', draft({ note: 'ring 070-174 06 05' }))).toHaveLength(1);
    expect(faultsAt('more', draft({ note: 'Min granne säljer droger, ring 070-174 06 05' }))).toMatchObject([{ message: expect.stringContaining('114 14') as string }]);
    expect(faultsAt('more', draft({ note: 'Folk säljer droger vid bänkarna' }))).toEqual([]);
    expect(words('hos anna@exempel.se')).toHaveLength(1);
  });

  it('want words and a kommun when there is no point', () => {
    expect(words('', '').map((fault) => fault.field)).toEqual(['place-text', 'place-municipality']);
  });

  it('want a date that has been, or a part of the day', () => {
    const when = (date: string, band: '' | 'night' = '') => faultsAt('when', draft({ when: { kind: 'other', date, band } }));
    expect(when('')).toHaveLength(1);
    expect(when('2999-01-01')).toHaveLength(1);
    expect(when('26-1-1')).toHaveLength(1);
    expect(when('2026-01-01')).toEqual([]);
    expect(when('', 'night')).toEqual([]);
  });
});

describe('a draft left lying', () => {
  it('is forgotten after a day', () => {
    const begun = { begun_at: '2026-11-23T04:00:00.000Z' };
    expect(isForgotten(begun, Date.parse('2026-11-24T03:59:59.000Z'))).toBe(false);
    expect(isForgotten(begun, Date.parse('2026-11-24T04:00:00.000Z'))).toBe(true);
    expect(isForgotten({ begun_at: 'nonsense' }, 0)).toBe(true);
  });
});

describe('a refusal', () => {
  it('belongs to the field its pointer names', () => {
    expect(fieldOf('/note')).toEqual({ step: 'more', field: 'note' });
    expect(fieldOf('/location/coordinates/0')).toEqual({ step: 'where', field: 'where-ways' });
    expect(fieldOf('')).toEqual({ step: 'check', field: 'send' });
  });
});
