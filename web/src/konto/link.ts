/** What comes behind the `#` of a link, and so reaches no log: the key of an invitation, or why another's log-in service sent one back. */

/** What stands under a name in an address, and the address without it; `null` when there is none. */
export function valueIn(hash: string, name: string): { value: string; rest: string } | null {
  const parts = new URLSearchParams(hash.replace(/^#/, ''));
  const value = parts.get(name);
  if (value === null) return null;
  parts.delete(name);
  const rest = String(parts);
  return { value: value.trim(), rest: rest && `#${rest}` };
}

/** Takes it out of the address bar, and so out of the history. */
function take(name: string): string | null {
  const found = valueIn(location.hash, name);
  if (!found) return null;
  history.replaceState(null, '', location.pathname + location.search + found.rest);
  return found.value;
}

export const takeInvitation = () => take('inbjudan');
export const takeReason = () => take('inloggning');
