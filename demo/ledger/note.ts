import { createHash } from 'node:crypto';
import type { KeyRing, PublishedKey, SigningKey } from '../identity/key-ring.ts';

/** Checkpoints as C2SP tlog-checkpoint has them: a signed note of origin, size and root. */

/** The log's name: its address without the scheme. */
export const originOf = (publicUrl: string): string => `${publicUrl.replace(/^\w+:\/\//, '')}/v1/ledger`;

/** The name that a checkpoint of ours bears: a log keeps its first one when the broker moves. */
export const originIn = (note: string): string => note.slice(0, note.indexOf('\n'));

/** Ed25519 in C2SP signed-note. */
const ED25519 = 1;

export async function signCheckpoint(key: SigningKey, origin: string, size: number, root: Uint8Array): Promise<string> {
  const text = `${origin}\n${size}\n${Buffer.from(root).toString('base64')}\n`;
  const signature = await crypto.subtle.sign('Ed25519', key.privateKey, Buffer.from(text));
  const signed = Buffer.concat([keyId(origin, key), new Uint8Array(signature)]);
  return `${text}\n\u2014 ${origin} ${signed.toString('base64')}\n`;
}

/** The key as tools for signed notes take it. */
function verifierKey(origin: string, key: PublishedKey): string {
  const typed = Buffer.concat([Uint8Array.of(ED25519), rawKey(key)]);
  return `${origin}+${keyId(origin, key).toString('hex')}+${typed.toString('base64')}`;
}

function keyId(origin: string, key: PublishedKey): Buffer {
  const named = Buffer.concat([Buffer.from(`${origin}\n`), Uint8Array.of(ED25519), rawKey(key)]);
  return createHash('sha256').update(named).digest().subarray(0, 4);
}

const rawKey = ({ publicJwk }: PublishedKey): Buffer => Buffer.from(publicJwk.x ?? '', 'base64url');

/** What `/v1/ledger-keys` answers: all keys there ever were, since a checkpoint has no end. */
export async function ledgerKeys(ring: KeyRing, origin: string) {
  await ring.refresh();
  return {
    origin,
    keys: ring.published.map((key) => ({
      kty: 'OKP' as const,
      crv: 'Ed25519' as const,
      x: key.publicJwk.x ?? '',
      kid: key.kid,
      vkey: verifierKey(origin, key),
      signs_from: new Date(key.signsFrom).toISOString(),
      ...(key.signsUntil !== null && { signs_until: new Date(key.signsUntil).toISOString() }),
    })),
  };
}
