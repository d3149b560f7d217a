/** Swedish registration plates: three letters and three digits, or two digits and a letter. */
import type { Range } from './email';
import type { Folded } from './fold';
import { isIn } from './lists';
import type { Words } from './words';

const PLATE = /[a-hj-pr-uw-z]{3}( {0,2}| ?- ?)\d{2}[0-9a-hj-npr-uw-z]/y;
const GOES_ON = /[\p{Alphabetic}\p{N}]/u;
const VEHICLE_BEFORE = 5;
const VEHICLE_AFTER = 3;

function goesOnBefore(text: string, start: number): boolean {
  const before = text[start - 1] ?? '\n';
  return GOES_ON.test(before) || '_@/#&='.includes(before) || ('-.'.includes(before) && start > 1 && GOES_ON.test(text[start - 2] ?? ''));
}

const goesOnAfter = (text: string, end: number) => GOES_ON.test(text[end] ?? '') || /^(?:[_@]|[-.,:/]\d)/.test(text.slice(end, end + 2));

/** Whether it is the number of a lamp post, a room, a case: the word stands right before it. */
function numbersSomething(words: Words, start: number): boolean {
  const first = words.from(start);
  const at = first - (first > 0 && words.is(first - 1, 'house') && words.together(first - 1, first) ? 2 : 1);
  return at >= 0 && words.together(at, first) && words.is(at, 'numbered');
}

/** Whether a word for the vehicle stands nearby in the same sentence. */
function besideVehicle(words: Words, start: number, end: number): boolean {
  const [first, after] = [words.from(start), words.from(end)];
  for (let at = Math.max(0, first - VEHICLE_BEFORE); at < after + VEHICLE_AFTER; at++) {
    if ((at < first || at >= after) && words.together(first, at) && words.is(at, 'vehicle')) return true;
  }
  return false;
}

export function plates({ text, capital }: Folded, words: Words): Range[] {
  const found: Range[] = [];
  for (let start = 0; start + 6 <= text.length; start++) {
    PLATE.lastIndex = start;
    const match = PLATE.exec(text);
    if (!match) continue;
    const end = start + match[0].length;
    if (goesOnBefore(text, start) || goesOnAfter(text, end)) continue;
    const apart = match[1] !== '';
    const amount = apart && /^ \d/.test(text.slice(end, end + 2));
    const capitals = capital[start] && capital[start + 1] && capital[start + 2];
    const byItself = !isIn(text.slice(start, start + 3), 'not_plate') && !amount && (capitals || !apart) && !numbersSomething(words, start);
    if (!byItself && !besideVehicle(words, start, end)) continue;
    found.push([start, end]);
    start = end - 1;
  }
  return found;
}
