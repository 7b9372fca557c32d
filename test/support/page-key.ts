import { createHash, randomBytes } from 'node:crypto';
import { type CryptoKey, calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import { audienceOf, issuerOf } from '../../demo/identity/access-token.ts';
import type { TestDeps } from './broker.ts';

/** Where nothing is said: person-1 at the app `cases`, with all that its template allows. */
export interface Who {
  readonly app?: string;
  readonly person?: string;
  readonly scopes?: readonly string[];
  /** Changes what the token says. */
  readonly claims?: Readonly<Record<string, unknown>>;
}

/** A page's key, as a browser would make it. */
export class PageKey {
  readonly jwk: JWK;
  readonly jkt: string;
  readonly #private: CryptoKey;

  private constructor(key: CryptoKey, jwk: JWK, jkt: string) {
    this.#private = key;
    this.jwk = jwk;
    this.jkt = jkt;
  }

  static async make(): Promise<PageKey> {
    const { privateKey, publicKey } = await generateKeyPair('ES256');
    const jwk = await exportJWK(publicKey);
    return new PageKey(privateKey, jwk, await calculateJwkThumbprint(jwk));
  }

  /** Headers of a call with a fresh proof; with a token, bound to it. */
  async headers(
    deps: TestDeps,
    method: string,
    path: string,
    token?: string,
    nonce = deps.proofs.nonce(),
  ): Promise<Record<string, string>> {
    const proof = await new SignJWT({
      htm: method,
      htu: deps.config.publicUrl + path,
      jti: randomBytes(16).toString('base64url'),
      nonce,
      ...(token !== undefined && { ath: createHash('sha256').update(token).digest('base64url') }),
    })
      .setProtectedHeader({ typ: 'dpop+jwt', alg: 'ES256', jwk: this.jwk })
      .setIssuedAt(Math.floor(deps.now() / 1000))
      .sign(this.#private);
    return { dpop: proof, ...(token !== undefined && { authorization: `DPoP ${token}` }) };
  }

  /** A token of the issuer for this person, bound to this key: as after a sign-in. */
  tokenFor({ registry, keys, config, now }: TestDeps, who: Who = {}): Promise<string> {
    const app = registry.app(who.app ?? 'cases');
    const seconds = Math.floor(now() / 1000);
    return new SignJWT({
      iss: issuerOf(config.publicUrl),
      aud: audienceOf(config.publicUrl),
      jti: randomBytes(16).toString('base64url'),
      sub: who.person ?? 'person-1',
      client_id: app.record.id,
      scope: (who.scopes ?? app.template.scopes).join(' '),
      iat: seconds,
      exp: seconds + 300,
      cnf: { jkt: this.jkt },
      ...who.claims,
    })
      .setProtectedHeader({ typ: 'at+jwt', alg: 'ES256', kid: keys.issuer.current.kid })
      .sign(keys.issuer.current.privateKey);
  }
}
