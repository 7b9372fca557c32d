import { and, eq } from 'drizzle-orm';
import { type Adapter, type AdapterPayload, errors } from 'oidc-provider';
import type { IdentityDeps } from './ports.ts';
import { oidcRecord } from './schema.ts';
import { isRecordEnded } from './tokens/records.ts';

/** Keeps the issuer's records in the broker's database, so that every process sees them. */
export function oidcAdapter(deps: IdentityDeps): (model: string) => Adapter {
  const { db, now } = deps;
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
        await db.q
          .insert(oidcRecord)
          .values({ model, id, ...row })
          .onConflictDoUpdate({ target: [oidcRecord.model, oidcRecord.id], set: row });
      },
      // PostgreSQL takes no U+0000, so nothing is kept under such an id.
      find: async (id) => (id.includes('\0') ? undefined : read(at(id))),
      findByUid: (uid) => read(and(eq(oidcRecord.model, model), eq(oidcRecord.uid, uid))),
      findByUserCode: async () => undefined,
      async consume(id) {
        await db.q
          .update(oidcRecord)
          .set({ consumedAt: new Date(now()) })
          .where(at(id));
      },
      async destroy(id) {
        await db.q.delete(oidcRecord).where(at(id));
      },
      async revokeByGrantId(grantId) {
        await db.q.delete(oidcRecord).where(and(eq(oidcRecord.model, model), eq(oidcRecord.grantId, grantId)));
      },
    };
  };
}
