import * as v from 'valibot';
import { canonical } from '../contract/canonical.ts';
import {
  ConsistencyProof,
  InclusionProof,
  type LedgerKeys,
  type LedgerRecord,
  RecordProof,
} from '../contract/ledger.ts';
import { fromBase64, type OpenedCheckpoint, openCheckpoint } from './checkpoint.ts';
import { VerifyError } from './error.ts';
import { areEqual, type Hash, hashLeaf, isConsistent, rootFromInclusion } from './merkle.ts';

/**
 * That an entry is in the ledger whose checkpoint the proof carries, and that the broker's key signed that. Keys come from
 * elsewhere (`{broker}/v1/ledger-keys`, kept since), never from what is checked. Fails with a VerifyError: malformed,
 * wrong_receipt (another log), wrong_signature, not_in_ledger, no_ed25519.
 */
export async function verifyInclusion(proof: unknown, keys: LedgerKeys): Promise<InclusionProof> {
  const parsed = read(InclusionProof, proof);
  const head = await openCheckpoint(parsed.checkpoint, keys);
  const root = await rootFromInclusion(parsed.leaf, parsed.size, hash(parsed.leaf_hash), parsed.path.map(hash));
  if (head.size !== parsed.size || !root || !areEqual(root, head.root)) throw new VerifyError('not_in_ledger');
  return parsed;
}

/** The same, and that this record is what was written there. */
export async function verifyRecord(proof: unknown, keys: LedgerKeys): Promise<LedgerRecord> {
  const { entry, leaf_hash, key, record } = read(RecordProof, proof);
  await verifyInclusion(proof, keys);
  const leaf = await leafOf(record, hash(key));
  if (record.entry !== entry || !areEqual(leaf, hash(leaf_hash))) throw new VerifyError('not_in_ledger');
  return record;
}

/** The same, and that the record speaks of exactly this receipt (a compact JWS, whose own signature is checked elsewhere). */
export async function verifyReceiptInLedger(receipt: string, proof: unknown, keys: LedgerKeys): Promise<LedgerRecord> {
  const record = await verifyRecord(proof, keys);
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(receipt));
  const sum = btoa(String.fromCharCode(...new Uint8Array(digest)));
  if (!record.acts.some(({ facts }) => facts.receipt_sha256 === sum)) throw new VerifyError('not_in_ledger');
  return record;
}

/** That the newer checkpoint only adds to the older, both signed. Fails with fork where it does not. */
export async function verifyGrowth(
  older: string,
  newer: string,
  proof: unknown,
  keys: LedgerKeys,
): Promise<OpenedCheckpoint> {
  const [before, after] = [await openCheckpoint(older, keys), await openCheckpoint(newer, keys)];
  const { from, to, path } = read(ConsistencyProof, proof);
  const isOfThese = from === before.size && to === after.size;
  if (!isOfThese || !(await isConsistent(before, after, path.map(hash)))) throw new VerifyError('fork');
  return after;
}

/** The leaf that commits to a record with its key. */
export async function leafOf(record: LedgerRecord, key: Hash): Promise<Hash> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const imported = await crypto.subtle.importKey('raw', key, algorithm, false, ['sign']);
  const commitment = await crypto.subtle.sign('HMAC', imported, new TextEncoder().encode(canonical(record)));
  return hashLeaf(new Uint8Array(commitment));
}

function hash(base64: string): Hash {
  const bytes = fromBase64(base64);
  if (bytes?.length !== 32) throw new VerifyError('malformed');
  return bytes;
}

function read<Schema extends v.GenericSchema>(schema: Schema, value: unknown): v.InferOutput<Schema> {
  const parsed = v.safeParse(schema, value);
  if (!parsed.success) throw new VerifyError('malformed');
  return parsed.output;
}
