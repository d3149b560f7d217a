/** The key of an invitation, which comes behind the `#` of a link and so reaches no log. */

/** The key in an address, and the address without it; `null` when there is none. */
export function keyIn(hash: string): { key: string; rest: string } | null {
  const parts = new URLSearchParams(hash.replace(/^#/, ''));
  const key = parts.get('inbjudan');
  if (key === null) return null;
  parts.delete('inbjudan');
  const rest = String(parts);
  return { key: key.trim(), rest: rest && `#${rest}` };
}

/** Takes the key out of the address bar, and so out of the history. */
export function takeInvitation(): string | null {
  const found = keyIn(location.hash);
  if (!found) return null;
  history.replaceState(null, '', location.pathname + location.search + found.rest);
  return found.key;
}
