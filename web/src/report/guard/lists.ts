/** The names and words the rules go by: the same files as the server's. */
import given from '../../../../src/data/guard/given.txt?raw';
import surnames from '../../../../src/data/guard/surnames.txt?raw';
import written from '../../../../src/data/guard/words.txt?raw';

export type Section =
  | 'given' | 'surname' | 'ordinary' | 'also_place' | 'starter' | 'title' | 'particle' | 'surname_ending' | 'at_place' | 'saint' | 'no_given' | 'place' | 'place_ending'
  | 'not_plate' | 'numbered' | 'vehicle' | 'does' | 'is' | 'deals' | 'goods' | 'sold' | 'hits' | 'victims' | 'drives' | 'drunk' | 'crime' | 'by' | 'negation' | 'afraid' | 'linking'
  | 'unspecific' | 'pronoun' | 'pointed' | 'possessive' | 'relation' | 'person' | 'who' | 'at_house' | 'lives' | 'home' | 'house';

interface List {
  whole: Set<string>;
  stems: string[];
}

const EMPTY: List = { whole: new Set(), stems: [] };
const lists = new Map<string, List>([
  ['given', { whole: new Set(given.split('\n')), stems: [] }],
  ['surname', { whole: new Set(surnames.split('\n')), stems: [] }],
]);
let list = EMPTY;
for (const line of written.split('\n')) {
  if (line.startsWith('#')) continue;
  if (line.startsWith('[')) lists.set(line.slice(1, -1), (list = { whole: new Set(), stems: [] }));
  else for (const word of line.split(' ')) word.endsWith('*') ? list.stems.push(word.slice(0, -1)) : list.whole.add(word);
}

/** The names of all sections, as they are written. */
export const sections = [...lists.keys()];

/** Whether a word stands in a section, itself or by its beginning. */
export function isIn(word: string, section: Section): boolean {
  const { whole, stems } = lists.get(section) ?? EMPTY;
  return word !== '' && (whole.has(word) || stems.some((stem) => word.startsWith(stem)));
}

function ends(word: string, section: Section, least: number): boolean {
  return word.length >= least && [...(lists.get(section)?.whole ?? [])].some((ending) => ending !== '' && word.length > ending.length && word.endsWith(ending));
}

/** Whether a word ends as surnames do. */
export const endsAsSurname = (word: string) => ends(word, 'surname_ending', 6);

/** Whether a word is the name of a street, a square, a school … with the kind of place at its end. */
export const endsAsPlace = (word: string) => ends(word, 'place_ending', 1);
