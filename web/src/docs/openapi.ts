/** Reads an OpenAPI 3.1 document into what the page shows: operations by tag, with parameters, bodies and answers. */

interface Schema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  description?: string;
  oneOf?: Schema[];
  anyOf?: Schema[];
  allOf?: Schema[];
  format?: string;
}

interface Content {
  schema?: Schema;
}

interface RawOperation {
  tags?: string[];
  summary?: string;
  description?: string;
  operationId?: string;
  parameters?: { name: string; in: string; required?: boolean; description?: string; schema?: Schema; $ref?: string }[];
  requestBody?: { description?: string; content?: Record<string, Content> };
  responses?: Record<string, { description?: string; content?: Record<string, Content> }>;
  security?: unknown[];
}

export interface OpenApi {
  info: { title: string; version: string; description?: string };
  tags?: { name: string; description?: string }[];
  paths: Record<string, Record<string, RawOperation>>;
  components?: { schemas?: Record<string, Schema> };
}

export interface Field {
  name: string;
  type: string;
  required: boolean;
  description: string;
}

export interface Body {
  media: string;
  type: string;
  fields: Field[];
}

export interface Operation {
  id: string;
  method: string;
  path: string;
  summary: string;
  description: string;
  parameters: (Field & { where: string })[];
  body: Body[];
  answers: { status: string; description: string; body: Body[] }[];
}

export interface Group {
  name: string;
  description: string;
  operations: Operation[];
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

function nameOf(ref: string): string {
  return ref.split('/').at(-1) ?? ref;
}

/** A type as one reads it aloud: "string", "Point | null", "one of no, sometimes, often". */
export function typeWords(schema: Schema | undefined): string {
  if (!schema) return '';
  if (schema.$ref) return nameOf(schema.$ref);
  if (schema.enum) return schema.enum.map(String).join(' | ');
  const choice = schema.oneOf ?? schema.anyOf;
  if (choice) return choice.map(typeWords).join(' | ');
  if (schema.allOf) return schema.allOf.map(typeWords).join(' & ');
  const types = Array.isArray(schema.type) ? schema.type : schema.type ? [schema.type] : ['any'];
  return types.map((type) => (type === 'array' ? `${typeWords(schema.items)}[]` : schema.format ? `${type} (${schema.format})` : type)).join(' | ');
}

function resolve(document: OpenApi, schema: Schema | undefined): Schema | undefined {
  return schema?.$ref ? document.components?.schemas?.[nameOf(schema.$ref)] : schema;
}

function fieldsOf(document: OpenApi, schema: Schema | undefined): Field[] {
  const whole = resolve(document, schema);
  const parts = whole?.allOf?.map((part) => resolve(document, part)) ?? [whole];
  return parts.flatMap((part) =>
    Object.entries(part?.properties ?? {}).map(([name, field]) => ({
      name,
      type: typeWords(field),
      required: part?.required?.includes(name) ?? false,
      description: field.description ?? '',
    })),
  );
}

function bodies(document: OpenApi, content: Record<string, Content> | undefined): Body[] {
  return Object.entries(content ?? {}).map(([media, { schema }]) => ({ media, type: typeWords(schema), fields: fieldsOf(document, schema) }));
}

function operation(document: OpenApi, path: string, method: string, raw: RawOperation): Operation {
  return {
    id: raw.operationId ?? `${method}${path.replace(/\W+/g, '-')}`,
    method: method.toUpperCase(),
    path,
    summary: raw.summary ?? '',
    description: raw.description ?? '',
    parameters: (raw.parameters ?? [])
      .filter((parameter) => !parameter.$ref)
      .map(({ name, in: where, required = false, description = '', schema }) => ({ name, where, required, description, type: typeWords(schema) })),
    body: bodies(document, raw.requestBody?.content),
    answers: Object.entries(raw.responses ?? {}).map(([status, answer]) => ({
      status,
      description: answer.description ?? '',
      body: bodies(document, answer.content),
    })),
  };
}

/** Operations grouped by their first tag, in the document's order of tags. */
export function groups(document: OpenApi): Group[] {
  const found = new Map<string, Group>();
  for (const { name, description = '' } of document.tags ?? []) found.set(name, { name, description, operations: [] });
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const method of METHODS) {
      const raw = methods[method];
      if (!raw) continue;
      const name = raw.tags?.[0] ?? 'API';
      const group = found.get(name) ?? { name, description: '', operations: [] };
      found.set(name, group);
      group.operations.push(operation(document, path, method, raw));
    }
  }
  return [...found.values()].filter((group) => group.operations.length > 0);
}
