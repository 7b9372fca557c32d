import { Hono } from 'hono';
import { EndAccess } from '../../../src/contract/index.ts';
import { readBody } from '../../base/body.ts';
import type { Deps } from '../../context/deps.ts';
import type { Env } from '../../context/env.ts';
import { requireToken } from '../../identity/require-token.ts';
import { endAccess } from '../../identity/tokens/end-access.ts';
import { endWork } from '../../recipients/end-work.ts';

/** An owner ends what one person has at the app, or what everybody has; the owner's own sign-in with it. */
export function accessRoutes(deps: Deps): Hono<Env> {
  return new Hono<Env>().post('/v1/access/end', requireToken(deps, 'access:end'), async (c) => {
    const { tenant, app, person } = c.get('caller');
    const wish = await readBody(c, EndAccess);
    const holder = { tenant, app: app.record.id, ...('person' in wish && { person: wish.person }) };
    return c.json(await endAccess(deps, holder, `person:${person}`, endWork));
  });
}
