/** `schema.gen.ts` is what docs/openapi.json says of what the web app asks for. `make gen` (or `npm run gen`) writes it anew. */
import { readFile, writeFile } from 'node:fs/promises';
import openapiTS, { astToString, type SchemaObject } from 'openapi-typescript';
import ts from 'typescript';
import { expect, it } from 'vitest';

const DOCUMENT = new URL('../../../docs/openapi.json', import.meta.url);
const KEPT = new URL('schema.gen.ts', import.meta.url);
const HEADER = '/** The types of docs/openapi.json, written by `make gen`. Not to be edited; `types.ts` gives them names. */\n';

/** Coordinates, which openapi-typescript does not read: it takes a position's height for needed, and a box for a list of any length. */
function coordinates(schema: SchemaObject): ts.TypeNode | undefined {
  if (!('type' in schema) || schema.type !== 'array') return undefined;
  const { prefixItems, items, minItems = 0, maxItems } = schema;
  const number = ts.factory.createKeywordTypeNode(ts.SyntaxKind.NumberKeyword);
  if (prefixItems && minItems < prefixItems.length) {
    return ts.factory.createTupleTypeNode(prefixItems.map((_, i) => (i < minItems ? number : ts.factory.createOptionalTypeNode(number))));
  }
  const fixed = !prefixItems && minItems > 0 && minItems === maxItems;
  if (fixed && items && 'type' in items && items.type === 'number') return ts.factory.createTupleTypeNode(Array(minItems).fill(number));
  return undefined;
}

it('has the types of the document in the repository', async () => {
  const document = JSON.parse(await readFile(DOCUMENT, 'utf8'));
  // GIS programs and maps read these, and no code of ours.
  for (const path of Object.keys(document.paths)) if (/^\/(?:ogc|tiles)\b/.test(path)) delete document.paths[path];
  const made = HEADER + astToString(await openapiTS(document, { emptyObjectsUnknown: true, transform: coordinates }));
  if (process.env['LYKTA_BLESS']) await writeFile(KEPT, made);
  const kept = await readFile(KEPT, 'utf8').catch(() => '');
  const lines = kept.split('\n');
  const differs = made.split('\n').findIndex((line, i) => line !== lines[i]);
  expect(kept === made, `web/src/api/schema.gen.ts differs from docs/openapi.json at line ${differs + 1}; \`make gen\` writes it anew`).toBe(true);
});
