import { importJWK } from 'jose';
import * as oauth from 'oauth4webapi';
import type { ProviderRecord } from '../../registry/provider-record.ts';
import type { IdentityDeps } from '../ports.ts';
import { boundedFetch, isLoopback, isSafe } from './bounded-fetch.ts';

/** What a sign-in must be (OpenID Connect Core section 3.1.2.1). */
export interface Demand {
  /** Our name of a strength; the provider's record has theirs. */
  readonly acr?: string;
  /** Seconds since the person last proved who they are. */
  readonly maxAge?: number;
}

/** What the broker remembers between leaving for a provider and coming back. */
export interface Journey extends Demand {
  readonly nonce: string;
  readonly verifier: string;
}

/** What our tokens say of the sign-in. */
export interface How {
  /** Seconds since epoch. */
  readonly ts: number;
  readonly acr?: string;
}

/** Whoever names no time may have signed the person in long ago: a call that wants a fresh sign-in asks for one then. */
const LONG_AGO = 1;

/** Metadata are read again after so long, and after a sign-in that failed; keys too where one is unknown. */
const METADATA_MS = 600_000;
/** A provider is not asked for the same thing more often: whoever fails on purpose causes no more than this. */
const AT_MOST_EVERY_MS = 10_000;
/** An ID token is made for the answer it comes with. Seconds. */
const MAX_ID_TOKEN_AGE = 600;

/**
 * The broker as confidential client of one provider. Each has its own metadata, keys and redirect address, so that an
 * answer of one is never taken for another's (RFC 9700 section 4.4.2, RFC 9207).
 */
export class ProviderClient {
  readonly record: ProviderRecord;
  readonly redirectUri: string;
  readonly #deps: IdentityDeps;
  readonly #issuer: URL;
  #metadata: Promise<oauth.AuthorizationServer> | null = null;
  /** Something did not go as its metadata say: it may have moved. */
  #isSuspect = false;
  #readAt = Number.NEGATIVE_INFINITY;
  #keys: oauth.JWKSCacheInput = {};
  #keysReadAt = Number.NEGATIVE_INFINITY;

  constructor(deps: IdentityDeps, record: ProviderRecord) {
    this.#deps = deps;
    this.record = record;
    this.#issuer = new URL(record.issuer);
    this.redirectUri = `${deps.config.publicUrl}/sign-in/provider/${record.id}`;
  }

