import * as v from 'valibot';
import { Id, Sha256, Time } from './values.ts';

/**
 * The ledger: an append-only Merkle tree (RFC 6962 section 2.1) over every act that matters, whose head is signed as a
 * checkpoint (C2SP tlog-checkpoint, Ed25519). A leaf is blind: the hash of HMAC-SHA-256(key, canonical record) with a random
 * key of that record alone. Whoever has record and key can show what was written; without them a leaf says nothing.
 */

/** Counts up with every change of what a record holds. */
export const LEDGER_RECORD_VERSION = 1;

/** 0 for the oldest. */
export const LeafIndex = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
export const TreeSize = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
/** Hashes from the bottom up; a tree of 2^53 leaves has no longer path. */
const Path = v.pipe(v.array(Sha256), v.maxLength(64));
/** A signed note. Four keys at once are more than a change of keys needs. */
export const Checkpoint = v.pipe(v.string(), v.maxLength(2048));

/** Strict: what nobody has signed must not stand beside what somebody has. */
export const LedgerAct = v.strictObject({
  tenant: v.string(),
  app: v.string(),
  actor: v.string(),
  /** noun.past-tense: `upload.granted`, `link.claimed`. */
  act: v.string(),
  subject: v.string(),
  reference: v.nullable(v.string()),
  facts: v.record(v.string(), v.union([v.string(), v.number(), v.boolean(), v.null_()])),
});
export type LedgerAct = v.InferOutput<typeof LedgerAct>;

/** What a leaf commits to, as canonical JSON (canonical.ts). Acts of one person in one call share a record. */
export const LedgerRecord = v.strictObject({
  version: v.literal(LEDGER_RECORD_VERSION),
  entry: Id,
  at: Time,
  acts: v.pipe(v.array(LedgerAct), v.minLength(1)),
});
export type LedgerRecord = v.InferOutput<typeof LedgerRecord>;

/** `GET /v1/ledger/proof/{entry}`: that the entry is a leaf of the tree whose checkpoint it is. RFC 6962 section 2.1.1. */
export const InclusionProof = v.object({
  entry: Id,
  leaf: LeafIndex,
  leaf_hash: Sha256,
  size: TreeSize,
  path: Path,
  checkpoint: Checkpoint,
});
export type InclusionProof = v.InferOutput<typeof InclusionProof>;

/** An inclusion proof with what was written: for those whom the record concerns. `key` is base64 of 32 bytes. */
export const RecordProof = v.object({ ...InclusionProof.entries, key: Sha256, record: LedgerRecord });
export type RecordProof = v.InferOutput<typeof RecordProof>;

/** `GET /v1/ledger/consistency?from=&to=`: that the larger tree only adds to the smaller. RFC 6962 section 2.1.2. */
export const ConsistencyProof = v.object({ from: TreeSize, to: TreeSize, path: Path });
export type ConsistencyProof = v.InferOutput<typeof ConsistencyProof>;

/**
 * A line of `GET /v1/ledger/entries` (JSON Lines). First the latest checkpoint, then the leaves in their order, with record
 * and key while both exist, for their app; every earlier checkpoint after the last leaf that it signs.
 */
export const LedgerLine = v.union([
  v.strictObject({ leaf: LeafIndex, leaf_hash: Sha256, key: Sha256, record: LedgerRecord }),
  v.strictObject({ leaf: LeafIndex, leaf_hash: Sha256 }),
  v.strictObject({ checkpoint: Checkpoint }),
]);
export type LedgerLine = v.InferOutput<typeof LedgerLine>;

/** A key as `GET /v1/ledger-keys` publishes it. It signed between the two times, and stays there for good. */
export const LedgerKey = v.object({
  kty: v.literal('OKP'),
  crv: v.literal('Ed25519'),
  x: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/)),
  kid: v.optional(v.string()),
  /** The same key as C2SP signed-note tools take it: `{origin}+{key id}+{base64}`. */
  vkey: v.optional(v.string()),
  signs_from: v.optional(Time),
  signs_until: v.optional(Time),
});
export type LedgerKey = v.InferOutput<typeof LedgerKey>;
export const LedgerKeys = v.object({ origin: v.string(), keys: v.array(LedgerKey) });
export type LedgerKeys = v.InferOutput<typeof LedgerKeys>;
