import { randomBytes } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Log } from '../base/log.ts';
import type { Database } from '../database/index.ts';
import { KeyRing } from './key-ring.ts';
import { rotateWhereDue } from './key-rotation.ts';
import { signingKey } from './schema.ts';

const WATCH_MS = 60_000;

/** Kept in the database, so that every process and every restart has the same. */
export interface Keys {
  /** Sign our access and ID tokens. */
  readonly issuer: KeyRing;
  /** Sign upload and consent receipts. */
  readonly receipt: KeyRing;
  /** Sign checkpoints of the ledger. */
  readonly ledger: KeyRing;
  readonly cookieSecret: string;
  /** 32 bytes, for the DPoP nonces of issuer and API alike. */
  readonly nonceSecret: Buffer;
}

/** Makes what is missing, and the next key where the last has signed for `keyLife` seconds. */
export async function loadKeys(db: Database, now: () => number, keyLife: number): Promise<Keys> {
  const [issuer, receipt, ledger, cookie, nonce] = await Promise.all([
    openRing(db, 'issuer', now, keyLife),
    openRing(db, 'receipt', now, keyLife),
    openRing(db, 'ledger', now, keyLife),
    loadSecret(db, 'cookie', now),
    // PGlite's process remembers proofs in memory: with a secret of its own, those of the last process end with it.
    db.kind === 'postgresql' ? loadSecret(db, 'nonce', now) : randomBytes(32),
  ]);
  return { issuer, receipt, ledger, cookieSecret: cookie.toString('base64url'), nonceSecret: nonce };
}

/** Successors come an hour before they sign, so that every process knows them in time; it signs without asking then. */
export function watchKeys({ issuer, receipt, ledger }: Keys, log: Log): NodeJS.Timeout {
  const look = () => Promise.all([issuer, receipt, ledger].map((ring) => ring.reload()));
  return setInterval(
    () => look().catch((error: Error) => log('warn', 'keys.not-read', { reason: error.name })),
    WATCH_MS,
  ).unref();
}

async function openRing(db: Database, purpose: KeyRing['purpose'], now: () => number, keyLife: number) {
  await rotateWhereDue({ db, now, keyLife }, purpose);
  const ring = new KeyRing(db, purpose, now);
  await ring.reload();
  return ring;
}

/** The first process to write wins; the others read what it wrote. */
async function loadSecret(db: Database, purpose: string, now: () => number): Promise<Buffer> {
  const read = () => db.q.select().from(signingKey).where(eq(signingKey.id, purpose));
  const [found] = await read();
  const at = new Date(now());
  const made = { kty: 'oct', k: randomBytes(32).toString('base64url') };
  if (!found) {
    await db.q
      .insert(signingKey)
      .values({ id: purpose, purpose, jwk: made, createdAt: at, signsFrom: at })
      .onConflictDoNothing();
  }
  const [kept] = found ? [found] : await read();
  return Buffer.from(String(kept?.jwk.k ?? made.k), 'base64url');
}