  /** Where to send the browser. Rejects where the provider cannot be reached or is not who it should be. */
  async authorizeUrl(journey: Journey, state: string, more: Readonly<Record<string, string>>): Promise<string> {
    const authorize = this.#authorizationEndpoint(await this.#server());
    const parameters = {
      client_id: this.record.clientId,
      response_type: 'code',
      redirect_uri: this.redirectUri,
      scope: 'openid email profile',
      state,
      nonce: journey.nonce,
      code_challenge: await oauth.calculatePKCECodeChallenge(journey.verifier),
      code_challenge_method: 'S256',
      ...(journey.acr !== undefined && { acr_values: this.#namesOf(journey.acr).join(' ') }),
      ...(journey.maxAge !== undefined && { max_age: String(journey.maxAge), prompt: 'login' }),
      ...more,
    };
    for (const [name, value] of Object.entries(parameters)) authorize.searchParams.set(name, value);
    return authorize.href;
  }

  /** What the provider says of the person, every claim checked. Rejects as oauth4webapi does. */
  async redeem(url: URL, journey: Journey, state: string): Promise<oauth.IDToken> {
    const server = await this.#server();
    const client = this.#client();
    try {
      const answer = oauth.validateAuthResponse(server, client, url, state);
      const proof = await this.#authentication(server);
      const request = [server, client, proof, answer, this.redirectUri, journey.verifier] as const;
      const response = await oauth.authorizationCodeGrantRequest(...request, this.#options());
      const tokens = await oauth.processAuthorizationCodeResponse(server, client, response, {
        expectedNonce: journey.nonce,
        requireIdToken: true,
        ...(journey.maxAge !== undefined && { maxAge: journey.maxAge }),
      });
      await this.#checkSignature(server, response);
      const claims = oauth.getValidatedIdTokenClaims(tokens);
      const age = this.#deps.now() / 1000 - (claims?.iat ?? Number.NaN);
      if (!claims || !(Math.abs(age) <= MAX_ID_TOKEN_AGE)) throw new Error('the ID token is not of now');
      return typeof claims.email === 'string' ? claims : await this.#withUserinfo(server, claims, tokens.access_token);
    } catch (error) {
      this.#isSuspect ||= !(error instanceof oauth.AuthorizationResponseError);
      throw error;
    }
  }

  /** Null where it is not as strong as was asked. */
  howOf({ acr, auth_time: ts = LONG_AGO }: oauth.IDToken, asked: Demand): How | null {
    if (asked.acr === undefined) return { ts };
    return this.#namesOf(asked.acr).includes(String(acr)) ? { ts, acr: asked.acr } : null;
  }

  #namesOf(acr: string): readonly string[] {
    return this.record.acr?.[acr] ?? [acr];
  }

  #authorizationEndpoint({ authorization_endpoint }: oauth.AuthorizationServer): URL {
    const endpoint = authorization_endpoint ? new URL(authorization_endpoint) : null;
    if (endpoint && isSafe(endpoint)) return endpoint;
    this.#isSuspect = true;
    throw new Error('the provider names no authorization endpoint, or one without TLS');
  }

  /** Some name the address only here. Its subject must be the one of the ID token (OpenID Connect Core section 5.3.2). */
  async #withUserinfo(server: oauth.AuthorizationServer, claims: oauth.IDToken, token: string): Promise<oauth.IDToken> {
    if (!server.userinfo_endpoint) return claims;
    const response = await oauth.userInfoRequest(server, this.#client(), token, this.#options());
    const { email, email_verified, name } = await oauth.processUserInfoResponse(
      server,
      this.#client(),
      claims.sub,
      response,
    );
    return { name, ...claims, email, email_verified };
  }

  async #checkSignature(server: oauth.AuthorizationServer, response: Response): Promise<void> {
    const check = () =>
      oauth.validateApplicationLevelSignature(server, response, {
        ...this.#options(),
        [oauth.jwksCache]: this.#keys,
      });
    try {
      await check();
    } catch (error) {
      const isUnknown = error instanceof oauth.OperationProcessingError && error.code === oauth.KEY_SELECTION;
      if (!isUnknown || this.#deps.now() - this.#keysReadAt <= AT_MOST_EVERY_MS) throw error;
      // The provider may have changed its keys a moment ago: oauth4webapi would look again after a minute.
      this.#keysReadAt = this.#deps.now();
      this.#keys = {};
      await oauth.validateApplicationLevelSignature({ ...server }, response, {
        ...this.#options(),
        [oauth.jwksCache]: this.#keys,
      });
      this.#isSuspect = true;
    }
  }

  /**
   * Read once, and now and then again; the issuer named in it must be the configured one (Discovery section 4.3). Where
   * that fails later, what is known goes on to hold.
   */
  #server(): Promise<oauth.AuthorizationServer> {
    const known = this.#metadata;
    const age = this.#deps.now() - this.#readAt;
    if (known && age < METADATA_MS && !(this.#isSuspect && age > AT_MOST_EVERY_MS)) return known;
    const read = oauth
      .discoveryRequest(this.#issuer, this.#options())
      .then((response) => oauth.processDiscoveryResponse(this.#issuer, response))
      .catch((error) => {
        if (known) return known;
        this.#metadata = null;
        throw error;
      });
    [this.#metadata, this.#readAt, this.#isSuspect] = [read, this.#deps.now(), false];
    return read;
  }

  #client(): oauth.Client {
    return {
      client_id: this.record.clientId,
      [oauth.clockSkew]: Math.round((this.#deps.now() - Date.now()) / 1000),
      [oauth.clockTolerance]: this.#deps.config.times.proofSkew,
    };
  }

  async #authentication(server: oauth.AuthorizationServer): Promise<oauth.ClientAuth> {
    const { clientKey, clientSecret = '' } = this.record;
    if (clientKey) {
      const key = await importJWK(clientKey, clientKey.alg);
      if (key instanceof Uint8Array) throw new Error('a client key is an asymmetric one');
      return oauth.PrivateKeyJwt(clientKey.kid ? { key, kid: clientKey.kid } : { key });
    }
    const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    return methods.includes('client_secret_basic')
      ? oauth.ClientSecretBasic(clientSecret)
      : oauth.ClientSecretPost(clientSecret);
  }

  #options() {
    return {
      [oauth.customFetch]: boundedFetch(this.#deps.config.times.providerAnswer),
      [oauth.allowInsecureRequests]: isLoopback(this.#issuer),
    };
  }
}
