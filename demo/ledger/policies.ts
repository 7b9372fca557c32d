import { and, desc, eq, sql } from 'drizzle-orm';
import { canonical } from '../../src/contract/index.ts';
import { record } from '../audit/index.ts';
import { audit } from '../audit/schema.ts';
import { sha256 } from '../base/ids.ts';
import type { LedgerDeps } from './store.ts';

/** Under which rules an app works. */
export interface PolicyInForce {
  readonly record: { readonly id: string; readonly tenant: string };
  readonly template: { readonly id: string; readonly version: number };
  /** As the app's document tells it. */
  readonly templateSha256: string;
}

const POLICY_SET = 'policy.set';

/**
 * Rules stand in files that an operator edits, so a broker that starts with others than the last writes that down: from
 * then on everybody can tell which held when. Safe in several processes at once.
 */
export async function recordPolicies(
  { db, now }: Pick<LedgerDeps, 'db' | 'now'>,
  apps: readonly PolicyInForce[],
): Promise<void> {
  for (const { record: app, template, templateSha256 } of apps) {
    const facts = {
      template: template.id,
      version: template.version,
      template_sha256: templateSha256,
      app_sha256: sha256(canonical(app)).toString('base64'),
    };
    const { tenant, id } = app;
    await db.transaction(async (tx) => {
      await tx.execute(sql`select pg_advisory_xact_lock(72020)`);
      const [last] = await tx
        .select({ facts: audit.facts })
        .from(audit)
        .where(and(eq(audit.tenant, tenant), eq(audit.app, id), eq(audit.act, POLICY_SET)))
        .orderBy(desc(audit.seq))
        .limit(1);
      if (last && canonical(last.facts) === canonical(facts)) return;
      await record(tx, new Date(now()), { tenant, app: id, actor: 'operator', act: POLICY_SET, subject: id, facts });
    });
  }
}
