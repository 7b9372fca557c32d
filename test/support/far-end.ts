import type { IncomingMessage } from 'node:http';
import type { TestRunnerConfig } from '@web/test-runner';
import busboy from 'busboy';

type Middleware = NonNullable<TestRunnerConfig['middleware']>[number];

/** Preflights by address. */
const preflights = new Map<string, number>();

/**
 * The far end of requests that browser tests make: `/far-end/{status}?retry-after=7` reads a PUT or a form and answers so;
 * the answer's text is what came. `hang` never answers; `&cors` lets pages of all origins read.
 */
export const farEnd: Middleware = async (context, next) => {
  const asked = /^\/far-end\/(\d{3}|hang)$/.exec(context.path)?.[1];
  if (asked === undefined || !['PUT', 'POST', 'OPTIONS'].includes(context.method)) return next();
  if (context.method === 'OPTIONS') {
    preflights.set(context.url, (preflights.get(context.url) ?? 0) + 1);
    context.status = 204;
    return;
  }
  const came = context.method === 'PUT' ? await readPut(context.req) : await readForm(context.req);
  if (asked === 'hang') await new Promise(() => {});
  context.status = Number(asked);
  if (typeof context.query['retry-after'] === 'string') context.set('Retry-After', context.query['retry-after']);
  if ('cors' in context.query) {
    context.set('Access-Control-Allow-Origin', '*');
    context.set('Access-Control-Expose-Headers', 'Retry-After');
  }
  context.body = JSON.stringify({
    ...came,
    ...(context.method === 'POST' && { preflights: preflights.get(context.url) ?? 0 }),
  });
};

async function readPut(request: IncomingMessage) {
  let bytes = 0;
  for await (const chunk of request) bytes += (chunk as Buffer).byteLength;
  const { 'content-type': type, 'content-length': length, 'x-amz-checksum-sha256': sum } = request.headers;
  return { type, length, sum, bytes };
}

/** Its fields in order, then the bytes of its file. */
function readForm(request: IncomingMessage): Promise<{ fields: string[]; bytes: number }> {
  return new Promise((resolve, reject) => {
    const fields: string[] = [];
    let bytes = 0;
    const form = busboy({ headers: request.headers });
    form.on('field', (name, value) => fields.push(`${name}=${value}`));
    form.on('file', (name, file) => {
      fields.push(name);
      file.on('data', (chunk: Buffer) => {
        bytes += chunk.byteLength;
      });
    });
    form.on('close', () => resolve({ fields, bytes }));
    form.on('error', reject);
    request.pipe(form);
  });
}
