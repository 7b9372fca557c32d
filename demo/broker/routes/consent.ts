import { Hono } from 'hono';
import { Decide, ShowNotice, Withdraw } from '../../../src/contract/index.ts';
import { readBody, readId } from '../../base/body.ts';
import type { Deps } from '../../context/deps.ts';
import type { Env } from '../../context/env.ts';
import { requireToken } from '../../identity/require-token.ts';
import { ownLog, readLog } from '../../recipients/consent/access-log.ts';
import { decide } from '../../recipients/consent/decide.ts';
import { mailReceiptAgain, standingReceipt } from '../../recipients/consent/receipt-file.ts';
import { showNotice } from '../../recipients/consent/show.ts';
import { withdraw } from '../../recipients/consent/withdraw.ts';
import { requireRecipient } from '../../recipients/recipient-sessions.ts';

/** What a proven recipient answers, holds and takes back; and what is told of it. */
export function consentRoutes(deps: Deps): Hono<Env> {
  const recipient = requireRecipient(deps);
  const sender = requireToken(deps, 'links:create:internal');
  return new Hono<Env>()
    .post('/v1/recipient/show', recipient, async (c) =>
      c.json(await showNotice(deps, c.get('recipient'), await readBody(c, ShowNotice))),
    )
    .post('/v1/recipient/decide', recipient, async (c) =>
      c.json(await decide(deps, c.get('recipient'), await readBody(c, Decide), c.req.header('origin'))),
    )
    .post('/v1/recipient/withdraw', recipient, async (c) =>
      c.json(await withdraw(deps, c.get('recipient'), await readBody(c, Withdraw), c.req.header('origin'))),
    )
    .post('/v1/recipient/receipt', recipient, async (c) => c.json(await standingReceipt(deps, c.get('recipient'))))
    .post('/v1/recipient/receipt/mail', recipient, async (c) =>
      c.json(await mailReceiptAgain(deps, c.get('recipient'))),
    )
    .post('/v1/recipient/log', recipient, async (c) => c.json(await ownLog(deps, c.get('recipient'))))
    .get('/v1/links/:id/log', sender, async (c) => c.json(await readLog(deps, c.get('caller'), readId(c))));
}
