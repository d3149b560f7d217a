/** The reader of the API description. */
import { describe, expect, it } from 'vitest';
import { groups, typeWords, type OpenApi } from './openapi';

const document: OpenApi = {
  info: { title: 'Lykta', version: '1' },
  tags: [{ name: 'reports' }, { name: 'empty' }],
  paths: {
    '/api/v1/reports': {
      post: {
        tags: ['reports'],
        summary: 'Send a report',
        requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/NewReport' } } } },
        responses: { '201': { description: 'Received' } },
      },
      get: { tags: ['reports'], parameters: [{ name: 'limit', in: 'query', schema: { type: 'integer', format: 'int32' } }], responses: {} },
    },
    '/healthz': { get: { responses: { '200': { description: 'Alive' } } } },
  },
  components: { schemas: { NewReport: { type: 'object', required: ['id'], properties: { id: { type: 'string', format: 'uuid' }, note: { type: ['string', 'null'] } } } } },
};

describe('the API page', () => {
  it('groups by tag, keeps the order, and drops empty tags', () => {
    const found = groups(document);
    expect(found.map((group) => [group.name, group.operations.map((operation) => operation.method)])).toEqual([
      ['reports', ['GET', 'POST']],
      ['API', ['GET']],
    ]);
  });

  it('resolves a body to its fields', () => {
    const post = groups(document)[0]?.operations[1];
    expect(post?.body[0]?.fields).toEqual([
      { name: 'id', type: 'string (uuid)', required: true, description: '' },
      { name: 'note', type: 'string | null', required: false, description: '' },
    ]);
  });

  it('reads types aloud', () => {
    expect(typeWords({ type: 'array', items: { $ref: '#/components/schemas/Place' } })).toBe('Place[]');
    expect(typeWords({ enum: ['no', 'sometimes'] })).toBe('no | sometimes');
    expect(typeWords({ oneOf: [{ type: 'null' }, { $ref: '#/x/Polygon' }] })).toBe('null | Polygon');
  });
});
