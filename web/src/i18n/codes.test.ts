/** The codes against the server's own list, so that neither side gets a word the other does not know. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { AVOIDS, CATEGORIES, FEELINGS, GROUPS, groupOf, LIGHTS, PERSPECTIVES, publicationClass, STATUSES, TIME_BANDS, TRAVEL_MODES } from './codes';
import { codesSv } from './codes.sv';

const source = readFileSync(new URL('../../../src/domain/codes.rs', import.meta.url), 'utf8');

/** The codes of one `codes!` enum, in order. */
function server(name: string): string[] {
  const body = new RegExp(`^    ${name} \\{([\\s\\S]*?)\\n?\\s*\\}\\n?\\);`, 'm').exec(source)?.[1] ?? '';
  return [...body.matchAll(/= "([a-z0-9_]+)"/g)].map((match) => match[1] ?? '');
}

describe('the codes', () => {
  it.each([
    ['Group', GROUPS],
    ['Category', GROUPS.flatMap((group) => CATEGORIES[group])],
    ['Feeling', FEELINGS],
    ['Light', LIGHTS],
    ['TimeBand', TIME_BANDS],
    ['TravelMode', TRAVEL_MODES],
    ['Perspective', PERSPECTIVES],
    ['Avoids', AVOIDS],
    ['Status', STATUSES],
    ['CloseReason', Object.keys(codesSv.close_reason)],
    ['PublicationClass', Object.keys(codesSv.publication)],
  ])('%s is the same list as the server has', (name, ours) => {
    expect(server(name).length).toBeGreaterThan(1);
    expect([...ours]).toEqual(server(name));
  });

  it('gives every category a label, a group and a publication class', () => {
    for (const category of server('Category') as (keyof typeof codesSv.category)[]) {
      expect(codesSv.category[category]).toBeTruthy();
      expect(CATEGORIES[groupOf(category)]).toContain(category);
      expect(codesSv.publication[publicationClass(category)]).toBeTruthy();
    }
  });
});
