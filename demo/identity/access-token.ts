import { jwtVerify } from 'jose';
import * as v from 'valibot';
import { sha256 } from '../base/ids.ts';
import { Problem } from '../base/problem.ts';
import { BoundedCache } from './bounded-cache.ts';
import type { KeyRing } from './key-ring.ts';
import type { IdentityDeps } from './ports.ts';

/** `https://broker.example/v1`: the one audience of our access tokens (RFC 8707). */
export const audienceOf = (publicUrl: string): string => `${publicUrl}/v1`;
export const issuerOf = (publicUrl: string): string => `${publicUrl}/oidc`;

interface Act {
  readonly sub: string;
  readonly act?: Act | undefined;
}
const Act: v.GenericSchema<Act> = v.object({ sub: v.string(), act: v.optional(v.lazy(() => Act)) });

const AccessToken = v.object({
  aud: v.string(), // One audience: a token made for several is refused (RFC 9068 section 4 leaves it open; we do not).
  sub: v.string(),
  jti: v.string(),
  client_id: v.string(),
  scope: v.optional(v.string(), ''),
  /** Seconds since epoch. */
  iat: v.number(),
  exp: v.number(),
  cnf: v.object({ jkt: v.string() }),
  /** The sign-in that it comes from; whatever is exchanged for it keeps it. Ends with the sign-in (tokens/revocations.ts). */
  sid: v.optional(v.string()),
  /** How and when the person signed in (RFC 9470 section 6). */
  acr: v.optional(v.string()),
  auth_time: v.optional(v.number()),
  /** What an exchange limited it to, and who made it (RFC 8693 section 4.1). */
  within: v.optional(v.object({ folders: v.array(v.string()), uploads: v.array(v.string()) })),
  act: v.optional(Act),
});
/** The claims of our own `at+jwt` (RFC 9068), verified. */
export type AccessToken = v.InferOutput<typeof AccessToken>;

/** By the token's hash: a page sends one token with every request of its five minutes. Per set of keys. */
const verified = new WeakMap<KeyRing, BoundedCache<{ readonly kid: string; readonly claims: AccessToken }>>();
const REMEMBERED = 5000;

/**
 * Fails with sign_in_ended. Says nothing about the key of the caller, nor whether the token was revoked: what is
 * remembered here is that a signature was right, and only as long as its key is one of ours and the token lives.
 */
export async function verifyAccessToken(deps: IdentityDeps, token: string): Promise<AccessToken> {
  const ring = deps.keys.issuer;
  await ring.refresh();
  const cache = verified.get(ring) ?? new BoundedCache(REMEMBERED);
  verified.set(ring, cache);
  const hash = sha256(token).toString('base64');
  const known = cache.get(hash);
  if (known && ring.find(known.kid) && known.claims.exp > deps.now() / 1000) return known.claims;
  const found = await verify(deps, token);
  cache.put(hash, found);
  return found.claims;
}

async function verify(deps: IdentityDeps, token: string): Promise<{ kid: string; claims: AccessToken }> {
  try {
    const { payload, protectedHeader } = await jwtVerify(token, ({ kid = '' }) => keyOf(deps, kid), {
      issuer: issuerOf(deps.config.publicUrl),
      audience: audienceOf(deps.config.publicUrl),
      typ: 'at+jwt',
      algorithms: ['ES256'],
      requiredClaims: ['exp', 'sub', 'client_id', 'cnf'],
      currentDate: new Date(deps.now()),
    });
    return { kid: protectedHeader.kid ?? '', claims: v.parse(AccessToken, payload) };
  } catch (cause) {
    throw tokenRefused(cause);
  }
}

async function keyOf({ keys }: IdentityDeps, kid: string) {
  const key = await keys.issuer.look(kid);
  if (!key) throw new Error('no key of ours has this kid');
  return key.publicKey;
}

export function tokenRefused(cause: unknown): Problem {
  return new Problem('sign_in_ended', { cause, headers: { 'WWW-Authenticate': 'DPoP error="invalid_token"' } });
}
