import { and, eq, gt } from 'drizzle-orm';
import type { MiddlewareHandler } from 'hono';
import { newSecret, sha256 } from '../base/ids.ts';
import { Problem } from '../base/problem.ts';
import type { Deps } from '../context/deps.ts';
import type { Env } from '../context/env.ts';
import type { Transaction } from '../database/index.ts';
import { readDpopToken } from '../identity/require-token.ts';
import { isEnded, type TokenFacts } from '../identity/tokens/revocations.ts';
import { noticeLanguage, type SealedNotice } from './consent/notice.ts';
import { link, recipientSession } from './schema.ts';

/** What a proven recipient is given: once, and never stored in this form. */
export interface OpenedSession {
  readonly token: string;
  /** One-time: a decision must name it. */
  readonly nonce: string;
  readonly expiresAt: Date;
}

export async function openSession(
  tx: Transaction,
  session: Pick<typeof recipientSession.$inferInsert, 'link' | 'jkt' | 'verification' | 'openedAt' | 'expiresAt'> & {
    sealed: SealedNotice;
  },
): Promise<OpenedSession> {
  const { sealed, ...proven } = session;
  const token = newSecret();
  const nonce = newSecret();
  await tx.insert(recipientSession).values({
    tokenHash: sha256(token),
    ...proven,
    noticeCanonical: sealed.canonical,
    noticeSha256: sealed.sha256,
    noticeNonce: nonce,
    language: noticeLanguage(sealed.notice.language),
  });
  return { token, nonce, expiresAt: session.expiresAt };
}

/** The recipient token of one link, not ended, and a proof by the key it is bound to. Fails with sign_in_needed or sign_in_ended. */
export function requireRecipient(deps: Deps): MiddlewareHandler<Env> {
  return async (c, next) => {
    const { token, jkt } = await readDpopToken(deps, c);
    const hash = sha256(token);
    const [session] = await deps.db.q
      .select({ link: recipientSession.link, app: link.app, openedAt: recipientSession.openedAt })
      .from(recipientSession)
      .innerJoin(link, eq(link.id, recipientSession.link))
      .where(
        and(
          eq(recipientSession.tokenHash, hash),
          eq(recipientSession.jkt, jkt),
          gt(recipientSession.expiresAt, new Date(deps.now())),
        ),
      );
    // What ends an app, a tenant, or everybody's lives, ends what their recipients hold.
    if (!session || (await isEnded(deps, factsOf(session)))) {
      throw new Problem('sign_in_ended', { headers: { 'WWW-Authenticate': 'DPoP error="invalid_token"' } });
    }
    c.set('jkt', jkt);
    c.set('recipient', { link: session.link, session: hash, jkt });
    await next();
  };
}

const factsOf = ({ link, app, openedAt }: { link: string; app: string; openedAt: Date }): TokenFacts => ({
  client_id: app,
  sub: `recipient:${link}`,
  iat: Math.floor(openedAt.getTime() / 1000),
});
