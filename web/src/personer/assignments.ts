/** The roles of a person as a form has them, what is wrong with them, and what of it is sent. */
import { inDays, today, YEAR_DAYS } from '../people/days';
import type { NewAssignment, Party, Role, RoleHere, RoleRule } from '../people/types';
import type { Fault } from '../ui/ErrorSummary.svelte';

/** One row of the form. */
export interface Row {
  key: number;
  party: string;
  role: Role | '';
  until: string;
}

let rows = 0;
export const row = (party = '', role: Role | '' = '', until: string | null = null): Row => ({ key: (rows += 1), party, role, until: until ?? '' });

/** The roles that are one's own to change: those of parties one administers. */
export const ownRows = (assignments: readonly RoleHere[], parties: readonly Party[]): Row[] =>
  assignments.filter(({ party }) => parties.some(({ id }) => id === party.id)).map(({ party, role, until }) => row(party.id, role, until));

/** The roles that fit a party. */
export function fitting(rules: readonly RoleRule[], party: Party | undefined): RoleRule[] {
  return party ? rules.filter(({ parties }) => parties.includes(party.kind)) : [];
}

/** A row for another party: a role that does not fit it is let go of, and the only one that does is chosen. */
export function forParty(one: Row, party: Party | undefined, rules: readonly RoleRule[]): Row {
  const fits = fitting(rules, party);
  const role = fits.some(({ role }) => role === one.role) ? one.role : fits.length === 1 && fits[0] ? fits[0].role : '';
  return { ...one, party: party?.id ?? '', role };
}

export const needsTerm = (rules: readonly RoleRule[], role: Role | ''): boolean => rules.some((rule) => rule.role === role && rule.needs_term);

export type Wrong = 'party' | 'role' | 'term' | 'past' | 'twice';

/** What is wrong with a row, and in which of its fields. */
export function wrongOf(all: readonly Row[], one: Row, rules: readonly RoleRule[], now: string = today()): { field: 'party' | 'role' | 'until'; why: Wrong } | null {
  if (one.party === '') return { field: 'party', why: 'party' };
  if (one.role === '') return { field: 'role', why: 'role' };
  if (all.some((other) => other.key < one.key && other.party === one.party && other.role === one.role)) return { field: 'role', why: 'twice' };
  if (needsTerm(rules, one.role) && (one.until < now || one.until > inDays(YEAR_DAYS, now))) return { field: 'until', why: 'term' };
  if (one.until !== '' && one.until < now) return { field: 'until', why: 'past' };
  return null;
}

export const fieldId = (index: number, field: string): string => `role-${index}-${field}`;

/** The faults of all rows, in the form's own words. */
export function rowFaults(all: readonly Row[], rules: readonly RoleRule[], said: Record<Wrong, string>): Fault[] {
  return all.flatMap((one, i) => {
    const wrong = wrongOf(all, one, rules);
    return wrong ? [{ field: fieldId(i, wrong.field), message: said[wrong.why] }] : [];
  });
}

export function sent(all: readonly Row[]): NewAssignment[] {
  return all.flatMap(({ party, role, until }) => (role === '' ? [] : [{ party, role, ...(until ? { until } : {}) }]));
}

/** The field that a pointer of the server belongs to: `/assignments/1/role`. */
export function fieldOf(pointer: string): string | undefined {
  const [, index, field] = /^\/assignments\/(\d+)\/(party|role|until)$/.exec(pointer) ?? [];
  return index && field ? fieldId(Number(index), field) : undefined;
}
