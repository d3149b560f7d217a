/** Roles, kinds of party and acts against the server's own lists, so that neither side gets a word the other does not know. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { rolesSv } from '../i18n/roles.sv';
import { BELOW } from '../personer/tree';
import { ROLES } from './rights';

const file = (name: string) => new URL(`../../../src/domain/${name}.rs`, import.meta.url);

/** The codes of one `codes!` enum, in order. */
function server(from: string, name: string): string[] {
  const body = new RegExp(`^    ${name} \\{([\\s\\S]*?)\\n?\\s*\\}\\n?\\);`, 'm').exec(readFileSync(file(from), 'utf8'))?.[1] ?? '';
  return [...body.matchAll(/= "([a-z0-9_]+)"/g)].map((match) => match[1] ?? '');
}

describe('the words of people', () => {
  it.each([
    ['permission', 'Role', ROLES],
    ['permission', 'Role', Object.keys(rolesSv.role)],
    ['permission', 'Act', Object.keys(rolesSv.act)],
    ['party', 'PartyKind', Object.keys(rolesSv.kind)],
    ['party', 'PartyKind', Object.keys(BELOW)],
  ])('%s.rs: %s is the same list as the server has', (from, name, ours) => {
    expect(server(from, name).length).toBeGreaterThan(1);
    expect([...ours].sort()).toEqual(server(from, name).sort());
  });

  it('know what may stand below what, as the server does', () => {
    const source = readFileSync(file('party'), 'utf8');
    const rules = /pub const fn below[\s\S]*?\n    \}\n/.exec(source)?.[0] ?? '';
    const code = Object.fromEntries([.../(?:enum )?PartyKind \{([\s\S]*?)\n    \}/.exec(source)?.[1]?.matchAll(/(\w+) = "(\w+)"/g) ?? []].map((match) => [match[1], match[2]]));
    for (const [, above = '', list = ''] of rules.matchAll(/((?:Self::\w+(?:\s*\|\s*)?)+) =>\s*(?:\{\s*)?&\[([^\]]*)\]/g)) {
      const below = [...list.matchAll(/Self::(\w+)/g)].map((match) => code[match[1] ?? '']);
      for (const [, kind = ''] of above.matchAll(/Self::(\w+)/g)) expect([...BELOW[code[kind] as keyof typeof BELOW]].sort(), kind).toEqual(below.sort());
    }
  });
});
