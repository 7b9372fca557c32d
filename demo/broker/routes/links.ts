import { Hono } from 'hono';
import { CheckRecipient, MakeLink, PreviewLink, RenewLink } from '../../../src/contract/index.ts';
import { readBody, readId } from '../../base/body.ts';
import type { Deps } from '../../context/deps.ts';
import type { Env } from '../../context/env.ts';
import { requireToken } from '../../identity/require-token.ts';
import { listAppLinks, listLinks } from '../../recipients/link-list.ts';
import { keepLink, makeLink, makeLinkOnce, renewLink, takeBackLink } from '../../recipients/links.ts';
import { checkRecipient } from '../../recipients/outside.ts';
import { previewLink } from '../../recipients/preview.ts';

/** The sender's side. Whether a recipient may stand outside the organisation is judged with the address. */
export function linkRoutes(deps: Deps): Hono<Env> {
  const sender = requireToken(deps, 'links:create:internal');
  return new Hono<Env>()
    .post('/v1/links', requireToken(deps, 'links:create:internal', { keepsWithin: true }), async (c) => {
      const [key, caller, wish] = [c.req.header('idempotency-key'), c.get('caller'), await readBody(c, MakeLink)];
      const made = key === undefined ? makeLink(deps, caller, wish) : makeLinkOnce(deps, caller, key, wish);
      return c.json(await made, 201);
    })
    .get('/v1/links/all', requireToken(deps, 'links:read:app'), async (c) =>
      c.json(await listAppLinks(deps, c.get('caller'), c.req.query('cursor'))),
    )
    .post('/v1/links/recipient', sender, async (c) =>
      c.json(checkRecipient(deps, c.get('caller'), await readBody(c, CheckRecipient))),
    )
    .post('/v1/links/preview', sender, async (c) =>
      c.json(await previewLink(deps, c.get('caller'), await readBody(c, PreviewLink))),
    )
    .post('/v1/links/:id/renew', sender, async (c) =>
      c.json(await renewLink(deps, c.get('caller'), readId(c), await readBody(c, RenewLink)), 201),
    )
    .post('/v1/links/:id/keep', sender, async (c) => {
      await keepLink(deps, c.get('caller'), readId(c));
      return c.body(null, 204);
    })
    .get('/v1/links', sender, async (c) => c.json(await listLinks(deps, c.get('caller'), c.req.query('cursor'))))
    .delete('/v1/links/:id', sender, async (c) => {
      await takeBackLink(deps, c.get('caller'), readId(c));
      return c.body(null, 204);
    });
}
