/** The part of the guard that goes by lists: plates, names, suspicions. */
import { accusations } from './accusation';
import type { Range } from './email';
import type { Folded } from './fold';
import { names } from './name';
import { plates } from './plate';
import { suspicions } from './suspicion';
import { Words } from './words';

export interface People {
  plates: Range[];
  names: Range[];
  suspicions: Range[];
}

/** What a text says of people, beside what was `taken` as an address or a number before; `personal` are the personal numbers among that. */
export function people(folded: Folded, taken: readonly Range[], personal: readonly Range[]): People {
  const words = new Words(folded);
  const accused = accusations(words);
  const free = (ranges: Range[], others: readonly Range[]) => ranges.filter(([start, end]) => !others.some((other) => start < other[1] && end > other[0]));
  const plated = free(plates(folded, words), taken);
  const named = free(names(words, accused), [...taken, ...plated]);
  return { plates: plated, names: named, suspicions: suspicions(folded.text, words, accused, named, [...personal, ...plated]) };
}
