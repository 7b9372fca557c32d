import { and, eq, gt } from 'drizzle-orm';
import type { AccessToken } from './access-token.ts';
import type { IdentityDeps } from './ports.ts';
import { oidcRecord } from './schema.ts';

/**
 * Whether a token that still verifies is over: its sign-in was signed out, or a refresh token of it was used twice. Asked
 * on every request, never remembered, so that it holds in every process from the next request on.
 */
export async function isEnded(deps: IdentityDeps, token: AccessToken): Promise<boolean> {
  if (token.sid === undefined) return false; // Not of a sign-in: nothing to be signed out of.
  const [grant] = await deps.db.q
    .select({ id: oidcRecord.id })
    .from(oidcRecord)
    .where(
      and(eq(oidcRecord.model, 'Grant'), eq(oidcRecord.id, token.sid), gt(oidcRecord.expiresAt, new Date(deps.now()))),
    );
  return grant === undefined;
}
