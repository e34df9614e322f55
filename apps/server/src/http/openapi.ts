import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { z } from 'zod';
import { inputSchema } from './actions.js';
import type { Catalogue } from './catalogue.js';
import { CommandBody } from './commands.controller.js';
import { kebab } from './kebab.js';

const problemResponse = { description: 'Refused', content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } };

/** OpenAPI 3.1, whose schemas are JSON Schema 2020-12, from the same schemas that check the commands: one path for each command and each collection. */
export function openApiOf(app: INestApplication, catalogue: Catalogue): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('Comity')
    .setDescription('Commands and reads of a network of parliamentary groups. Mutations need a session cookie, the header x-comity-csrf and JSON.')
    .setVersion('1')
    .setOpenAPIVersion('3.1.0')
    .addCookieAuth('comity')
    .build();
  const document = SwaggerModule.createDocument(app, config);
  const { $schema: _, ...envelope } = z.toJSONSchema(CommandBody, { io: 'input', unrepresentable: 'any' }) as { $schema: string; properties: Record<string, unknown> };
  document.components ??= {};
  document.components.schemas = { ...document.components.schemas, ...SCHEMAS } as NonNullable<typeof document.components.schemas>;
  const generic = /\/api\/v1\/\{collection\}/;
  document.paths = Object.fromEntries(Object.entries(document.paths).filter(([path]) => !generic.test(path)));
  for (const [collection, aggregate] of catalogue.collections) {
    const tags = [aggregate.name];
    document.paths[`/api/v1/${collection}`] = { get: { tags, summary: `List ${collection}`, parameters: QUERY, responses: { 200: { description: 'A page of rows' } } } } as never;
    for (const [last, summary] of Object.entries({ '': 'One, now or as of a past moment', '/actions': 'What the reader may do with it now', '/history': 'Who did what, when and by what authority', '/export': 'Its acts as JSON Lines' }))
      document.paths[`/api/v1/${collection}/{id}${last}`] = { get: { tags, summary, parameters: [ID], responses: { 200: { description: 'Found' }, 404: problemResponse } } } as never;
    for (const [command, row] of Object.entries(aggregate.commands)) {
      document.paths[`/api/v1/${collection}/{id}/${kebab(command)}`] = {
        post: {
          tags, operationId: `${aggregate.name}_${command}`, summary: command,
          description: `By ${row.by.join(', ')}. From ${row.from.join(', ')}. Records ${row.emits.join(', ')}.${row.guards?.length ? ` Rules: ${row.guards.join(', ')}.` : ''}`,
          parameters: [ID, { name: 'idempotency-key', in: 'header', schema: { type: 'string', format: 'uuid' } }],
          requestBody: { required: true, content: { 'application/json': { schema: { ...envelope, properties: { ...envelope.properties, input: inputSchema(row) } } } } },
          responses: { 200: { description: 'Recorded', content: { 'application/json': { schema: { $ref: '#/components/schemas/Appended' } } } }, '4XX': problemResponse },
        },
      } as never;
    }
  }
  for (const { path, summary } of catalogue.queries)
    document.paths[`/api/v1/${path}`] = { get: { tags: ['Composed reads'], summary, responses: { 200: { description: 'Found' } } } } as never;
  return document;
}

const ID = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };
const QUERY = ['asOf', 'known', 'minPosition', 'limit', 'sort', 'after'].map((name) => ({ name, in: 'query', schema: { type: 'string' } }));
const SCHEMAS = {
  Appended: { type: 'object', required: ['stream', 'revision', 'position'], properties: { stream: { type: 'string' }, revision: { type: 'integer' }, position: { type: 'string' } } },
  Problem: {
    type: 'object', required: ['type', 'title', 'status', 'code'],
    properties: {
      type: { type: 'string' }, title: { type: 'string' }, status: { type: 'integer' }, code: { type: 'string' }, rule: { type: 'string' },
      fields: { type: 'array', items: { type: 'object', properties: { path: { type: 'string' }, code: { type: 'string' }, message: { type: 'string' } } } },
      unmet: { type: 'array', items: { type: 'object', properties: { code: { type: 'string' }, rule: { type: 'string' }, message: { type: 'string' } } } },
    },
  },
};
