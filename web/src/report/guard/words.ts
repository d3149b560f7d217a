/** The words of a text, and the sentence each stands in. */
import type { Folded } from './fold';
import { isIn, type Section } from './lists';

const LETTERS = /[a-zß-öø-ſ\u0300-\u036f]+/g;
const LETTER_OR_DIGIT = /[a-zß-öø-ſ\u0300-\u036f0-9]/;
const MARK = /[\u0300-\u036f]/;
const ENDS = '\n\r!?;\u2026';
/** Longer ones are no words. */
const LONGEST = 40;

export interface Word {
  start: number;
  end: number;
  /** In lower case, composed. */
  text: string;
  capital: boolean;
  /** More than one letter, and all of them capital. */
  shouted: boolean;
  /** The first of its sentence. */
  first: boolean;
  sentence: number;
}

const COMPOSED: Readonly<Record<string, string>> = { 'a\u030a': 'å', 'a\u0308': 'ä', 'o\u0308': 'ö', 'u\u0308': 'ü', 'e\u0301': 'é' };

/** A word with its marks on its letters; marks on other letters are dropped. */
const composed = (letters: string) => letters.replace(/[aoue][\u0308\u030a\u0301]/g, (two) => COMPOSED[two] ?? two).replace(/[\u0300-\u036f]/g, '');

/** Without the s of a genitive. */
export const base = (text: string) => (text.endsWith('s') ? text.slice(0, -1) : text);

export class Words {
  readonly all: Word[] = [];
  readonly #breaks: number[] = [];
  readonly #text: string;

  constructor({ text, capital }: Folded) {
    this.#text = text;
    for (const { 0: letters, index: start } of text.matchAll(LETTERS)) {
      const end = start + letters.length;
      const ended = this.#sentenceEnd(this.all.at(-1)?.end ?? 0, start);
      if (ended >= 0) this.#breaks.push(ended);
      const places = Array.from(letters, (_, i) => start + i).filter((at) => !MARK.test(text[at] ?? ''));
      this.all.push({
        start,
        end,
        text: letters.length <= LONGEST ? composed(letters) : '',
        capital: capital[start] ?? false,
        shouted: places.length > 1 && places.every((at) => capital[at]),
        first: ended >= 0 || this.all.length === 0,
        sentence: this.#breaks.length,
      });
    }
    const last = this.#sentenceEnd(this.all.at(-1)?.end ?? 0, text.length);
    if (last >= 0) this.#breaks.push(last);
  }

  /** Where a sentence ends between two places, or -1; the stop after a word of one or two letters, or "lgh", is that of a short form. */
  #sentenceEnd(from: number, to: number): number {
    const before = this.all.at(-1);
    const short = before?.end === from && (before.text.length <= 2 || before.text === 'lgh');
    for (let at = from; at < to; at++) {
      const sign = this.#text[at] ?? '';
      if (ENDS.includes(sign)) return at;
      if (sign === '.' && !(short && at === from) && !LETTER_OR_DIGIT.test(this.#text[at + 1] ?? '')) return at;
    }
    return -1;
  }

  sentenceAt(sign: number): number {
    return lowest(this.#breaks.length, (i) => (this.#breaks[i] ?? 0) >= sign);
  }

  /** The first word at or after a sign. */
  from(sign: number): number {
    return lowest(this.all.length, (i) => (this.all[i]?.start ?? 0) >= sign);
  }

  is(index: number, section: Section): boolean {
    const word = this.all[index];
    return word !== undefined && isIn(word.text, section);
  }

  /** A name, also in the genitive. */
  isName(index: number, section: 'given' | 'surname' | 'also_place'): boolean {
    const text = this.all[index]?.text ?? '';
    return isIn(text, section) || (text.endsWith('s') && text.length > 3 && isIn(base(text), section));
  }

  together(one: number, other: number): boolean {
    const sentence = this.all[one]?.sentence;
    return sentence !== undefined && sentence === this.all[other]?.sentence;
  }

  /** The first word of a section among `most` after one, in its sentence; or -1. */
  ahead(index: number, most: number, section: Section): number {
    for (let next = index + 1; next <= index + most && this.together(index, next); next++) if (this.is(next, section)) return next;
    return -1;
  }

  /** The nearest word of a section among `most` before one, in its sentence; or -1. */
  behind(index: number, most: number, section: Section): number {
    for (let back = index - 1; back >= index - most && this.together(index, back); back--) if (this.is(back, section)) return back;
    return -1;
  }

  /** Whether a word of a section stands from one place to before another. */
  any(from: number, to: number, section: Section): boolean {
    for (let at = from; at < to; at++) if (this.is(at, section)) return true;
    return false;
  }

  /** What stands between a word and the next. */
  gap(index: number): string {
    const [word, next] = [this.all[index], this.all[index + 1]];
    return word && next ? this.#text.slice(word.end, next.start) : '\n';
  }
}

/** The lowest index for which something holds that holds for all after it. */
export function lowest(length: number, holds: (index: number) => boolean): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
