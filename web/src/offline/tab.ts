/**
 * Receipts of this tab, so that Back, Forward and a reload find them again: in session storage, which goes when the tab is
 * closed or left by "Lämna sidan". Never in an address or in the history.
 */
import type { Delivered } from './store';

export type TabReceipt = Omit<Delivered, 'state'> & {
  /** Whether the person has copied, printed or kept the code. */
  saved: boolean;
};

const KEY = 'lykta.receipts';
const FOLLOW = 'lykta.follow';

export function tabReceipts(): TabReceipt[] {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? '[]') as TabReceipt[];
  } catch {
    return []; // storage can be closed; the receipt then lives as long as the page
  }
}

function write(key: string, value: string): void {
  try {
    sessionStorage.setItem(key, value);
  } catch {
    // see `tabReceipts`
  }
}

const keepAll = (all: readonly TabReceipt[]) => write(KEY, JSON.stringify(all));

export function addToTab({ id, queued_at, receipt, in_words, category }: Delivered): void {
  const all = tabReceipts();
  if (!all.some((one) => one.id === id)) keepAll([...all, { id, queued_at, receipt, in_words, ...(category ? { category } : {}), saved: false }]);
}

export function markSaved(id: string): void {
  keepAll(tabReceipts().map((one) => (one.id === id ? { ...one, saved: true } : one)));
}

export function dropFromTab(reference: string): void {
  keepAll(tabReceipts().filter((one) => one.receipt.reference !== reference));
}

/** Hands a receipt to the next page, which asks for it once. */
export const follow = (id: string): void => write(FOLLOW, id);

export function followed(): TabReceipt | undefined {
  try {
    const id = sessionStorage.getItem(FOLLOW);
    sessionStorage.removeItem(FOLLOW);
    return tabReceipts().find((one) => one.id === id);
  } catch {
    return undefined;
  }
}
