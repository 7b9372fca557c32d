import { and, eq, gt, isNull, or } from 'drizzle-orm';
import type { EndWork } from '../identity/tokens/end-access.ts';
import { upload } from '../uploads/schema.ts';
import { link } from './schema.ts';

/** Links are taken back, open uploads have no time left: the sweep clears what they brought. */
export const endWork: EndWork = async (tx, { tenant, app, person }, at) => {
  const of = (table: typeof link | typeof upload) =>
    and(
      eq(table.tenant, tenant),
      app === undefined ? undefined : eq(table.app, app),
      person === undefined ? undefined : eq(table.person, person),
    );
  const links = await tx
    .update(link)
    .set({ takenBackAt: at })
    .where(
      and(
        of(link),
        isNull(link.takenBackAt),
        isNull(link.withdrawnAt),
        or(and(isNull(link.claimedAt), gt(link.expiresAt, at)), gt(link.windowEndsAt, at)),
      ),
    )
    .returning({ id: link.id });
  const uploads = await tx
    .update(upload)
    .set({ expiresAt: at })
    .where(and(of(upload), eq(upload.state, 'open'), gt(upload.expiresAt, at)))
    .returning({ id: upload.id });
  return { links: links.length, uploads: uploads.length };
};
