import { Hono } from 'hono';
import { MakeLink } from '../../../src/contract/index.ts';
import { readBody, readId } from '../../base/body.ts';
import { Problem } from '../../base/problem.ts';
import type { Deps } from '../../context/deps.ts';
import type { Env } from '../../context/env.ts';
import { requireToken } from '../../identity/require-token.ts';
import { listLinks, makeLink, takeBackLink } from '../../recipients/links.ts';

/** The sender's side. Whether a recipient may stand outside the organisation is judged with the address. */
export function linkRoutes(deps: Deps): Hono<Env> {
  const sender = requireToken(deps, 'links:create:internal');
  return new Hono<Env>()
    .post('/v1/links', requireToken(deps, 'links:create:internal', { keepsWithin: true }), async (c) =>
      c.json(await makeLink(deps, c.get('caller'), await readBody(c, MakeLink)), 201),
    )
    .get('/v1/links/all', requireToken(deps, 'links:read:app'), notYet)
    .post('/v1/links/recipient', sender, notYet)
    .post('/v1/links/preview', sender, notYet)
    .post('/v1/links/:id/renew', sender, notYet)
    .post('/v1/links/:id/keep', sender, notYet)
    .get('/v1/links', sender, async (c) => c.json(await listLinks(deps, c.get('caller'))))
    .delete('/v1/links/:id', sender, async (c) => {
      await takeBackLink(deps, c.get('caller'), readId(c));
      return c.body(null, 204);
    });
}

const notYet = () => {
  throw new Problem('not_found');
};
