import type { TestRunnerConfig } from '@web/test-runner';

type Middleware = NonNullable<TestRunnerConfig['middleware']>[number];

/**
 * The far end of requests that browser tests make: `PUT /far-end/{status}?retry-after=7` reads the body and answers so;
 * the answer's text is what came. `hang` never answers.
 */
export const farEnd: Middleware = async (context, next) => {
  const asked = /^\/far-end\/(\d{3}|hang)$/.exec(context.path)?.[1];
  if (context.method !== 'PUT' || asked === undefined) return next();
  const chunks: Buffer[] = [];
  for await (const chunk of context.req) chunks.push(chunk as Buffer);
  if (asked === 'hang') await new Promise(() => {});
  context.status = Number(asked);
  if (typeof context.query['retry-after'] === 'string') context.set('Retry-After', context.query['retry-after']);
  const { 'content-type': type, 'content-length': length, 'x-amz-checksum-sha256': sum } = context.headers;
  context.body = JSON.stringify({ type, length, sum, bytes: Buffer.concat(chunks).length });
};
