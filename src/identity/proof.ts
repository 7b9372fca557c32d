import { base64url, randomToken, sha256url } from './base64url.ts';

/** The key of this page: made for it, never readable, gone with it. Tokens and claims are bound to its thumbprint. */
export interface PageKey {
  readonly pair: CryptoKeyPair;
  /** RFC 7638, base64url. */
  readonly thumbprint: string;
  readonly jwk: { readonly kty: string; readonly crv: string; readonly x: string; readonly y: string };
}

export interface ProofClaims {
  readonly method: string;
  readonly url: URL;
  /** ms since epoch */
  readonly now: number;
  readonly nonce?: string | undefined;
  /** The token that the request carries; its hash becomes `ath`. */
  readonly accessToken?: string | undefined;
}

const ES256 = { name: 'ECDSA', namedCurve: 'P-256' } as const;

export async function makePageKey(): Promise<PageKey> {
  return pageKeyOf(await crypto.subtle.generateKey(ES256, false, ['sign', 'verify']));
}

export async function pageKeyOf(pair: CryptoKeyPair): Promise<PageKey> {
  const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', pair.publicKey);
  if (!kty || !crv || !x || !y) throw new TypeError('The browser made a key without coordinates');
  // RFC 7638 section 3: required members only, in lexicographic order.
  return { pair, jwk: { kty, crv, x, y }, thumbprint: await sha256url(JSON.stringify({ crv, kty, x, y })) };
}

/** A DPoP proof (RFC 9449 section 4.2). */
export async function signProof(key: PageKey, claims: ProofClaims): Promise<string> {
  const header = { typ: 'dpop+jwt', alg: 'ES256', jwk: key.jwk };
  const payload = {
    jti: randomToken(),
    htm: claims.method,
    htu: claims.url.origin + claims.url.pathname,
    iat: Math.floor(claims.now / 1000),
    ...(claims.nonce !== undefined && { nonce: claims.nonce }),
    ...(claims.accessToken !== undefined && { ath: await sha256url(claims.accessToken) }),
  };
  const text = [header, payload].map((part) => base64url(new TextEncoder().encode(JSON.stringify(part)))).join('.');
  const signature = await crypto.subtle.sign(
    { name: 'ECDSA', hash: 'SHA-256' },
    key.pair.privateKey,
    new TextEncoder().encode(text),
  );
  return `${text}.${base64url(signature)}`;
}
