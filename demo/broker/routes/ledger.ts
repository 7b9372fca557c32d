import { Hono } from 'hono';
import { stream } from 'hono/streaming';
import { readId } from '../../base/body.ts';
import { Problem } from '../../base/problem.ts';
import type { Deps } from '../../context/deps.ts';
import type { Ctx, Env } from '../../context/env.ts';
import { requireToken } from '../../identity/require-token.ts';
import { exportLedger } from '../../ledger/export.ts';
import { ledgerKeys, originIn, originOf } from '../../ledger/note.ts';
import { consistencyProof, inclusionProof } from '../../ledger/proofs.ts';
import { latestCheckpoint } from '../../ledger/store.ts';

/** For everybody: the tree is blind. Mounted before CORS, so that any page can check a proof. */
export function ledgerRoutes(deps: Deps): Hono<Env> {
  const routes = new Hono<Env>();
  for (const path of ['/v1/ledger-keys', '/v1/ledger/checkpoint', '/v1/ledger/proof/*', '/v1/ledger/consistency']) {
    routes.use(path, async (c, next) => {
      c.header('Access-Control-Allow-Origin', '*');
      await next();
    });
  }
  return routes
    .get('/v1/ledger-keys', async (c) => {
      const latest = await latestCheckpoint(deps.db.q);
      const origin = latest ? originIn(latest.note) : originOf(deps.config.publicUrl);
      return c.json(await ledgerKeys(deps.keys.ledger, origin));
    })
    .get('/v1/ledger/checkpoint', async (c) => {
      const latest = await latestCheckpoint(deps.db.q);
      if (!latest) throw new Problem('not_found');
      return c.text(latest.note);
    })
    .get('/v1/ledger/proof/:id', async (c) => c.json(await inclusionProof(deps, readId(c))))
    .get('/v1/ledger/consistency', async (c) =>
      c.json(await consistencyProof(deps, sizeIn(c, 'from'), sizeIn(c, 'to'))),
    );
}

/** For an owner: the app's own records among the leaves of all. */
export function ledgerExport(deps: Deps): Hono<Env> {
  return new Hono<Env>().get('/v1/ledger/entries', requireToken(deps, 'exports:read'), (c) => {
    const app = c.get('caller').app.record.id;
    c.header('Content-Type', 'application/jsonl');
    return stream(c, async (out) => {
      for await (const line of exportLedger(deps, app)) await out.write(`${JSON.stringify(line)}\n`);
    });
  });
}

function sizeIn(c: Ctx, name: string): number {
  const text = c.req.query(name) ?? '';
  if (!/^[1-9][0-9]{0,14}$/.test(text)) throw new Problem('bad_request', { cause: name });
  return Number(text);
}
