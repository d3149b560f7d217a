/** Words that accuse: what somebody does, what somebody is called, and crimes that have no doer. */
import type { Words } from './words';

export type Charge = 'does' | 'deals' | 'sold' | 'is' | 'crime';

/** An accusation from one word to another, both included. */
export interface Accusation {
  first: number;
  last: number;
  charge: Charge;
}

const OBJECT_AFTER = 4;
const OBJECT_BEFORE = 3;
const VICTIM_AFTER = 3;
const NEGATION_AFTER = 2;
const FEAR_BEFORE = 3;
const VERBS = ['does', 'deals', 'sold', 'hits', 'drives'] as const;

function accusation(words: Words, at: number): Accusation | null {
  const pair = (other: number, charge: Charge) => ({ first: Math.min(at, other), last: Math.max(at, other), charge });
  if (words.is(at, 'is')) return words.behind(at, FEAR_BEFORE, 'afraid') < 0 ? pair(at, 'is') : null;
  const negated = () => words.behind(at, 1, 'negation') >= 0 || words.ahead(at, NEGATION_AFTER, 'negation') >= 0;
  if (VERBS.some((verb) => words.is(at, verb)) && negated()) return null;
  if (words.is(at, 'does')) return pair(at, 'does');
  for (const charge of ['deals', 'sold'] as const) {
    if (!words.is(at, charge)) continue;
    const after = words.ahead(at, OBJECT_AFTER, 'goods');
    const goods = after >= 0 ? after : words.behind(at, OBJECT_BEFORE, 'goods');
    if (goods >= 0) return pair(goods, charge);
  }
  if (words.is(at, 'hits')) {
    const victim = words.ahead(at, VICTIM_AFTER, 'victims');
    if (victim >= 0) return pair(victim, 'does');
    if (words.together(at, at + 1) && words.all[at + 1]?.capital && words.is(at + 1, 'given')) return pair(at + 1, 'does');
  }
  const drunk = words.is(at, 'drives') ? words.ahead(at, OBJECT_AFTER, 'drunk') : -1;
  if (drunk >= 0) return pair(drunk, 'does');
  return words.is(at, 'crime') ? pair(at, 'crime') : null;
}

/** Every accusation, in order of its first word. */
export function accusations(words: Words): Accusation[] {
  const found = words.all.map((_, at) => accusation(words, at)).filter((one) => one !== null);
  return found.sort((a, b) => a.first - b.first);
}
