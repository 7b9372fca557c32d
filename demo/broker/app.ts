import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { PROBLEMS } from '../../src/contract/index.ts';
import { readRest } from '../base/body.ts';
import { Problem } from '../base/problem.ts';
import type { Deps } from '../context/deps.ts';
import type { Env } from '../context/env.ts';
import { datedKeys } from '../identity/key-ring.ts';
import type { Issuer } from '../identity/live-issuer.ts';
import { signInRoutes } from '../identity/routes.ts';
import { cors } from './cors.ts';
import { limitCalls } from './limit-calls.ts';
import { openApi } from './openapi.ts';
import { problemAnswer } from './pages/problem.ts';
import { recipientPages } from './pages/recipient.ts';
import { stopPages } from './pages/stop.ts';
import { accessRoutes } from './routes/access.ts';
import { agreementRoutes } from './routes/agreements.ts';
import { appRoutes } from './routes/apps.ts';
import { consentRoutes } from './routes/consent.ts';
import { fileRoutes } from './routes/files.ts';
import { ledgerExport, ledgerRoutes } from './routes/ledger.ts';
import { linkRoutes } from './routes/links.ts';
import { pageRoutes } from './routes/pages.ts';
import { recipientRoutes } from './routes/recipient.ts';
import { recipientSignInRoutes } from './routes/recipient-sign-in.ts';
import { s3Routes } from './routes/s3.ts';
import { scriptRoutes } from './routes/scripts.ts';
import { uploadRoutes } from './routes/uploads.ts';
import type { Scripts } from './scripts.ts';

/** The broker as one Hono app. The issuer's own endpoints (`/oidc/*`) stand before it: they want Node's request. */
export function createApp(deps: Deps, issuer: Issuer, scripts: Scripts): Hono<Env> {
  const app = new Hono<Env>();

  app.use(async (c, next) => {
    const began = deps.now();
    c.set('requestId', randomUUID());
    c.header('X-Request-Id', c.get('requestId'));
    c.header('X-Content-Type-Options', 'nosniff');
    c.header('Referrer-Policy', 'no-referrer');
    await next();
    // Answers are for who asked: what caches may keep says so itself.
    if (!c.res.headers.has('Cache-Control')) c.header('Cache-Control', 'no-store');
    if (!/^(GET|HEAD)$/.test(c.req.method)) await readRest(c.req.raw);
    // The route's pattern, not the address: an address may hold a link's secret or a code.
    deps.log('info', 'http.answered', {
      request_id: c.get('requestId'),
      method: c.req.method,
      route: c.req.routePath,
      status: c.res.status,
      ...(c.res.status >= 400 && { code: c.error ? asProblem(c.error).code : 'not_found' }),
      ms: deps.now() - began,
    });
  });
  app.use(async (c, next) => {
    if (c.req.url.includes('%00')) throw new Problem('bad_request'); // PostgreSQL takes no U+0000 in any text.
    await next();
  });
  app.route('/', scriptRoutes(scripts)); // Before CORS: a page that is not on the list learns from the box itself.
  app.get('/v1/receipt-keys', async (c) => {
    c.header('Access-Control-Allow-Origin', '*');
    return c.json({ keys: await datedKeys(deps.keys.receipt) });
  });
  app.route('/', ledgerRoutes(deps));
  app.use('/v1/*', cors(deps));
  app.use(limitCalls(deps));

  app.route('/', appRoutes(deps));
  app.route('/', recipientSignInRoutes(deps));
  app.route('/', signInRoutes(deps, issuer));
  app.route('/', agreementRoutes(deps));
  app.route('/', uploadRoutes(deps));
  app.route('/', s3Routes(deps));
  app.route('/', fileRoutes(deps));
  app.route('/', linkRoutes(deps));
  app.route('/', accessRoutes(deps));
  app.route('/', ledgerExport(deps));
  app.route('/', recipientRoutes(deps));
  app.route('/', consentRoutes(deps));
  app.route('/', pageRoutes(deps, scripts));
  app.route('/', recipientPages(deps, scripts));
  app.route('/', stopPages());
  app.get('/openapi.json', (c) => c.json(openApi(deps.config.publicUrl, scripts.version)));
  app.get('/healthz', (c) => c.json({ status: 'ok' }));
  app.get('/readyz', async (c) => {
    const missing = await missingPart(deps);
    return missing === null ? c.json({ status: 'ready' }) : c.json({ status: 'not_ready', reason: missing }, 503);
  });

  app.notFound((c) => problemAnswer(c, new Problem('not_found')));
  app.onError((error, c) => {
    const problem = asProblem(error);
    const requestId = c.get('requestId');
    if (PROBLEMS[problem.code].status >= 500) {
      deps.log('error', 'request.failed', {
        request_id: requestId,
        code: problem.code,
        reason: reasonOf(problem.cause),
      });
    }
    for (const [name, value] of Object.entries(problem.headers)) c.header(name, value);
    return problemAnswer(c, problem);
  });
  return app;
}

/** The part without which no upload begins; its address and its own words stand in no answer. */
async function missingPart({ db, storage }: Deps): Promise<'database' | 'storage' | null> {
  const hasDatabase = await db.execute('select 1').then(
    () => true,
    () => false,
  );
  if (!hasDatabase) return 'database';
  return storage.isCleared ? null : 'storage';
}

function asProblem(error: Error): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof HTTPException && error.status < 500) return new Problem('bad_request', { cause: error });
  return new Problem('internal', { cause: error });
}

/** Where it went wrong, without what was in it: messages of libraries may repeat addresses or SQL parameters. */
function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return 'unknown';
  const sqlState = (cause.cause as { code?: unknown } | undefined)?.code;
  const at =
    cause.stack
      ?.split('\n')
      .find((line) => line.trim().startsWith('at '))
      ?.trim() ?? '';
  return [cause.name, typeof sqlState === 'string' ? sqlState : '', at].filter(Boolean).join(' ');
}
