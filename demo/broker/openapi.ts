import { toJsonSchema } from '@valibot/to-json-schema';
import type * as v from 'valibot';
import { PROBLEMS, ProblemBody, ROUTES, type RouteFacts } from '../../src/contract/index.ts';

/** OpenAPI 3.1 of protocol 1, made from the same schemas that both sides parse with. */
export function openApi(publicUrl: string, version: string) {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [id, route] of Object.entries<RouteFacts>(ROUTES)) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(id, route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'secure-upload broker',
      version,
      license: { name: 'MIT', identifier: 'MIT' },
      summary: 'Grants for uploads straight to S3 storage, one-time links, consent.',
    },
    servers: [{ url: publicUrl }],
    paths,
    components: {
      schemas: { Problem: schema(ProblemBody) },
      responses: {
        Problem: {
          description: `RFC 9457. Codes: ${Object.keys(PROBLEMS).join(', ')}`,
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      },
      securitySchemes: {
        proof: { type: 'apiKey', in: 'header', name: 'DPoP', description: 'RFC 9449 proof by the key of the page' },
        token: { type: 'http', scheme: 'DPoP', description: 'at+jwt of this issuer, with a proof by its key' },
        recipient: {
          type: 'http',
          scheme: 'DPoP',
          description: 'Recipient token of one link, with a proof by its key',
        },
      },
    },
  };
}

function operation(id: string, route: RouteFacts) {
  const names = [...route.path.matchAll(/:(\w+)/g)].map(([, name]) => name);
  return {
    operationId: id,
    summary: route.summary,
    security: route.auth === 'none' ? [] : [{ [route.auth]: route.scope ? [route.scope] : [] }],
    parameters: [
      ...names.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
      ...(route.idempotent
        ? [
            {
              name: 'Idempotency-Key',
              in: 'header',
              required: route.idempotent === true,
              schema: { type: 'string', maxLength: 64 },
            },
          ]
        : []),
    ],
    ...(route.request && {
      requestBody: { required: true, content: { 'application/json': { schema: schema(route.request) } } },
    }),
    responses: {
      [route.status]: {
        description: 'Done',
        ...(route.response && { content: { 'application/json': { schema: schema(route.response) } } }),
      },
      default: { $ref: '#/components/responses/Problem' },
    },
  };
}

/** What a validator checks beyond JSON Schema (trimming, lengths of e-mail parts) is left out, not guessed. */
function schema(source: v.GenericSchema) {
  const { $schema: _draft, ...rest } = toJsonSchema(source, { errorMode: 'ignore', target: 'draft-2020-12' });
  return rest;
}
