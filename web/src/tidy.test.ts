/** House rules that a reader would otherwise have to watch for. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const web = join(import.meta.dirname, '..');

function under(folder: string): string[] {
  const entries = readdirSync(join(web, folder), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => relative(web, join(entry.parentPath, entry.name)));
}

const sources = [...under('src'), ...under('e2e')].filter((name) => /\.(ts|svelte|css)$/.test(name) && !name.endsWith('tidy.test.ts'));
const pages = readdirSync(web).filter((name) => name.endsWith('.html'));
const read = (name: string) => readFileSync(join(web, name), 'utf8');
const holding = (names: string[], pattern: RegExp) => names.filter((name) => pattern.test(read(name)));

describe('the house rules', () => {
  it('see the whole house', () => {
    expect(sources.length).toBeGreaterThan(60);
    expect(pages).toEqual(expect.arrayContaining(['index.html', 'kvitto.html', 'karta.html', 'plan.html', 'integritet.html', 'tillganglighet.html', 'docs.html', 'konto.html', 'personer.html']));
  });

  it('let no words become markup', () => {
    expect(holding(sources, /\{@html|\b(?:inner|outer)HTML\b|\.setHTML\(|insertAdjacentHTML|document\.write/)).toEqual([]);
  });

  it('put nothing inline that the CSP refuses', () => {
    expect(holding(pages, /<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)/)).toEqual([]);
    expect(holding(sources.filter((name) => name.endsWith('.svelte')), /\sstyle="(?![^"]*\{)/)).toEqual([]);
  });

  it('say in every module what it is for', () => {
    const silent = sources.filter((name) => !/^(?:\/\*|<!--)/.test(read(name)));
    expect(silent).toEqual([]);
  });

  it('keep files small', () => {
    expect(sources.filter((name) => !name.endsWith('.gen.ts') && read(name).split('\n').length > 400)).toEqual([]);
  });

  it('leave nothing for later', () => {
    expect(holding(sources, /\b(?:TODO|FIXME|XXX)\b/)).toEqual([]);
  });
});
