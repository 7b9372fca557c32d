import { hkdfSync, timingSafeEqual } from 'node:crypto';
import { type CryptoKey, calculateJwkThumbprint, decodeProtectedHeader, importJWK, jwtVerify } from 'jose';
import * as v from 'valibot';
import { Token256 } from '../../src/contract/index.ts';
import { sha256 } from '../base/ids.ts';
import { Problem } from '../base/problem.ts';
import type { Database } from '../database/index.ts';
import { BoundedCache } from './bounded-cache.ts';
import { proofSeen } from './schema.ts';

/** DPoP at the resource server: RFC 9449 sections 4.3, 8, 9 and 11.1. */
export interface Proofs {
  /** A nonce that is good for three minutes, in every process on this database; at the issuer too. */
  nonce(): string;
  /** The key's thumbprint. Fails with proof_refused or proof_nonce. */
  check(proof: ProofToCheck): Promise<string>;
}

export interface ProofToCheck {
  /** The DPoP header as it came; several headers arrive joined by a comma. */
  readonly header: string | undefined;
  readonly method: string;
  /** The configured public address of the route, without query and fragment. */
  readonly url: string;
  /** The access token whose hash the proof must carry. */
  readonly token?: string;
}

/** Seconds. A nonce holds from two steps before its own to two after: about five minutes. */
const NONCE_STEP = 60;
const MAX_PROOF = 4096;

export function createProofs(db: Database, secret: Buffer, skewSeconds: number, now: () => number): Proofs {
  const seen = db.kind === 'postgresql' ? rememberInTable(db) : rememberInMemory(now);
  const step = () => Math.floor(now() / 1000 / NONCE_STEP);
  const isNonce = (value: unknown) =>
    typeof value === 'string' && [-2, -1, 0, 1, 2].some((offset) => equal(value, nonceOf(secret, step() + offset)));

  return {
    nonce: () => nonceOf(secret, step() + 1),
    async check({ header, method, url, token }) {
      if (!header || header.length > MAX_PROOF || header.includes(',')) throw new Problem('proof_refused');
      const { payload, jkt } = await verify(header);
      const { htm, htu, iat, jti, nonce, ath } = payload;
      const fits =
        htm === method &&
        typeof htu === 'string' &&
        isSameAddress(htu, url) &&
        typeof iat === 'number' &&
        typeof jti === 'string' &&
        jti.length >= 16 &&
        jti.length <= 128 &&
        (token === undefined || ath === sha256(token).toString('base64url'));
      if (!fits) throw new Problem('proof_refused');
      // Last of what the proof says, so that only whoever could be heard is told why not.
      const off = Math.abs(now() / 1000 - iat);
      if (off > skewSeconds) throw new Problem('clock', { figures: { minutes: Math.round(off / 60) } });
      if (!isNonce(nonce)) {
        throw new Problem('proof_nonce', {
          headers: { 'DPoP-Nonce': nonceOf(secret, step() + 1), 'WWW-Authenticate': 'DPoP error="use_dpop_nonce"' },
        });
      }
      const isNew = await seen(sha256(`${jkt} ${jti}`), new Date(now() + 2 * skewSeconds * 1000));
      // A browser sends a request again by itself where a kept connection ended before the answer: the page may prove anew.
      if (!isNew) {
        throw new Problem('proof_refused', { headers: { 'WWW-Authenticate': 'DPoP error="invalid_dpop_proof"' } });
      }
      return jkt;
    },
  };
}

/** Of pages: making a key object and its thumbprint anew costs as much as the check of the signature. */
interface PageKey {
  readonly key: CryptoKey;
  readonly jkt: string;
}
const pageKeys = new BoundedCache<PageKey>(5000);

/** A public P-256 key and nothing else of what stands in the header. */
const PublicKey = v.object({ kty: v.literal('EC'), crv: v.literal('P-256'), x: Token256, y: Token256 });

async function verify(proof: string) {
  try {
    const { jwk } = decodeProtectedHeader(proof);
    if (!jwk || 'd' in jwk || 'k' in jwk) throw new Problem('proof_refused');
    const plain = v.parse(PublicKey, jwk);
    const name = `${plain.x}.${plain.y}`;
    const page = pageKeys.get(name) ?? {
      key: (await importJWK(plain, 'ES256')) as CryptoKey,
      jkt: await calculateJwkThumbprint(plain),
    };
    // Times are judged by our own clock and window, not by jose's.
    const { payload } = await jwtVerify(proof, page.key, {
      typ: 'dpop+jwt',
      algorithms: ['ES256'],
      currentDate: new Date(0),
    });
    pageKeys.put(name, page);
    return { payload, jkt: page.jkt };
  } catch (cause) {
    throw new Problem('proof_refused', { cause });
  }
}

/**
 * Derived as oidc-provider derives its own from the same secret, so that one nonce serves issuer and API: the first
 * request for a token needs no second round trip, and no error stands in the console of the page.
 */
function nonceOf(secret: Buffer, step: number): string {
  const salt = Buffer.alloc(8);
  salt.writeBigUInt64BE(BigInt(step));
  return Buffer.from(hkdfSync('sha256', secret, salt, 'DPoP', 32)).toString('base64url');
}

function isSameAddress(htu: string, url: string): boolean {
  try {
    const { origin, pathname } = new URL(htu);
    return origin + pathname === url;
  } catch {
    return false;
  }
}

function equal(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}

function rememberInTable(db: Database) {
  return async (hash: Buffer, expiresAt: Date): Promise<boolean> => {
    const added = await db.q.insert(proofSeen).values({ hash, expiresAt }).onConflictDoNothing().returning();
    return added.length === 1;
  };
}

function rememberInMemory(now: () => number) {
  const seen = new Map<string, number>();
  return async (hash: Buffer, expiresAt: Date): Promise<boolean> => {
    const key = hash.toString('base64');
    if (seen.has(key)) return false;
    seen.set(key, expiresAt.getTime());
    // Oldest first: a Map keeps the order of insertion.
    for (const [old, until] of seen) {
      if (until >= now()) break;
      seen.delete(old);
    }
    return true;
  };
}
