/**
 * A concrete suspicion: somebody is pointed out, and accused, in the same breath. What happens at a place ("folk säljer droger vid
 * bänkarna") is none: that is what Lykta asks for.
 */
import type { Accusation } from './accusation';
import type { Range } from './email';
import { endsAsPlace } from './lists';
import { lowest, type Words } from './words';

const APART = 8;
const APART_OVER_SENTENCES = 12;
const APART_BACKWARDS = 5;
const PRONOUN_WITHIN = 3;
const NUMBER_WITHIN = 5;
const STREET_WORDS = 3;

/** Somebody who is pointed out. */
interface Pointer {
  start: number;
  end: number;
  sentence: number;
  /** The first word of it, and the first after it. */
  first: number;
  after: number;
  /** A dwelling, a vehicle or a number of a person, beside which any accusation counts. */
  exact: boolean;
}

/** The end of the number after a word such as "lgh" or "lägenhet nr", or -1. */
function numbered(text: string, words: Words, at: number): number {
  const number = (word: number) => {
    const end = words.all[word]?.end;
    const match = end === undefined ? null : /^[ .:]{0,2}[0-9]+/.exec(text.slice(end, end + 60));
    return end !== undefined && match ? end + match[0].length : -1;
  };
  const here = number(at);
  return here < 0 && words.is(at + 1, 'house') && words.together(at, at + 1) ? number(at + 1) : here;
}

/** The end of the address that comes right after somebody: a preposition, the name of a street and a number; or -1. */
function street(text: string, words: Words, person: number): number {
  if (!words.is(person + 1, 'at_house')) return -1;
  for (let at = person + 2; at < person + 2 + STREET_WORDS && words.together(person, at); at++) {
    if ((words.is(at, 'place') && at > person + 2) || endsAsPlace(words.all[at]?.text ?? '')) return numbered(text, words, at);
  }
  return -1;
}

/** Everybody who is pointed out, in order. */
function pointers(text: string, words: Words, named: readonly Range[], exact: readonly Range[]): Pointer[] {
  const found: Pointer[] = [];
  const add = (start: number, end: number, exact: boolean) =>
    found.push({ start, end, sentence: words.sentenceAt(start), first: words.from(start), after: words.from(end), exact });
  for (const [start, end] of named) add(start, end, false);
  for (const [start, end] of exact) add(start, end, true);
  words.all.forEach((word, at) => {
    if (words.is(at, 'pointed')) add(word.start, word.end, false);
    const next = /^ {1,2}$/.test(words.gap(at)) ? words.all[at + 1] : undefined;
    if (next && words.is(at, 'possessive') && words.is(at + 1, 'relation')) add(word.start, next.end, false);
    const home = words.is(at, 'home') ? numbered(text, words, at) : -1;
    if (home >= 0) add(word.start, home, true);
    if (!words.is(at, 'person')) return;
    const house = words.ahead(at, NUMBER_WITHIN, 'house');
    const number = house >= 0 ? numbered(text, words, house) : -1;
    if (number >= 0) add(word.start, number, true);
    // "Killen på Storgatan 5", but not a man who stood there.
    const address = street(text, words, at);
    if (address >= 0) add(word.start, address, true);
    const who = words.ahead(at, 2, 'who');
    const lives = who >= 0 ? words.all[words.ahead(who, 2, 'lives')] : undefined;
    // "De som bor här" are nobody in particular.
    if (lives && !words.is(at, 'unspecific')) add(word.start, lives.end, false);
  });
  return found.sort((a, b) => a.first - b.first);
}

function isAgainst(words: Words, pointer: Pointer, { first, last, charge }: Accusation): boolean {
  const sentence = words.all[first]?.sentence;
  const acts = charge === 'does' || charge === 'deals';
  if (pointer.after <= first) {
    const apart = first - pointer.after;
    if (sentence === pointer.sentence) {
      if (pointer.exact) return apart <= APART && charge !== 'crime';
      if (apart > APART || words.any(pointer.after, first, 'unspecific')) return false;
      return acts || (charge === 'is' && (apart === 0 || words.any(pointer.after, first, 'linking')));
    }
    // "Grannen i 1203 stör. Han säljer knark."
    let begins = first;
    while (begins > pointer.after && words.together(begins - 1, first)) begins -= 1;
    const pronoun = words.any(Math.max(begins, first - PRONOUN_WITHIN), last, 'pronoun') && !words.any(begins, first, 'unspecific');
    const next = sentence === pointer.sentence + 1 && apart <= APART_OVER_SENTENCES && pronoun;
    return next && (acts || (charge === 'is' && words.any(begins, first, 'linking')));
  }
  if (sentence !== pointer.sentence) return false;
  if (pointer.first <= last) return charge === 'deals';
  const [from, to] = [last + 1, pointer.first];
  if (pointer.exact) return to - from <= APART && charge !== 'crime';
  if (to - from > APART_BACKWARDS || words.any(from, to, 'unspecific')) return false;
  if (words.any(from, to, 'by')) return true;
  return (charge === 'is' && from === to) || ((acts || charge === 'is') && words.any(from, to, 'linking'));
}

/** Every suspicion, in order, none overlapping another. */
export function suspicions(text: string, words: Words, accused: readonly Accusation[], named: readonly Range[], exact: readonly Range[]): Range[] {
  const all = pointers(text, words, named, exact);
  const spans: Range[] = [];
  for (const accusation of accused) {
    const [first, last] = [words.all[accusation.first], words.all[accusation.last]];
    if (!first || !last) continue;
    const reach = APART_OVER_SENTENCES + NUMBER_WITHIN + 8;
    for (let i = lowest(all.length, (at) => (all[at]?.first ?? 0) + reach >= accusation.first); i < all.length; i++) {
      const pointer = all[i];
      if (!pointer || pointer.first > accusation.last + 1 + APART) break;
      if (isAgainst(words, pointer, accusation)) spans.push([Math.min(pointer.start, first.start), Math.max(pointer.end, last.end)]);
    }
  }
  spans.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const merged: Range[] = [];
  for (const [start, end] of spans) {
    const before = merged.at(-1);
    if (before && start <= before[1]) before[1] = Math.max(before[1], end);
    else merged.push([start, end]);
  }
  return merged;
}
