import * as v from 'valibot';
import type { IdentityDeps } from '../ports.ts';
import { isEnded } from './revocations.ts';

/** What oidc-provider's records say about whose they are: codes, refresh tokens, grants, sessions, interactions. */
const Owned = v.object({
  clientId: v.optional(v.string()),
  accountId: v.optional(v.string()),
  iat: v.number(),
  /** When the first refresh token of its family was issued. */
  iiat: v.optional(v.number()),
  params: v.optional(v.object({ client_id: v.optional(v.string()) })),
  result: v.optional(v.object({ login: v.optional(v.object({ accountId: v.string() })) })),
});

/** True where its person, app or tenant was ended after it began, or lives were cut to less than its age. */
export async function isRecordEnded(deps: IdentityDeps, payload: unknown): Promise<boolean> {
  const parsed = v.safeParse(Owned, payload);
  if (!parsed.success) return false;
  const { clientId, accountId, iat, iiat, params, result } = parsed.output;
  const client = clientId ?? params?.client_id;
  const person = accountId ?? result?.login?.accountId;
  if (client === undefined && person === undefined) return false;
  return isEnded(deps, { client_id: client ?? '', sub: person ?? '', iat: iiat ?? iat });
}
