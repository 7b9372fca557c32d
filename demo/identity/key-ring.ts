import { asc, eq } from 'drizzle-orm';
import { type CryptoKey, calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';
import type { Database, Transaction } from '../database/index.ts';
import { signingKey } from './schema.ts';

export type Purpose = 'issuer' | 'receipt' | 'ledger';

/** Checkpoints are signed as C2SP signed notes, which know Ed25519. */
const ALG: Readonly<Record<Purpose, 'ES256' | 'Ed25519'>> = { issuer: 'ES256', receipt: 'ES256', ledger: 'Ed25519' };

/** A key that others check signatures with. ms since epoch. */
export interface PublishedKey {
  readonly kid: string;
  readonly publicJwk: JWK;
  readonly publicKey: CryptoKey;
  readonly signsFrom: number;
  /** When its successor took over, or will; null for the last. */
  readonly signsUntil: number | null;
}

export interface SigningKey extends PublishedKey {
  readonly privateJwk: JWK;
  readonly privateKey: CryptoKey;
}

const canSign = (key: PublishedKey): key is SigningKey => 'privateKey' in key;

/** Another process may have rotated: the table is looked at again after so long. */
const LOOK_AGAIN_MS = 10_000;
/** And where a key is unknown, sooner; not at once each time, because anybody can name a key that is none. */
const UNKNOWN_AGAIN_MS = 1000;

/**
 * The keys of one purpose. Which of them signs is a matter of the clock alone (the last whose time has come), so that all
 * processes change over at the same moment without telling each other; the successor is published long before.
 */
export class KeyRing {
  readonly #db: Database;
  readonly #now: () => number;
  readonly purpose: Purpose;
  #keys: readonly PublishedKey[] = [];
  #readAt = Number.NEGATIVE_INFINITY;
  #reading: Promise<void> | null = null;

  constructor(db: Database, purpose: Purpose, now: () => number) {
    this.#db = db;
    this.#now = now;
    this.purpose = purpose;
  }

  /** The one that signs now. Never fails once `refresh` has run: there is always a key whose time has come. */
  get current(): SigningKey {
    const now = this.#now();
    const key = this.#keys.findLast(({ signsFrom }) => signsFrom <= now) ?? this.#keys[0];
    if (!key || !canSign(key)) throw new Error(`there is no ${this.purpose} key to sign with`);
    return key;
  }

  /** Those that others should know, the one that signs first. */
  get published(): readonly PublishedKey[] {
    const { current } = this;
    return [current, ...this.#keys.filter((key) => key !== current)];
  }

  /** As `published`, with the halves that sign. */
  get private(): readonly JWK[] {
    return this.published.filter(canSign).map(({ privateJwk }) => privateJwk);
  }

  find(kid: string): PublishedKey | undefined {
    return this.#keys.find((key) => key.kid === kid);
  }

  /** As `find`; one that another process has made a moment ago is found as well. */
  async look(kid: string): Promise<PublishedKey | undefined> {
    const isOld = Math.abs(this.#now() - this.#readAt) >= UNKNOWN_AGAIN_MS;
    if (!this.find(kid) && isOld) await this.reload();
    return this.find(kid);
  }

  /** Reads the table where that was not done just now. However many ask at once, one query goes out. */
  async refresh(): Promise<void> {
    if (this.#now() - this.#readAt < LOOK_AGAIN_MS) return;
    await this.reload();
  }

  async reload(): Promise<void> {
    this.#reading ??= this.#read().finally(() => {
      this.#reading = null;
    });
    await this.#reading;
  }

  async #read(): Promise<void> {
    const readAt = this.#now();
    const rows = await this.#db.q
      .select()
      .from(signingKey)
      .where(eq(signingKey.purpose, this.purpose))
      .orderBy(asc(signingKey.signsFrom));
    this.#keys = await Promise.all(
      rows.map((row, i) => {
        const known = this.#keys.find(({ kid }) => kid === row.id);
        const signsUntil = rows[i + 1]?.signsFrom.getTime() ?? null;
        const isSame = known && canSign(known) === 'd' in row.jwk;
        return isSame
          ? { ...known, signsUntil }
          : keyOf(this.purpose, row.jwk as JWK, row.signsFrom.getTime(), signsUntil);
      }),
    );
    this.#readAt = readAt;
  }
}

export interface DatedKey extends JWK {
  readonly signs_from: string;
  readonly signs_until?: string;
}

/** Public halves with the times between which each signed: a signature of another time is none of that key's. */
export async function datedKeys(ring: KeyRing): Promise<DatedKey[]> {
  await ring.refresh();
  return ring.published.map(({ publicJwk, signsFrom, signsUntil }) => ({
    ...publicJwk,
    signs_from: new Date(signsFrom).toISOString(),
    ...(signsUntil !== null && { signs_until: new Date(signsUntil).toISOString() }),
  }));
}

/** Makes a key that signs from then on, and answers its kid. */
export async function makeKey(tx: Transaction, purpose: Purpose, at: Date, signsFrom: Date): Promise<string> {
  const { privateKey } = await generateKeyPair(ALG[purpose], { extractable: true });
  const jwk = await exportJWK(privateKey);
  const id = await calculateJwkThumbprint(jwk);
  await tx.insert(signingKey).values({ id, purpose, jwk: { ...jwk }, createdAt: at, signsFrom });
  return id;
}

export function publicHalf({ d: _private, ...jwk }: JWK): JWK {
  return jwk;
}

async function keyOf(purpose: Purpose, jwk: JWK, signsFrom: number, signsUntil: number | null): Promise<PublishedKey> {
  const kid = await calculateJwkThumbprint(jwk);
  const facts = { kid, use: 'sig', alg: ALG[purpose] };
  const publicJwk = { ...publicHalf(jwk), ...facts };
  const published = { kid, publicJwk, publicKey: await toKey(publicJwk), signsFrom, signsUntil };
  if (jwk.d === undefined) return published;
  const privateJwk = { ...jwk, ...facts };
  const signing: SigningKey = { ...published, privateJwk, privateKey: await toKey(privateJwk) };
  return signing;
}

const toKey = async (jwk: JWK & { alg: string }): Promise<CryptoKey> => (await importJWK(jwk)) as CryptoKey;
