import { and, eq, isNull, or } from 'drizzle-orm';
import { type Adapter, type AdapterPayload, errors } from 'oidc-provider';
import type { IdentityDeps } from './ports.ts';
import { oidcRecord } from './schema.ts';
import { isRecordEnded } from './tokens/records.ts';
import { endToken } from './tokens/revocations.ts';
import { findSigned, isSignedId } from './tokens/signed.ts';

/** Keeps the issuer's records in the broker's database, so that every process sees them. */
export function oidcAdapter(deps: IdentityDeps): (model: string) => Adapter {
  const { db, now } = deps;
  /** What the winner of a race saves afterwards belongs to a grant that is gone, and is worth nothing. */
  const endGrant = (grant: string) =>
    db.q
      .delete(oidcRecord)
      .where(or(eq(oidcRecord.grantId, grant), and(eq(oidcRecord.model, 'Grant'), eq(oidcRecord.id, grant))));
  return (model) => {
    const at = (id: string) => and(eq(oidcRecord.model, model), eq(oidcRecord.id, id));
    const read = async (where: ReturnType<typeof at>): Promise<AdapterPayload | undefined> => {
      const [row] = await db.q.select().from(oidcRecord).where(where);
      if (!row || (row.expiresAt && row.expiresAt.getTime() <= now())) return undefined;
      if (await isRecordEnded(deps, row.payload)) return undefined;
      return { ...row.payload, ...(row.consumedAt && { consumed: Math.floor(row.consumedAt.getTime() / 1000) }) };
    };
    return {
      async upsert(id, payload, expiresIn) {
        if (JSON.stringify(payload).includes('\\u0000')) throw new errors.InvalidRequest('a parameter holds U+0000');
        const row = {
          payload: payload as Record<string, unknown>,
          grantId: payload.grantId ?? null,
          uid: payload.uid ?? null,
          expiresAt: expiresIn ? new Date(now() + expiresIn * 1000) : null,
        };
        const inserted = db.q.insert(oidcRecord).values({ model, id, ...row });
        if (model !== 'ReplayDetection') {
          await inserted.onConflictDoUpdate({ target: [oidcRecord.model, oidcRecord.id], set: row });
          return;
        }
        // oidc-provider has looked before; of many that come at once, one is the first.
        const added = await inserted.onConflictDoNothing().returning({ id: oidcRecord.id });
        if (added.length === 0) throw new errors.InvalidGrant('the proof was used before');
      },
      // PostgreSQL takes no U+0000, so nothing is kept under such an id.
      find: async (id) => {
        if (id.includes('\0')) return undefined;
        return isSignedId(id) ? findSigned(deps, model, id) : read(at(id));
      },
      findByUid: (uid) => read(and(eq(oidcRecord.model, model), eq(oidcRecord.uid, uid))),
      findByUserCode: async () => undefined,
      /** oidc-provider has looked before; of many that come at once, one is the first, and the others are a reuse. */
      async consume(id) {
        const used = await db.q
          .update(oidcRecord)
          .set({ consumedAt: new Date(now()) })
          .where(and(at(id), isNull(oidcRecord.consumedAt)))
          .returning({ id: oidcRecord.id });
        if (used.length === 1) return;
        const [row] = await db.q.select({ grant: oidcRecord.grantId }).from(oidcRecord).where(at(id));
        if (row?.grant) await endGrant(row.grant);
        throw new errors.InvalidGrant('used before');
      },
      async destroy(id) {
        if (model === 'AccessToken' || model === 'ClientCredentials') return endToken(deps, id);
        await db.q.delete(oidcRecord).where(at(id));
      },
      async revokeByGrantId(grantId) {
        await db.q.delete(oidcRecord).where(and(eq(oidcRecord.model, model), eq(oidcRecord.grantId, grantId)));
      },
    };
  };
}
