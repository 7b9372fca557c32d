import { and, eq } from 'drizzle-orm';
import type { ShowNotice, ShownNotice } from '../../../src/contract/index.ts';
import { newSecret } from '../../base/ids.ts';
import { Problem } from '../../base/problem.ts';
import type { Deps } from '../../context/deps.ts';
import type { RecipientCaller } from '../../context/env.ts';
import { openById, refuseEnded } from '../link-store.ts';
import { recipientSession } from '../schema.ts';
import { NOTICE_LANGUAGES, noticeLanguage, type SealedNotice, sealNotice } from './notice.ts';

/** What the wire says of a notice that a session may now answer. */
export function shownNotice({ notice, canonical, sha256 }: SealedNotice, nonce: string): ShownNotice {
  return { notice, canonical, sha256, nonce, languages: [...NOTICE_LANGUAGES] };
}

/**
 * The notice as it stands now, with a nonce of its own; what was shown before can no longer be answered. Fails with what
 * has ended the link.
 */
export async function showNotice(deps: Deps, who: RecipientCaller, { language }: ShowNotice): Promise<ShownNotice> {
  const opened = await openById(deps, who.link);
  refuseEnded(opened.row, deps.now());
  const ofSession = eq(recipientSession.tokenHash, who.session);
  const [session] = await deps.db.q.select().from(recipientSession).where(ofSession);
  if (!session) throw new Problem('sign_in_ended');
  const spoken = language === undefined ? session.language : noticeLanguage(language);
  const sealed = sealNotice(opened, spoken);
  const nonce = newSecret();
  await deps.db.q
    .update(recipientSession)
    .set({
      language: spoken,
      noticeCanonical: sealed.canonical,
      noticeSha256: sealed.sha256,
      noticeNonce: nonce,
      noticeUsedAt: null,
    })
    .where(and(ofSession));
  return shownNotice(sealed, nonce);
}
