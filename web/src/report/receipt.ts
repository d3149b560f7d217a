/** Receipt codes: 80 bits in Crockford's base 32, written in groups of four, read tolerantly. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const RECEIPT_LENGTH = 16;

/** What the person may have meant: no spaces or dashes, upper case, O as 0, I and L as 1. */
export function normaliseReceipt(typed: string): string {
  return typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\-\u2010-\u2015\u2212_.·]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
}

/** Groups of four for the eye: "7K3M-Q2XW-…". */
export function groupReceipt(code: string): string {
  return normaliseReceipt(code).match(/.{1,4}/g)?.join('-') ?? '';
}

export type ReceiptFault = 'empty' | 'length' | 'character';

/** What is wrong with a typed receipt, or `null` when it can be asked for. */
export function receiptFault(typed: string): ReceiptFault | null {
  const code = normaliseReceipt(typed);
  if (code === '') return 'empty';
  if ([...code].some((c) => !ALPHABET.includes(c))) return 'character';
  return code.length === RECEIPT_LENGTH ? null : 'length';
}
