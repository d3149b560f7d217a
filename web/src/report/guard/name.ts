/**
 * Names of persons: a given name with a surname anywhere, a single name beside a word that accuses. Streets, squares and schools
 * that are called after somebody are none.
 */
import type { Accusation } from './accusation';
import type { Range } from './email';
import { endsAsPlace, endsAsSurname } from './lists';
import { base, type Words } from './words';

const NEAR = 10;
const LONGEST = 8;
const SURE = /.(?:sson|qvist|kvist|ström|gren|lund)$/;

/** From one word to another, both included. */
type Name = [number, number];

class Names {
  readonly #words: Words;
  readonly #accuses: ReadonlySet<number>;

  constructor(words: Words, accuses: ReadonlySet<number>) {
    this.#words = words;
    this.#accuses = accuses;
  }

  /** A name that begins with a word, and the word to go on with. */
  from(at: number): { name: Name | null; next: number } {
    if (this.#inSmallLetters(at)) return { name: [at, at + 1], next: at + 2 };
    if (!this.#capital(at)) return { name: null, next: at + 1 };
    const last = this.#run(at);
    const name = this.#inRun(at, last);
    // A run that was cut off is read on from its last word.
    return { name, next: name ? name[1] + 1 : last - at < LONGEST ? last + 1 : last };
  }

  #text(at: number): string {
    return this.#words.all[at]?.text ?? '';
  }

  #capital(at: number): boolean {
    return this.#words.all[at]?.capital ?? false;
  }

  /** Whether a word and the next belong together: a space or two, a hyphen, or the full stop of an initial between them. */
  #joined(at: number): boolean {
    const gap = this.#words.gap(at);
    return gap === ' ' || gap === '  ' || gap === '-' || ((gap === '.' || gap === '. ') && this.#text(at).length === 1);
  }

