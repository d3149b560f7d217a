/** Finds e-mail addresses, also those spelled to hide from machines ("anna snabel-a exempel punkt se"). */

/** A half-open range of the folded text. */
export type Range = [start: number, end: number];

const LOCAL = /[\p{L}\d\u0300-\u036f._%+\-'&#!*=~]/u;
const LOCAL_FIRST = /[\p{L}\d_]/u;
const LABEL = /[\p{L}\d\u0300-\u036f](?:[\p{L}\d\u0300-\u036f-]*[\p{L}\d\u0300-\u036f])?/uy;
const TOP = /^(?:\p{L}{2,}|xn--.*)$/u;

const SIGN = '(?:snabel-a|snabela|snabel a|at|a|@)';
const BRACKETED = [['\\(', '\\)'], ['\\[', '\\]'], ['\\{', '\\}'], ['<', '>']].map(([open, close]) => `${open} ?${SIGN} ?${close}`).join('|');
const AT = new RegExp(` {0,2}(?:${BRACKETED}) {0,2}| {1,2}(?:snabel-a|snabela|snabel a|at) {1,2}| {0,2}@ {0,2}`, 'g');

const SPELLED = ' {0,2}(?:\\((?:dot|punkt)\\)|\\[(?:dot|punkt)\\]|\\{(?:dot|punkt)\\}|<(?:dot|punkt)>) {0,2}| {1,2}(?:dot|punkt) {1,2}';
const SPELLED_HERE = new RegExp(SPELLED, 'y');
const JOIN_BEFORE = new RegExp(`(?:${SPELLED}| \\. )$`);
const SPACED_DOT = / {0,2}\. {0,2}(?=(?:se|com|nu|org|net|eu|fi|no|dk|info)(?![\p{L}\d\u0300-\u036f-]))/uy;

const PROVIDERS = ['gmail', 'googlemail', 'hotmail', 'outlook', 'yahoo', 'icloud', 'protonmail'];
const BARE_AT_PROVIDERS = [...PROVIDERS, 'live', 'msn'];

/** Longest spelled dot with its spaces; how far back a join may reach. */
const JOIN_REACH = 14;

function matchAt(pattern: RegExp, text: string, from: number): string | undefined {
  pattern.lastIndex = from;
  return pattern.exec(text)?.[0];
}

/** Start of the local part that ends at `end`, or `end` itself when there is none. */
function localStart(text: string, end: number): number {
  let start = end;
  while (start > 0 && LOCAL.test(text[start - 1] ?? '')) start -= 1;
  const run = start;
  while (start < end && !LOCAL_FIRST.test(text[start] ?? '')) start += 1;
  if (start !== run || start === end) return start;
  const join = JOIN_BEFORE.exec(text.slice(Math.max(0, start - JOIN_REACH), start));
  if (!join) return start;
  const before = start - join[0].length;
  const further = localStart(text, before);
  return further < before ? further : start;
}

interface Domain {
  end: number;
  first: string;
  labels: number;
  spelled: boolean;
}

/** The longest domain from `from` that ends in a top-level label. */
function domainAt(text: string, from: number): Domain | null {
  let at = from;
  let labels = 0;
  let spelled = false;
  let first = '';
  let good: Domain | null = null;
  for (;;) {
    const label = matchAt(LABEL, text, at);
    if (label === undefined) return good;
    at += label.length;
    labels += 1;
    if (labels === 1) first = label;
    if (labels === 1 || TOP.test(label)) good = { end: at, first, labels, spelled };
    if (text[at] === '.' && matchAt(LABEL, text, at + 1) !== undefined) {
      at += 1;
      continue;
    }
    const join = matchAt(SPACED_DOT, text, at);
    const word = join === undefined ? matchAt(SPELLED_HERE, text, at) : undefined;
    if (join === undefined && word === undefined) return good;
    at += (join ?? word ?? '').length;
    if (word !== undefined) spelled = true;
  }
}

function accepts(sign: string, domain: Domain): boolean {
  const bare = sign.trim();
  if (domain.labels < 2) return bare === '@' && PROVIDERS.includes(domain.first);
  return bare !== 'at' || domain.spelled || BARE_AT_PROVIDERS.includes(domain.first);
}

export function emails(text: string): Range[] {
  const found: Range[] = [];
  AT.lastIndex = 0;
  for (let sign = AT.exec(text); sign; sign = AT.exec(text)) {
    const start = localStart(text, sign.index);
    const domain = start < sign.index ? domainAt(text, sign.index + sign[0].length) : null;
    AT.lastIndex = sign.index + 1; // signs may overlap ("at at"), and the next may be the right one
    if (!domain || !accepts(sign[0], domain)) continue;
    const last = found.at(-1);
    if (last && start < last[1]) last[1] = Math.max(last[1], domain.end);
    else found.push([start, domain.end]);
  }
  return found;
}
