/** The little Markdown that the API's descriptions use, cut into parts: code, stress, and plain words. */

export interface Part {
  kind: 'plain' | 'code' | 'em' | 'strong';
  text: string;
}

const MARKED = /`([^`]+)`|\*\*([^*\s](?:[^*]*[^*\s])?)\*\*|\*([^*\s](?:[^*]*[^*\s])?)\*/g;

export function prose(text: string): Part[] {
  const out: Part[] = [];
  let at = 0;
  for (const found of text.matchAll(MARKED)) {
    const [whole, code, strong, em] = found;
    if (found.index > at) out.push({ kind: 'plain', text: text.slice(at, found.index) });
    if (code !== undefined) out.push({ kind: 'code', text: code });
    else out.push(strong !== undefined ? { kind: 'strong', text: strong } : { kind: 'em', text: em ?? '' });
    at = found.index + whole.length;
  }
  if (at < text.length) out.push({ kind: 'plain', text: text.slice(at) });
  return out;
}
