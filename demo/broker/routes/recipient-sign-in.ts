import { Hono } from 'hono';
import { StartRecipientSignIn, VerifySignIn } from '../../../src/contract/index.ts';
import { readBody } from '../../base/body.ts';
import { Problem } from '../../base/problem.ts';
import type { Deps } from '../../context/deps.ts';
import { browserCookie } from '../../identity/cookies.ts';
import type { IdentityEnv } from '../../identity/env.ts';
import { endPage } from '../../identity/pages.ts';
import { ProviderClient } from '../../identity/providers/client.ts';
import { requireProof } from '../../identity/require-token.ts';
import {
  isRecipientState,
  returnToRecipient,
  startAccountProof,
  verifyAccountProof,
} from '../../recipients/account-proof.ts';
import { openFor } from './recipient.ts';

/**
 * A recipient proves their address with an account, from our own page alone. Providers send them back to the address
 * that all sign-ins have; these routes stand before the others and take what is theirs.
 */
export function recipientSignInRoutes(deps: Deps): Hono<IdentityEnv> {
  const proof = requireProof(deps);
  const own = new URL(deps.config.publicUrl).origin;
  const left = browserCookie(deps, 'su_recipient');
  const clients = new Map(deps.config.providers.map((record) => [record.id, new ProviderClient(deps, record)]));
  return new Hono<IdentityEnv>()
    .post('/v1/recipient/sign-in', proof, async (c) => {
      if (c.req.header('origin') !== own) throw new Problem('origin_not_allowed');
      const wish = await readBody(c, StartRecipientSignIn);
      const opened = await openFor(deps, c.req.header('origin'), wish.token);
      const begun = await startAccountProof(deps, clients, opened, wish, { jkt: c.get('jkt'), cookie: left.keep(c) });
      return c.json(begun);
    })
    .post('/v1/recipient/verify-sign-in', proof, async (c) => {
      const { token, sign_in } = await readBody(c, VerifySignIn);
      const { row } = await openFor(deps, c.req.header('origin'), token);
      const ended = await verifyAccountProof(deps, row.id, sign_in, c.get('jkt'));
      return c.json(ended);
    })
    .get('/sign-in/provider/:provider', async (c, next) => {
      const url = new URL(deps.config.publicUrl + c.req.path + new URL(c.req.url).search);
      if (c.req.method !== 'GET' || !isRecipientState(url.searchParams.get('state'))) return await next();
      const client = clients.get(c.req.param('provider'));
      const { is, back } = await returnToRecipient(deps, client, left.read(c), url);
      c.header('Referrer-Policy', 'no-referrer');
      c.header('Cache-Control', 'no-store');
      if (back === 'page') return c.redirect('/r', 303);
      return endPage(c, ({ proven: 'parked', other: 'parked', refused: 'refused', lost: 'lost' } as const)[is], true);
    });
}