  #hyphened(at: number): boolean {
    return this.#words.gap(at) === '-';
  }

  #inSmallLetters(at: number): boolean {
    const words = this.#words;
    const surname = this.#text(at + 1);
    if (this.#capital(at) && this.#capital(at + 1)) return false;
    if (!words.is(at, 'given') || !words.isName(at + 1, 'surname')) return false;
    return (surname.endsWith('sson') || base(surname).endsWith('sson')) && this.#joined(at) && !this.#placeFollows(at + 1);
  }

  /** The last of the words with a capital that follow each other; small particles may stand between. */
  #run(first: number): number {
    let last = first;
    while (last - first < LONGEST && this.#joined(last)) {
      if (this.#capital(last + 1)) last += 1;
      else if (this.#words.is(last + 1, 'particle') && this.#joined(last + 1) && this.#capital(last + 2)) last += 2;
      else break;
    }
    return last;
  }

  #inRun(first: number, last: number): Name | null {
    if (this.#placeFollows(last) || this.#afterSaint(first)) return null;
    let from = first;
    for (let at = first; at <= last; at++) {
      const compound = !this.#words.is(at, 'surname') && endsAsPlace(this.#text(at));
      const before = compound && at > from ? this.#full(from, at - 1) : null;
      if (before) return before;
      // "Stig" and "Kaj" begin a name, "Anders stig" ends a place.
      if (compound || (this.#words.is(at, 'place') && !(at === from && this.#given(at)))) from = at + 1;
    }
    return this.#titled(from, last) ?? this.#full(from, last) ?? this.#single(from, last);
  }

  /** Whether the word after this one says that it all is a place: "Karl Johans gata", "Anna-parken". */
  #placeFollows(at: number): boolean {
    return this.#joined(at) && this.#words.is(at + 1, 'place');
  }

  /** "Sankt Olof", "S:t Olof", "S:ta Maria". */
  #afterSaint(at: number): boolean {
    const words = this.#words;
    const t = (index: number) => this.#text(index) === 't' || this.#text(index) === 'ta';
    if (at > 0 && this.#joined(at - 1)) {
      if (words.is(at - 1, 'saint')) return true;
      if (at > 1 && t(at - 1) && words.gap(at - 2) === ':' && this.#text(at - 2) === 's') return true;
    }
    return words.is(at, 'saint') || t(at);
  }

  #given(at: number): boolean {
    return this.#capital(at) && this.#words.isName(at, 'given');
  }

  /** A listed surname, or one that ends as they do. */
  #surname(at: number): boolean {
    const text = this.#text(at);
    return this.#capital(at) && (this.#words.isName(at, 'surname') || endsAsSurname(text) || endsAsSurname(base(text)));
  }

  /** A listed surname that is hardly anything else. */
  #sureSurname(at: number): boolean {
    const text = this.#text(at);
    const words = this.#words;
    return this.#capital(at) && ((words.is(at, 'surname') && SURE.test(text)) || (words.isName(at, 'surname') && SURE.test(base(text))));
  }

  /** A listed surname that is long enough to tell a name from other capitals. */
  #longSurname(at: number): boolean {
    return this.#sureSurname(at) || (this.#capital(at) && this.#words.isName(at, 'surname') && base(this.#text(at)).length >= 6);
  }

  /** The last of the surnames that follow each other. */
  #surnamesFrom(at: number, last: number): number {
    let end = at;
    while (end < last && this.#surname(end + 1)) end += 1;
    return end;
  }

  /** "Fru Berg", "familjen Lindgren". */
  #titled(first: number, last: number): Name | null {
    const inside = this.#words.is(first, 'title');
    const before = first > 0 && this.#words.is(first - 1, 'title') && this.#joined(first - 1);
    const at = inside ? first + 1 : first;
    return (inside || before) && at <= last && this.#surname(at) && !this.#given(at) ? [at, this.#surnamesFrom(at, last)] : null;
  }

  /** A given name with a surname, or a surname that is hardly anything else after an unknown name. */
  #full(first: number, last: number): Name | null {
    const words = this.#words;
    for (let at = first; at <= last; at++) {
      if (!this.#given(at)) continue;
      const begin = at;
      let given = at;
      while (at < last && (this.#given(at + 1) || words.is(at + 1, 'particle') || this.#text(at + 1).length === 1)) {
        at += 1;
        if (this.#given(at)) given = at;
      }
      if (at < last && this.#surname(at + 1) && !(begin === at && this.#hyphened(at))) return [begin, this.#surnamesFrom(at + 1, last)];
      if (given > begin && this.#surname(given)) return [begin, given];
    }
    const unknown = (at: number) => this.#text(at).length > 1 && !(['starter', 'title', 'place', 'no_given'] as const).some((section) => words.is(at, section));
    for (let at = first + 1; at <= last; at++) if (this.#longSurname(at) && !this.#hyphened(at - 1) && unknown(at - 1)) return [at - 1, this.#surnamesFrom(at, last)];
    return null;
  }

  /** A name by itself, beside an accusation; capitalised words after it belong to it. */
  #single(first: number, last: number): Name | null {
    const words = this.#words;
    let at = first;
    while (at <= last && !this.#given(at) && !this.#sureSurname(at)) at += 1;
    const word = words.all[at];
    if (at > last || !word) return null;
    // In a text all in capitals they say nothing about the words that follow.
    const end = word.shouted ? at : last;
    const ordinary = words.is(at, 'ordinary') && (word.first || word.shouted) && at === end;
    const atPlace = at > 0 && this.#joined(at - 1) && (words.is(at - 1, 'at_place') || this.#hyphened(at - 1));
    const compound = this.#hyphened(end) || (this.#hyphened(at) && !this.#given(at + 1));
    return ordinary || words.isName(at, 'also_place') || atPlace || compound || !this.#nearAccusation(at, end) ? null : [at, end];
  }

  #nearAccusation(first: number, last: number): boolean {
    for (let at = first - NEAR; at <= last + NEAR; at++) if (this.#accuses.has(at) && this.#words.together(first, at)) return true;
    return false;
  }
}

/** Every name, in order. */
export function names(words: Words, accusations: readonly Accusation[]): Range[] {
  const accuses = new Set<number>();
  for (const { first, last } of accusations) for (let at = first; at <= last; at++) accuses.add(at);
  const all = new Names(words, accuses);
  const found: Range[] = [];
  for (let at = 0; at < words.all.length; ) {
    const { name, next } = all.from(at);
    if (name) found.push([words.all[name[0]]?.start ?? 0, words.all[name[1]]?.end ?? 0]);
    at = next;
  }
  return found;
}
