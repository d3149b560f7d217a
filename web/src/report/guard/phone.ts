/** Telephone numbers, Swedish (7 to 9 digits after the 0 or +46) and foreign (E.164), told apart from dates, times and amounts. */
import { link, runsOn, type Group } from './digits';

/** Words that people write a number onto without a space. */
const WORDS = ['tel', 'tfn', 'nr', 'mob', 'mobil', 'telefon', 'ring', 'sms', 'phone', 'call', 'nummer', 'mobilnummer', 'telefonnummer', 'på'];

/** 00 and the 15 digits of E.164. */
const MOST_DIGITS = 17;

export interface Phone {
  start: number;
  end: number;
  /** How many groups it takes. */
  count: number;
}

type Prefix = 'plus' | 'double-zero' | 'national' | 'bare-46';

/** The groups of a number so far. */
interface Row {
  digits: string;
  lengths: number[];
  links: string[];
}

/** Where the plus of a number stands, if it has one: not a sum such as 1+2 or 1 + 2. */
function plusBefore(text: string, group: Group): number | null {
  const before = text.slice(Math.max(0, group.start - 4), group.start);
  if (/\+$/.test(before)) return /\d\+$/.test(before) ? null : group.start - 1;
  if (/\+ $/.test(before)) return /\d ?\+ $/.test(before) ? null : group.start - 2;
  return null;
}

/** How a number without a plus begins, if one can begin here. */
function prefixOf(text: string, group: Group): Prefix | null {
  if (/\d[-.:]$/.test(text.slice(Math.max(0, group.start - 2), group.start))) return null;
  const word = /\p{L}+$/u.exec(text.slice(Math.max(0, group.start - 20), group.start))?.[0];
  if (word !== undefined && !WORDS.includes(word)) return null;
  const { digits } = group;
  if ((digits === '00' && text[group.end] === ' ') || /^00[1-9]/.test(digits)) return 'double-zero';
  if (digits === '0' || /^0[1-9]/.test(digits)) return 'national';
  return digits.length === 11 && digits.startsWith('467') ? 'bare-46' : null;
}

const digitByDigit = ({ lengths, digits }: Row) => lengths.length > 1 && lengths.length === digits.length;

function isDate({ digits }: Row): boolean {
  const [day, month, year] = [Number(digits.slice(0, 2)), Number(digits.slice(2, 4)), Number(digits.slice(4))];
  return digits.length === 8 && day >= 1 && day <= 31 && month >= 1 && month <= 12 && year >= 1900 && year < 2100;
}

const isTime = (four: string) => Number(four.slice(0, 2)) <= 24 && Number(four.slice(2)) <= 59;

function isDateOrTime(row: Row): boolean {
  const { digits, lengths, links } = row;
  const dashed = links.map((between) => between.includes('-'));
  const dashes = dashed.filter(Boolean).length;
  const shape = lengths.join('+');
  if (shape === '2+2+4' && isDate(row)) return true;
  if (/^2\+2\b/.test(shape) && links[0]?.includes('.')) {
    if (lengths.length < 4 || !links.every((between) => between.includes('.'))) return true;
  }
  if (shape === '2+2+2+2' && dashed[1] && !dashed[0] && !dashed[2]) return isTime(digits.slice(0, 4)) && isTime(digits.slice(4));
  if (/^4\+4\b/.test(shape)) return isTime(digits.slice(0, 4)) && isTime(digits.slice(4, 8));
  return lengths[0] === 2 && dashes >= 2 && dashes < links.length;
}

function isNational(row: Row): boolean {
  const { digits, lengths } = row;
  const count = digits.length;
  if (count < 8 || count > 10 || digits[1] === '0' || (digits.startsWith('07') && count < 9)) return false;
  if (lengths.length === 1) return !isDate(row);
  if (digitByDigit(row)) return true;
  const [first = 0, ...rest] = lengths;
  const area = first >= 3 || (first === 2 && digits.startsWith('08'));
  return area && (first < 4 || count >= 9) && rest.every((length) => length >= 2) && !isDateOrTime(row);
}

/** A country code and a number, `zeros` digits from the start. */
function isInternational(row: Row, zeros: number): boolean {
  let before = -zeros;
  const late = row.lengths.some((length) => {
    const single = length === 1 && before > 4;
    before += length;
    return single;
  });
  if (late && !digitByDigit(row)) return false;
  if (row.digits.endsWith('000000') && row.lengths.slice(-2).join() === '3,3') return false; // an amount
  const digits = row.digits.slice(zeros);
  if (digits.startsWith('46')) return /^(?:0\d{7,9}|[1-9]\d{6,8})$/.test(digits.slice(2));
  return !/^(?:0|1[01])/.test(digits) && digits.length >= 8 && digits.length <= 15;
}

function isNumber(row: Row, prefix: Prefix): boolean {
  if (prefix === 'national') return isNational(row);
  if (prefix === 'bare-46') return row.lengths.length === 1;
  return isInternational(row, prefix === 'plus' ? 0 : 2);
}

function mayLink(between: string | null, first: boolean): between is string {
  if (between === null || between.includes('+') || between.includes('   ')) return false;
  return between.replace(/[^-./]/g, '').length <= 1 && (first || !between.includes('/'));
}

function read(text: string, groups: readonly Group[], first: number, prefix: Prefix, start: number): Phone | null {
  const row: Row = { digits: '', lengths: [], links: [] };
  let best: { end: number; count: number } | null = null;
  for (let i = first; i < groups.length; i++) {
    const group = groups[i];
    const before = groups[i - 1];
    if (!group) break;
    if (i > first) {
      const between = before ? link(text, before, group) : null;
      if (!mayLink(between, i === first + 1)) break;
      row.links.push(between);
    }
    if (row.digits.length + group.digits.length > MOST_DIGITS) break;
    row.digits += group.digits;
    row.lengths.push(group.digits.length);
    if (!runsOn(text, group.end) && isNumber(row, prefix)) best = { end: group.end, count: i - first + 1 };
  }
  if (!best) return null;
  const bracket = best.count > 1 && row.links[0]?.includes(')') && text[start - 1] === '(';
  return { start: bracket ? start - 1 : start, ...best };
}

/** The telephone number that begins with group `first`, if one does. */
export function phoneNumber(text: string, groups: readonly Group[], first: number): Phone | null {
  const group = groups[first];
  if (!group) return null;
  const plus = plusBefore(text, group);
  // "+070 …" is no foreign number, but a number all the same.
  const foreign = plus === null ? null : read(text, groups, first, 'plus', plus);
  if (foreign) return foreign;
  const prefix = prefixOf(text, group);
  return prefix ? read(text, groups, first, prefix, group.start) : null;
}
