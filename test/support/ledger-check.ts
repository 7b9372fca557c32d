import { createHash, createHmac, createPublicKey, verify } from 'node:crypto';

/**
 * An independent check of the ledger: node:crypto, the definitions of RFC 6962 section 2.1, and nothing that the broker or
 * its verifier use.
 */

const sha = (...parts: Uint8Array[]) => createHash('sha256').update(Buffer.concat(parts)).digest();
const node = (left: Buffer, right: Buffer) => sha(Buffer.of(1), left, right);

/** JSON with the members of each object in order of their UTF-16 code units (RFC 8785 section 3.2.3). */
const sorted = (value: unknown): unknown =>
  value === null || typeof value !== 'object' || Array.isArray(value)
    ? Array.isArray(value)
      ? value.map(sorted)
      : value
    : Object.fromEntries(
        Object.entries(value)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([k, v]) => [k, sorted(v)]),
      );

export function leafHashOf(record: unknown, key: string): string {
  const commitment = createHmac('sha256', Buffer.from(key, 'base64'))
    .update(JSON.stringify(sorted(record)))
    .digest();
  return sha(Buffer.of(0), commitment).toString('base64');
}

export function rootOf(hashes: readonly Buffer[]): Buffer {
  const [first] = hashes;
  if (hashes.length === 1 && first) return first;
  let k = 1;
  while (k * 2 < hashes.length) k *= 2;
  return node(rootOf(hashes.slice(0, k)), rootOf(hashes.slice(k)));
}

/** The root above one leaf, from the top down: which half it is in says where the last hash of the path belongs. */
export function rootAbove(leaf: number, size: number, hash: Buffer, path: readonly Buffer[]): Buffer {
  const last = path.at(-1);
  if (size === 1 || !last) return hash;
  let k = 1;
  while (k * 2 < size) k *= 2;
  const rest = path.slice(0, -1);
  return leaf < k ? node(rootAbove(leaf, k, hash, rest), last) : node(last, rootAbove(leaf - k, size - k, hash, rest));
}

/** Size and root of a checkpoint that this key (`x` of the JWK) signed. Fails where it did not. */
export function readCheckpoint(note: string, x: string): { origin: string; size: number; root: string } {
  const end = note.indexOf('\n\n');
  const [origin = '', size = '', root = ''] = note.slice(0, end).split('\n');
  const signature = Buffer.from(
    note
      .slice(end + 2)
      .trim()
      .split(' ')[2] ?? '',
    'base64',
  ).subarray(4);
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  if (!verify(null, Buffer.from(note.slice(0, end + 1)), key, signature)) throw new Error('not signed by this key');
  return { origin, size: Number(size), root };
}
