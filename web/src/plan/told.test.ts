/** The history in words, from the facts that the change log keeps. */
import { describe, expect, it } from 'vitest';
import type { ReportChange } from '../api/types';
import { told } from './told';

const entry = (kind: string, facts: Record<string, unknown>): ReportChange => ({ version: 1, at: '2026-11-01T10:00:00Z', actor: 'operator', kind, facts });

describe('a change in words', () => {
  it('tells how a report began', () => {
    expect(told(entry('created', { placed: true, source: 'resident' }))).toEqual(['Rapporten kom in']);
  });

  it('tells a closing with its reason, and the answer', () => {
    expect(told(entry('changed', { status: { from: 'received', to: 'declined' }, reason: 'budget', answer: 'set' }))).toEqual(['Mottagen → Ingen åtgärd · Ryms inte i budgeten', 'Svar skrivet']);
  });

  it('tells a status whose beginning is not told', () => {
    expect(told(entry('changed', { status: { to: 'done' } }))).toEqual(['Klar']);
  });

  it('tells a placing, and has words for what it does not know', () => {
    expect(told(entry('changed', { location: 'set' }))).toEqual(['Placerad på kartan']);
    expect(told(entry('changed', {}))).toEqual(['Ändrad']);
  });
});
