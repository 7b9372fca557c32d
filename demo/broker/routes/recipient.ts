import { Hono } from 'hono';
import * as v from 'valibot';
import { LinkToken } from '../../../src/contract/index.ts';
import { readBody } from '../../base/body.ts';
import { Problem } from '../../base/problem.ts';
import type { Deps } from '../../context/deps.ts';
import type { Ctx, Env } from '../../context/env.ts';
import { refuseForeignPage, requireProof } from '../../identity/require-token.ts';
import { claimLink } from '../../recipients/claims.ts';
import { sendCode } from '../../recipients/codes.ts';
import { noteLook } from '../../recipients/consent/access-log.ts';
import { type OpenedLink, openByToken } from '../../recipients/link-store.ts';
import { requireRecipient } from '../../recipients/recipient-sessions.ts';
import { readCover, verifyCode } from '../../recipients/recipients.ts';
import { clientAddress } from '../client-address.ts';

/** What was cut on the way is an unknown link, and what has no 8 digits is no try: neither is a bad request. */
const LooseToken = v.object({ token: v.string() });
const LooseCode = v.object({ token: v.string(), code: v.string() });

/** The recipient's steps: POST only, so that no scanner, preview or reload changes anything. */
export function recipientRoutes(deps: Deps): Hono<Env> {
  const proof = requireProof(deps);
  const recipient = requireRecipient(deps);
  const routes = new Hono<Env>();
  routes.use('/v1/recipient/*', async (c, next) => {
    c.header('Cache-Control', 'no-store');
    await next();
  });
  return routes
    .post('/v1/recipient/notice', async (c) => {
      const { token } = await readBody(c, LooseToken);
      const opened = await open(deps, c, token);
      await noteLook(deps, opened, 'opened', clientAddress(c));
      return c.json(await readCover(deps, opened));
    })
    .post('/v1/recipient/code', async (c) => {
      const { token } = await readBody(c, LooseToken);
      const opened = await open(deps, c, token);
      const code = await sendCode(deps, opened.row.id);
      await noteLook(deps, opened, 'code_sent', clientAddress(c));
      return c.json(code);
    })
    .post('/v1/recipient/verify', proof, async (c) => {
      const { token, code } = await readBody(c, LooseCode);
      if (!/^[0-9]{8}$/.test(code)) throw new Problem('code_format');
      const opened = await open(deps, c, token);
      const verified = await verifyCode(deps, opened.row.id, code, c.get('jkt'));
      await noteLook(deps, opened, 'proven', clientAddress(c));
      return c.json(verified);
    })
    .post('/v1/recipient/sign-in', proof, notYet)
    .post('/v1/recipient/verify-sign-in', proof, notYet)
    .post('/v1/recipient/ask', notYet)
    .post('/v1/recipient/report', notYet)
    .post('/v1/recipient/stop/notice', notYet)
    .post('/v1/recipient/stop', notYet)
    .post('/v1/recipient/extend', recipient, notYet)
    .post('/v1/recipient/claim', recipient, async (c) => c.json(await claimLink(deps, c.get('recipient'))));
}

async function open(deps: Deps, c: Ctx, token: string): Promise<OpenedLink> {
  if (!v.is(LinkToken, token)) throw new Problem('link_unknown');
  const opened = await openByToken(deps, token);
  refuseForeignPage(deps, opened.app, c.req.header('origin'));
  return opened;
}

const notYet = () => {
  throw new Problem('not_found');
};
