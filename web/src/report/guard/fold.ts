/**
 * Reads a text the way a person does: without the invisible, with every digit, dash and space as the plain one.
 * Each kept code point becomes exactly one UTF-16 unit, so that a position in `text` is an index into `at`.
 */

export interface Folded {
  text: string;
  /** For each unit of `text`, the code point of the original it stands for. */
  at: number[];
  /** Which units stand for a capital letter. */
  capital: boolean[];
}

const INVISIBLE =
  /[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\u20e3\u{e0000}-\u{e007f}]/u;
const DIGIT = /\p{Nd}/u;
const SPACE = /[\t\p{Zs}]/u;
const LETTER = /\p{L}/u;

const SINGLE: Readonly<Record<string, string>> = {
  '\u2043': '-', '\u2212': '-', '\ufe58': '-', '\ufe63': '-', '\u207a': '+', '\ufe62': '+', '\u2044': '/', '\u2215': '/',
  '\u00b7': '.', '\u2024': '.', '\ufe52': '.', '\ufe6b': '@',
};

/** The value of a decimal digit of any script: they stand in unbroken runs of ten. */
function digit(point: number): string {
  let zero = point;
  while (DIGIT.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String((point - zero) % 10);
}

function foldOne(char: string): string {
  const point = char.codePointAt(0) ?? 0;
  if (point >= 0x20 && point < 0x7f) return char;
  if (point >= 0xff01 && point <= 0xff5e) return String.fromCharCode(point - 0xfee0);
  if (point >= 0x2010 && point <= 0x2015) return '-';
  const single = SINGLE[char];
  if (single) return single;
  if (SPACE.test(char)) return ' ';
  if (DIGIT.test(char)) return digit(point);
  if (point > 0xffff) return LETTER.test(char) ? '\u00aa' : '\ufffd'; // one unit for what needs two
  return char;
}

/** A capital letter of the Latin blocks up to U+017E. In Latin Extended-A they alternate with the small ones. */
function isCapital(point: number): boolean {
  if (point < 0x100) return (point >= 0x41 && point <= 0x5a) || (point >= 0xc0 && point <= 0xde && point !== 0xd7);
  if (point <= 0x137 || (point >= 0x14a && point <= 0x177)) return point % 2 === 0;
  return ((point >= 0x139 && point <= 0x148) || (point >= 0x179 && point <= 0x17e)) && point % 2 === 1;
}

export function fold(original: string): Folded {
  const at: number[] = [];
  const capital: boolean[] = [];
  let text = '';
  Array.from(original).forEach((char, index) => {
    if (INVISIBLE.test(char)) return;
    const sign = foldOne(char);
    const point = sign.charCodeAt(0);
    const upper = isCapital(point);
    text += upper ? String.fromCharCode(point + (point < 0x100 ? 0x20 : 1)) : sign;
    at.push(index);
    capital.push(upper);
  });
  return { text, at, capital };
}
