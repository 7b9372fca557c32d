import * as oauth from 'oauth4webapi';
import { UploadError } from '../errors.ts';
import type { Issuer } from './issuer.ts';

export interface Tokens {
  readonly accessToken: string;
  /** One, bound to the page's key and rotated at each use; absent where the issuer gives none. */
  readonly refreshToken: string | undefined;
  /** ms since epoch */
  readonly expiresAt: number;
}

/** A request may wait in a queue behind this much clock drift and still arrive in time. */
const RENEW_BEFORE_MS = 30_000;
/** Where the issuer names no life: as short as its own (5 minutes). */
const DEFAULT_LIFE_S = 300;
const REVOKE_WITHIN_MS = 5000;

/** The tokens of one person on one page: in memory, gone with it. */
export class Session {
  readonly #issuer: Issuer;
  readonly #handle: oauth.DPoPHandle;
  readonly #now: () => number;
  #tokens: Tokens;
  #renewal: Promise<void> | null = null;

  constructor(issuer: Issuer, handle: oauth.DPoPHandle, tokens: Tokens, now: () => number) {
    this.#issuer = issuer;
    this.#handle = handle;
    this.#tokens = tokens;
    this.#now = now;
  }

  /** Renewed where it is about to end. Fails with sign_in_ended or broker_down. */
  async accessToken(): Promise<string> {
    if (this.#tokens.expiresAt - RENEW_BEFORE_MS <= this.#now()) await this.renew();
    return this.#tokens.accessToken;
  }

  /** However many ask at once, one request goes out: a second use of a rotated token would end the whole family. */
  renew(): Promise<void> {
    this.#renewal ??= this.#renew().finally(() => {
      this.#renewal = null;
    });
    return this.#renewal;
  }

  /** Ends the session at the issuer (RFC 7009). Best effort: the tokens are forgotten here whatever happens there. */
  async revoke(): Promise<void> {
    const { server, client, options } = this.#issuer;
    const token = this.#tokens.refreshToken ?? this.#tokens.accessToken;
    this.#tokens = { accessToken: '', refreshToken: undefined, expiresAt: 0 };
    try {
      await oauth.revocationRequest(
        server,
        client,
        oauth.None(),
        token,
        options(AbortSignal.timeout(REVOKE_WITHIN_MS)),
      );
    } catch {
      // Offline, or over already: the access token ends by itself within minutes.
    }
  }

  async #renew(): Promise<void> {
    const { refreshToken } = this.#tokens;
    if (refreshToken === undefined) throw new UploadError('sign_in_ended');
    const { server, client, audience, options } = this.#issuer;
    const answer = await requestTokens(
      () =>
        oauth.refreshTokenGrantRequest(server, client, oauth.None(), refreshToken, {
          ...options(),
          DPoP: this.#handle,
          additionalParameters: { resource: audience },
        }),
      (response) => oauth.processRefreshTokenResponse(server, client, response),
      'sign_in_ended',
    );
    this.#tokens = readTokens(answer, this.#now(), refreshToken);
  }
}

/** Fails with sign_in_mixed where the token is not bound to our key (RFC 9449 section 5). */
export function readTokens(answer: oauth.TokenEndpointResponse, now: number, formerRefreshToken?: string): Tokens {
  if (answer.token_type !== 'dpop') throw new UploadError('sign_in_mixed');
  return {
    accessToken: answer.access_token,
    refreshToken: answer.refresh_token ?? formerRefreshToken,
    expiresAt: now + (answer.expires_in ?? DEFAULT_LIFE_S) * 1000,
  };
}

/** An answer that breaks off on the way is none. */
async function whole(response: Response): Promise<Response> {
  const body = await response.arrayBuffer();
  return new Response(body.byteLength > 0 ? body : null, response);
}

/**
 * One exchange with the token endpoint, asked again once when it wants a newer nonce. Fails with broker_down where it
 * did not answer, with `refused` where it said no, with sign_in_mixed where its answer does not hold. No cause is
 * attached: the library's errors carry bodies, and bodies carry tokens.
 */
export async function requestTokens<Answer>(
  send: () => Promise<Response>,
  read: (response: Response) => Promise<Answer>,
  refused: 'sign_in_ended' | 'sign_in_lost',
): Promise<Answer> {
  for (let isSecond = false; ; isSecond = true) {
    let response: Response;
    try {
      response = await whole(await send());
    } catch {
      throw new UploadError('broker_down');
    }
    if (response.status >= 500 || response.status === 429) throw new UploadError('broker_down');
    try {
      return await read(response);
    } catch (error) {
      if (!isSecond && oauth.isDPoPNonceError(error)) continue;
      const isRefusal =
        error instanceof oauth.ResponseBodyError || error instanceof oauth.WWWAuthenticateChallengeError;
      if (isRefusal) throw new UploadError(refused);
      // What is read along with it, the issuer's keys, did not come.
      throw new UploadError(error instanceof TypeError ? 'broker_down' : 'sign_in_mixed');
    }
  }
}
