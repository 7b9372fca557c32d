import { VerifyError } from './error.ts';

/** Checks a compact JWS by ES256 (RFC 7515, RFC 7518 section 3.4) with WebCrypto alone: runs in Node, at the edge, in a page. */

/** A public P-256 key as `{issuer}/v1/receipt-keys` publishes it. */
export interface ReceiptKey {
  readonly kid?: string;
  readonly kty: string;
  readonly crv: string;
  readonly x: string;
  readonly y: string;
  /** ISO 8601: it signed nothing before and nothing after. */
  readonly signs_from?: string;
  readonly signs_until?: string;
}

export interface KeySource {
  /** The broker's address. Keys are taken from there, or from `keys`; never from the receipt. */
  readonly issuer: string;
  readonly keys?: readonly ReceiptKey[];
  readonly fetch?: (url: string) => Promise<Response>;
}

interface Jws {
  readonly header: Readonly<Record<'alg' | 'typ' | 'kid' | 'crit', unknown>>;
  readonly claims: unknown;
}

/** Longer is no receipt of ours: a name of 1,024 characters and a notice of 100 files stay far under it. */
const MAX_LENGTH = 256 * 1024;
/** Several processes change over at one moment, each by its own clock. */
const CLOCK_MS = 60_000;

/** The claims of a JWS of this `typ`, once a key of the issuer is found to have signed it. Fails with a VerifyError. */
export async function verifyJws(jws: string, typ: string, source: KeySource): Promise<unknown> {
  const [head, body, signature, ...more] = jws.length > MAX_LENGTH ? [] : jws.split('.');
  if (!head || !body || !signature || more.length > 0) throw new VerifyError('malformed');
  const { header, claims } = decode(head, body);
  // `crit` names extensions that one must understand (RFC 7515 section 4.1.11): we know of none.
  if (header.alg !== 'ES256' || header.typ !== typ || header.crit !== undefined) throw new VerifyError('wrong_receipt');
  const data = new TextEncoder().encode(`${head}.${body}`);
  const bytes = fromBase64Url(signature);
  for (const key of await keysOf(source, header.kid)) {
    if (wasSigning(key, claims) && (await isSignedBy(key, bytes, data))) return claims;
  }
  throw new VerifyError('wrong_signature');
}

function decode(head: string, body: string): Jws {
  try {
    const header: unknown = JSON.parse(new TextDecoder().decode(fromBase64Url(head)));
    const claims: unknown = JSON.parse(new TextDecoder().decode(fromBase64Url(body)));
    if (typeof header !== 'object' || header === null) throw new VerifyError('malformed');
    return { header: header as Jws['header'], claims };
  } catch (cause) {
    throw cause instanceof VerifyError ? cause : new VerifyError('malformed');
  }
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  if (!/^[\w-]+$/.test(text)) throw new VerifyError('malformed');
  try {
    return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) =>
      character.charCodeAt(0),
    );
  } catch {
    throw new VerifyError('malformed');
  }
}

async function keysOf({ issuer, keys, fetch = globalThis.fetch }: KeySource, kid: unknown): Promise<ReceiptKey[]> {
  const all = keys ?? (await published(`${issuer}/v1/receipt-keys`, fetch));
  return all.filter((key) => key.kid === undefined || kid === undefined || key.kid === kid);
}

/** A key that was stolen after its time signs nothing any more: not even what says that it is old. */
function wasSigning({ signs_from, signs_until }: ReceiptKey, claims: unknown): boolean {
  if (signs_from === undefined && signs_until === undefined) return true;
  const iat = typeof claims === 'object' && claims !== null && 'iat' in claims ? claims.iat : undefined;
  if (typeof iat !== 'number') return false;
  const [from, until] = [Date.parse(signs_from ?? ''), Date.parse(signs_until ?? '')];
  const at = iat * 1000;
  return !(at < from - CLOCK_MS) && !(at > until + CLOCK_MS);
}

async function published(url: string, fetch: (url: string) => Promise<Response>): Promise<readonly ReceiptKey[]> {
  try {
    const response = await fetch(url);
    const { keys } = (await response.json()) as { keys?: unknown };
    if (!response.ok || !Array.isArray(keys)) throw new VerifyError('keys_unreachable');
    return keys;
  } catch (cause) {
    throw new VerifyError('keys_unreachable', { cause });
  }
}

async function isSignedBy(key: ReceiptKey, signature: BufferSource, data: BufferSource): Promise<boolean> {
  const { kty, crv, x, y } = key;
  if (kty !== 'EC' || crv !== 'P-256') return false;
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  try {
    const imported = await crypto.subtle.importKey('jwk', { kty, crv, x, y }, algorithm, false, ['verify']);
    return await crypto.subtle.verify(algorithm, imported, signature, data);
  } catch {
    return false; // A published key that is no point on the curve has signed nothing.
  }
}
