import { randomBytes } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { type CryptoKey, calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';
import type { Database } from '../database/index.ts';
import { signingKey } from './schema.ts';

export interface SigningKey {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly privateJwk: JWK;
  readonly publicJwk: JWK;
}

/** Keys made at the first start and kept in the database, so that every process and every restart has the same. */
export interface Keys {
  /** Signs our access and ID tokens. */
  readonly issuer: SigningKey;
  /** Signs upload and consent receipts. */
  readonly receipt: SigningKey;
  readonly cookieSecret: string;
  /** 32 bytes, for the DPoP nonces of issuer and API alike. */
  readonly nonceSecret: Buffer;
}

export async function loadKeys(db: Database, now: () => number): Promise<Keys> {
  const [issuer, receipt, cookie, nonce] = await Promise.all([
    loadSigning(db, 'issuer', now),
    loadSigning(db, 'receipt', now),
    loadSecret(db, 'cookie', now),
    // PGlite's process remembers proofs in memory: with a secret of its own, those of the last process end with it.
    db.kind === 'postgresql' ? loadSecret(db, 'nonce', now) : randomBytes(32),
  ]);
  return { issuer, receipt, cookieSecret: cookie.toString('base64url'), nonceSecret: nonce };
}

async function loadSigning(db: Database, purpose: string, now: () => number): Promise<SigningKey> {
  const jwk = await keep(db, purpose, now, async () => {
    const { privateKey } = await generateKeyPair('ES256', { extractable: true });
    return exportJWK(privateKey);
  });
  const kid = await calculateJwkThumbprint(jwk);
  const { d: _private, ...rest } = jwk;
  const facts = { kid, use: 'sig', alg: 'ES256' };
  return {
    kid,
    privateKey: (await importJWK(jwk, 'ES256')) as CryptoKey,
    privateJwk: { ...jwk, ...facts },
    publicJwk: { ...rest, ...facts },
  };
}

async function loadSecret(db: Database, purpose: string, now: () => number): Promise<Buffer> {
  const jwk = await keep(db, purpose, now, async () => ({ kty: 'oct', k: randomBytes(32).toString('base64url') }));
  return Buffer.from(jwk.k ?? '', 'base64url');
}

/** The first process to write wins; the others read what it wrote. */
async function keep(db: Database, purpose: string, now: () => number, make: () => Promise<JWK>): Promise<JWK> {
  const read = () => db.q.select().from(signingKey).where(eq(signingKey.id, purpose));
  const [found] = await read();
  if (found) return found.jwk as JWK;
  const jwk = await make();
  await db.q
    .insert(signingKey)
    .values({ id: purpose, purpose, jwk: jwk as Record<string, unknown>, createdAt: new Date(now()) })
    .onConflictDoNothing();
  const [kept] = await read();
  return (kept?.jwk ?? jwk) as JWK;
}
