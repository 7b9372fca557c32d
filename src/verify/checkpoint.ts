import * as v from 'valibot';
import { type LedgerKey, LedgerKeys } from '../contract/ledger.ts';
import { VerifyError } from './error.ts';
import type { Head } from './merkle.ts';

/** Opens C2SP tlog-checkpoint notes signed with Ed25519, with WebCrypto alone. */

export interface OpenedCheckpoint extends Head {
  readonly origin: string;
}

/** Of the signature type Ed25519 in C2SP signed-note. */
const ED25519 = 1;
const KEY_ID_BYTES = 4;

/** Keys as `/v1/ledger-keys` answers them, or one line `{origin}+{key id}+{base64}`. Fails with malformed. */
export function readLedgerKeys(text: string): LedgerKeys {
  const [, origin, typed] = /^([^\s+]+)\+[0-9a-f]{8}\+([A-Za-z0-9+/]{44})\s*$/.exec(text) ?? [];
  if (origin !== undefined && typed !== undefined) {
    const [type, ...key] = fromBase64(typed) ?? [];
    if (type !== ED25519) throw new VerifyError('malformed');
    const x = btoa(String.fromCharCode(...key))
      .replaceAll('+', '-')
      .replaceAll('/', '_')
      .replaceAll('=', '');
    return { origin, keys: [{ kty: 'OKP', crv: 'Ed25519', x }] };
  }
  try {
    return v.parse(LedgerKeys, JSON.parse(text));
  } catch (cause) {
    throw new VerifyError('malformed', { cause });
  }
}

/** What a note says, not knowing yet who signed it. Null where it is no checkpoint. */
export function parseCheckpoint(
  note: string,
): (OpenedCheckpoint & { readonly text: string; readonly end: string }) | null {
  const blank = note.lastIndexOf('\n\n');
  const text = note.slice(0, blank + 1);
  const [origin = '', digits = '', base64 = '', ...rest] = text.split('\n');
  const root = fromBase64(base64);
  const isWhole = blank > 0 && note.endsWith('\n') && rest.at(-1) === '' && origin !== '';
  if (!isWhole || !/^(0|[1-9][0-9]{0,15})$/.test(digits) || root?.length !== 32) return null;
  return { origin, size: Number(digits), root, text, end: note.slice(blank + 2) };
}

/**
 * What a note says, once one of these keys is found to have signed it. Fails with malformed, wrong_receipt (another log),
 * wrong_signature, no_ed25519.
 */
export async function openCheckpoint(note: string, keys: LedgerKeys): Promise<OpenedCheckpoint> {
  const parsed = parseCheckpoint(note);
  if (!parsed) throw new VerifyError('malformed');
  const { origin, size, root, text, end } = parsed;
  if (origin !== keys.origin) throw new VerifyError('wrong_receipt');
  const data = new TextEncoder().encode(text);
  for (const line of end.split('\n').slice(0, -1)) {
    const [, name, base64 = ''] = /^\u2014 (\S+) (\S+)$/.exec(line) ?? [];
    const signed = fromBase64(base64);
    if (name !== origin || !signed) continue;
    for (const key of keys.keys) {
      if (await isSignedBy(key, origin, signed, data)) return { origin, size, root };
    }
  }
  throw new VerifyError('wrong_signature');
}

async function isSignedBy(key: LedgerKey, origin: string, signed: Uint8Array<ArrayBuffer>, data: BufferSource) {
  const { kty, crv, x } = key;
  const raw = fromBase64(`${x.replaceAll('-', '+').replaceAll('_', '/')}=`);
  if (raw?.length !== 32) return false;
  const named = [...new TextEncoder().encode(`${origin}\n`), ED25519, ...raw];
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', Uint8Array.from(named)));
  if (signed.slice(0, KEY_ID_BYTES).some((byte, i) => byte !== digest[i])) return false;
  try {
    const imported = await crypto.subtle.importKey('jwk', { kty, crv, x }, 'Ed25519', false, ['verify']);
    return await crypto.subtle.verify('Ed25519', imported, signed.slice(KEY_ID_BYTES), data);
  } catch (cause) {
    // Older browsers do not know the name at all; a key that is no point on the curve has signed nothing.
    if (cause instanceof Error && cause.name === 'NotSupportedError') throw new VerifyError('no_ed25519', { cause });
    return false;
  }
}

/** Null where it is not canonical base64: one value has one spelling. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    const binary = atob(text);
    return btoa(binary) === text ? Uint8Array.from(binary, (character) => character.charCodeAt(0)) : null;
  } catch {
    return null;
  }
}
