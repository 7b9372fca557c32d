import { and, eq, inArray } from 'drizzle-orm';
import type { LinkPreview, PreviewLink } from '../../src/contract/index.ts';
import { Problem } from '../base/problem.ts';
import type { Deps } from '../context/deps.ts';
import type { Caller } from '../identity/ports.ts';
import { ownedBy, ownerOf } from '../uploads/owned.ts';
import { batch, upload } from '../uploads/schema.ts';
import { noticeLanguage, sealNotice } from './consent/notice.ts';
import { linkWords } from './link-mail.ts';
import { type OpenedLink, senderOf } from './link-store.ts';
import { judgeWish } from './links.ts';
import { coverOf } from './recipients.ts';

/** Stands where the secret would. */
const DOTS = '…';

/**
 * What the recipient would see of this wish: the mail, the page, the notice. Nothing is written and nobody is given any
 * right. Fails with what making the link would fail with, except for limits and consent.
 */
export async function previewLink(deps: Deps, caller: Caller, wish: PreviewLink): Promise<LinkPreview> {
  const judged = judgeWish(deps, caller, wish, 'unasked');
  const rules = caller.app.template.links;
  if (!rules) throw new Problem('not_allowed');
  const ids = [...new Set(wish.files)];
  const rows = await deps.db.q
    .select({ upload, reference: batch.reference })
    .from(upload)
    .innerJoin(batch, eq(batch.id, upload.batch))
    .where(and(inArray(upload.id, ids), eq(upload.state, 'stored'), ownedBy(upload, caller)));
  const files = ids.flatMap((id) => rows.find((row) => row.upload.id === id) ?? []);
  const [first] = files;
  if (!first || files.length !== ids.length) throw new Problem('not_found');
  const opened: OpenedLink = {
    row: { ...NEW, ...ownerOf(caller), ...judged, reference: first.reference, createdAt: new Date(deps.now()) },
    app: caller.app,
    rules,
    sender: await senderOf(deps.db.q, caller.app, caller.person),
    files: files.map((file) => file.upload),
  };
  const { publicUrl } = deps.config;
  const mail = linkWords(deps, opened, { link: `${publicUrl}/r#${DOTS}`, stop: `${publicUrl}/stop#${DOTS}` });
  return {
    mail,
    cover: { ...coverOf(deps, opened, null, null), dpop_nonce: '' },
    notice: sealNotice(opened, noticeLanguage(judged.language)).notice,
  };
}

/** A link of which nothing has happened yet. */
const NEW = {
  id: 'preview',
  tokenHash: null,
  stopHash: null,
  takenBackAt: null,
  decision: null,
  decidedAt: null,
  withdrawnAt: null,
  claimsUsed: 0,
  claimedAt: null,
  windowEndsAt: null,
  mailedAt: null,
  keptAt: null,
  renewedAt: null,
  renewedAs: null,
  renews: null,
  erasedAt: null,
  wrongCodes: 0,
  lockedUntil: null,
} as const;
