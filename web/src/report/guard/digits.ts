/** Groups of digits, and the Swedish personal and coordination numbers among them. */
import type { Range } from './email';

export interface Group {
  start: number;
  end: number;
  digits: string;
}

export function groupsOf(text: string): Group[] {
  return [...text.matchAll(/\d+/g)].map((match) => ({ start: match.index, end: match.index + match[0].length, digits: match[0] }));
}

/** What stands between two groups that belong together, or `null` when they do not. */
export function link(text: string, a: Group, b: Group): string | null {
  const between = text.slice(a.end, b.start);
  return /^[ \-+./()]{1,4}$/.test(between) ? between : null;
}

function isDate(digits: string): boolean {
  const short = digits.length === 10;
  const year = Number(short ? digits.slice(0, 2) : digits.slice(0, 4));
  const month = Number(digits.slice(-8, -6));
  const raw = Number(digits.slice(-6, -4));
  const day = raw > 60 ? raw - 60 : raw; // a coordination number has 60 added
  const leap = year % 4 === 0 && (short || year % 100 !== 0 || year % 400 === 0);
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
  if (!short && !/^(?:18|19|20)/.test(digits)) return false;
  return days !== undefined && day >= 1 && day <= days;
}

function hasLuhn(ten: string): boolean {
  let sum = 0;
  [...ten].forEach((char, i) => {
    const doubled = Number(char) * (i % 2 === 0 ? 2 : 1);
    sum += doubled > 9 ? doubled - 9 : doubled;
  });
  return sum % 10 === 0;
}

/** What separates two groups of a personal number: one sign, perhaps with a space on a side. */
function sign(between: string | null): string | null {
  if (between === ' ') return ' ';
  return /^ ?[-+] ?$/.test(between ?? '') ? (between ?? '').trim() : null;
}

/** Whether a digit group runs on as a date, a time or a decimal number. */
export function runsOn(text: string, end: number): boolean {
  return /^[-.:]\d/.test(text.slice(end, end + 2));
}

/** Whether people separate the digits of a number like this; `cuts` are the digits before each link. */
function wellSpaced(cuts: readonly number[], links: readonly string[], count: number): boolean {
  if (cuts.length === 0) return true;
  if (cuts.length === 1) return cuts[0] === count - 4;
  const natural = cuts.every((cut) => cut % 2 === 0) || cuts.length === count - 1;
  const same = (signs: readonly string[]) => signs.every((one) => one === signs[0]);
  return natural && (same(links) || same(links.filter((one, i) => !(cuts[i] === count - 4 && one !== ' '))));
}

/** The personal number that begins with group `first`: how many groups it takes, or 0. */
export function personalNumber(text: string, groups: readonly Group[], first: number): number {
  const begin = groups[first];
  if (!begin || /\d[.:]$/.test(text.slice(Math.max(0, begin.start - 2), begin.start))) return 0;
  const cuts: number[] = [];
  const links: string[] = [];
  let digits = '';
  let best = 0;
  for (let i = first; i < groups.length; i++) {
    const group = groups[i];
    const before = groups[i - 1];
    if (!group) break;
    if (i > first) {
      const between = before ? sign(link(text, before, group)) : null;
      if (between === null) break;
      cuts.push(digits.length);
      links.push(between);
    }
    digits += group.digits;
    if (digits.length > 12) break;
    const whole = digits.length === 10 || digits.length === 12;
    const beforeDate = links.at(-1) === ' ' && runsOn(text, group.end);
    if (whole && !beforeDate && wellSpaced(cuts, links, digits.length) && isDate(digits) && hasLuhn(digits.slice(-10))) best = i - first + 1;
  }
  return best;
}

export const overlaps = (ranges: readonly Range[], start: number, end: number) => ranges.some(([from, to]) => start < to && from < end);
