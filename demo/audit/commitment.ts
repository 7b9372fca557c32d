import { createHash, createHmac, randomBytes } from 'node:crypto';
import { canonical, LEDGER_RECORD_VERSION, type LedgerAct, type LedgerRecord } from '../../src/contract/index.ts';

export interface Commitment {
  /** 32 bytes: HMAC would pad a shorter key, so that two keys could open one leaf. */
  readonly key: Uint8Array;
  readonly leafHash: Uint8Array;
}

export const recordOf = (entry: string, at: Date, acts: readonly LedgerAct[]): LedgerRecord => ({
  version: LEDGER_RECORD_VERSION,
  entry,
  at: at.toISOString(),
  acts: acts.map(({ tenant, app, actor, act, subject, reference, facts }) => ({
    tenant,
    app,
    actor,
    act,
    subject,
    reference,
    facts,
  })),
});

/** A leaf that tells nothing without the key, and can be opened to this record alone. */
export function commit(record: LedgerRecord): Commitment {
  const key = randomBytes(32);
  const commitment = createHmac('sha256', key).update(canonical(record)).digest();
  return { key, leafHash: createHash('sha256').update(LEAF).update(commitment).digest() };
}

/** RFC 6962 section 2.1: no leaf can pass for a node. */
const LEAF = Uint8Array.of(0);
