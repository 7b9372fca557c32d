import { Hono } from 'hono';
import * as v from 'valibot';
import { AskCode, AskNewLink, LinkToken, ReportLink, StopMails } from '../../../src/contract/index.ts';
import { readBody } from '../../base/body.ts';
import { Problem } from '../../base/problem.ts';
import type { Deps } from '../../context/deps.ts';
import type { Env } from '../../context/env.ts';
import { refuseForeignPage, requireProof } from '../../identity/require-token.ts';
import { claimLink, extendWindow } from '../../recipients/claims.ts';
import { sendCode } from '../../recipients/codes.ts';
import { noteLook } from '../../recipients/consent/access-log.ts';
import { type OpenedLink, openByToken } from '../../recipients/link-store.ts';
import { requireRecipient } from '../../recipients/recipient-sessions.ts';
import { readCover, verifyCode } from '../../recipients/recipients.ts';
import { readStop, stopMails } from '../../recipients/stops.ts';
import { askNewLink, reportLink } from '../../recipients/told.ts';
import { clientAddress } from '../client-address.ts';

/** What was cut on the way is an unknown link, and what has no 8 digits is no try: neither is a bad request. */
const LooseToken = v.object({ token: v.string() });
const LooseAskCode = v.object({ ...AskCode.entries, ...LooseToken.entries });
const LooseAsk = v.object({ ...AskNewLink.entries, ...LooseToken.entries });
const LooseReport = v.object({ ...ReportLink.entries, ...LooseToken.entries });
const LooseStop = v.object({ ...StopMails.entries, ...LooseToken.entries });
const LooseCode = v.object({ token: v.string(), code: v.string() });

/** The recipient's steps: POST only, so that no scanner, preview or reload changes anything. */
export function recipientRoutes(deps: Deps): Hono<Env> {
  const proof = requireProof(deps);
  const recipient = requireRecipient(deps);
  const own = new URL(deps.config.publicUrl).origin;
  return new Hono<Env>()
    .post('/v1/recipient/notice', async (c) => {
      const { token } = await readBody(c, LooseToken);
      const opened = await openFor(deps, c.req.header('origin'), token);
      await noteLook(deps, opened, 'opened', clientAddress(c, deps.config.proxies));
      return c.json(await readCover(deps, opened));
    })
    .post('/v1/recipient/code', async (c) => {
      const { token, is_trusted } = await readBody(c, LooseAskCode);
      const opened = await openFor(deps, c.req.header('origin'), token);
      if (is_trusted === false) throw new Problem('not_a_person');
      const code = await sendCode(deps, opened.row.id);
      await noteLook(deps, opened, 'code_sent', clientAddress(c, deps.config.proxies));
      return c.json(code);
    })
    .post('/v1/recipient/verify', proof, async (c) => {
      const { token, code } = await readBody(c, LooseCode);
      if (!/^[0-9]{8}$/.test(code)) throw new Problem('code_format');
      const opened = await openFor(deps, c.req.header('origin'), token);
      const verified = await verifyCode(deps, opened.row.id, code, c.get('jkt'));
      await noteLook(deps, opened, 'proven', clientAddress(c, deps.config.proxies));
      return c.json(verified);
    })
    .post('/v1/recipient/ask', async (c) => {
      const wish = await readBody(c, LooseAsk);
      const { row } = await openFor(deps, c.req.header('origin'), wish.token);
      return c.json(await askNewLink(deps, row.id, wish));
    })
    .post('/v1/recipient/report', async (c) => {
      const wish = await readBody(c, LooseReport);
      const { row } = await openFor(deps, c.req.header('origin'), wish.token);
      return c.json(await reportLink(deps, row.id, wish));
    })
    .post('/v1/recipient/stop/notice', async (c) => c.json(await readStop(deps, (await readBody(c, LooseToken)).token)))
    .post('/v1/recipient/stop', async (c) => {
      if ((c.req.header('origin') ?? own) !== own) throw new Problem('origin_not_allowed');
      return c.json(await stopMails(deps, await readBody(c, LooseStop)));
    })
    .post('/v1/recipient/extend', recipient, async (c) => c.json(await extendWindow(deps, c.get('recipient'))))
    .post('/v1/recipient/claim', recipient, async (c) => c.json(await claimLink(deps, c.get('recipient'))));
}

/** Fails with link_unknown, also where part of the secret is missing, or origin_not_allowed. */
export async function openFor(deps: Deps, origin: string | undefined, token: string): Promise<OpenedLink> {
  if (!v.is(LinkToken, token)) throw new Problem('link_unknown');
  const opened = await openByToken(deps, token);
  refuseForeignPage(deps, opened.app, origin);
  return opened;
}
