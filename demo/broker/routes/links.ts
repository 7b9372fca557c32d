import { Hono } from 'hono';
import * as v from 'valibot';
import { Id, MakeLink } from '../../../src/contract/index.ts';
import { type Env, requireToken } from '../auth.ts';
import type { Deps } from '../deps.ts';
import { readBody } from '../http.ts';
import { listLinks, makeLink, takeBackLink } from '../links.ts';
import { Problem } from '../problems.ts';

/** The sender's side. Whether a recipient may stand outside the organisation is judged with the address (R6). */
export function linkRoutes(deps: Deps): Hono<Env> {
  const sender = requireToken(deps, 'links:create:internal');
  return new Hono<Env>()
    .post('/v1/links', sender, async (c) =>
      c.json(await makeLink(deps, c.get('caller'), await readBody(c, MakeLink)), 201),
    )
    .get('/v1/links', sender, async (c) => c.json(await listLinks(deps, c.get('caller'))))
    .delete('/v1/links/:id', sender, async (c) => {
      const id = c.req.param('id');
      if (!v.is(Id, id)) throw new Problem('not_found');
      await takeBackLink(deps, c.get('caller'), id);
      return c.body(null, 204);
    });
}
