import * as oauth from 'oauth4webapi';
import type { AppDocument } from '../contract/app.ts';
import type { AuthenticationDemand } from '../contract/sign-in.ts';
import { UploadError } from '../errors.ts';
import { type Clock, cancelAtBroker, codeOf, collect } from './collect.ts';
import { demandOf } from './demand.ts';
import { findIssuer, type Issuer } from './issuer.ts';
import { makePageKey, type PageKey, pageKeyOf } from './proof.ts';
import { createProvenFetch, type Fetch, type ProvenFetch } from './proven-fetch.ts';
import type { RoundTrip } from './round-trip.ts';
import { readTokens, requestTokens, Session } from './session.ts';
import { beginTransaction, type Transaction } from './transaction.ts';
import type { SignInWay } from './way.ts';

export interface Person {
  /** The opaque `sub` of the tokens. */
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly string[];
}

/** From the opening of the window to the end (decision 4); the broker keeps the transaction as long. */
const SIGN_IN_MS = 600_000;

/** Who is signed in on this page. Its `fetch` signs requests; nothing else of the token is given to anyone. */
export class BrokerIdentity {
  readonly #broker: URL;
  readonly #ports: { readonly fetch: Fetch; readonly clock: Clock };
  #nonce: string | undefined;
  #tools: Promise<{ key: PageKey; fetch: ProvenFetch }> | null = null;
  #session: Session | null = null;
  #person: Person | null = null;
  #demand: AuthenticationDemand = {};

  constructor(broker: URL, ports: { readonly fetch: Fetch; readonly clock: Clock }) {
    this.#broker = broker;
    this.#ports = ports;
  }

  /**
   * Goes from an opened start page, or another way, to tokens. Fails with sign_in_cancelled (signal), sign_in_timeout,
   * sign_in_refused, sign_in_lost, sign_in_mixed or broker_down. Whoever was signed in before stays so until it succeeds.
   */
  async signIn(app: AppDocument, way: SignInWay, signal: AbortSignal): Promise<Person> {
    try {
      const person = await this.#inTime(signal, (until) => this.#exchange(app, way, until));
      way.forget();
      return person;
    } catch (error) {
      way.close();
      throw error;
    }
  }

  /** Ends a sign-in for which the page itself went away: `answer` is what the broker sent it back with. Fails as `signIn`. */
  comeBack(app: AppDocument, trip: RoundTrip, answer: URLSearchParams, signal: AbortSignal): Promise<Person> {
    return this.#inTime(signal, async (until) => {
      if (trip.until <= this.#ports.clock.now()) throw new UploadError('sign_in_lost');
      const [{ key }, issuer] = await Promise.all([
        this.#prepare(app, pageKeyOf(trip.pair)),
        findIssuer(this.#broker, app, this.#ports.fetch, until),
      ]);
      return this.#redeem(issuer, key, trip, answer);
    });
  }

  async #inTime(signal: AbortSignal, act: (until: AbortSignal) => Promise<Person>): Promise<Person> {
    const ending = new AbortController();
    const cancel = () => ending.abort(new UploadError('sign_in_cancelled'));
    const takeBack = this.#ports.clock.after(SIGN_IN_MS, () => ending.abort(new UploadError('sign_in_timeout')));
    signal.addEventListener('abort', cancel, { once: true });
    if (signal.aborted) cancel();
    try {
      return await act(ending.signal);
    } catch (error) {
      const reason = ending.signal.aborted ? ending.signal.reason : plain(error);
      ending.abort(); // The long poll may still stand.
      throw reason;
    } finally {
      takeBack();
      signal.removeEventListener('abort', cancel);
    }
  }

  /** Whoever signed in last on this page and did not sign out. */
  get person(): Person | null {
    return this.#person;
  }

  async signOut(): Promise<void> {
    const session = this.#session;
    this.#session = null;
    this.#person = null;
    await session?.revoke();
  }

  /** What the next sign-in must be: what a refused call asked for, until somebody has signed in so. */
  get demand(): AuthenticationDemand {
    return this.#demand;
  }

  /**
   * Sends a request as the person. Fails with sign_in_needed, sign_in_ended, stronger_sign_in, broker_down; else as
   * `fetch` does.
   */
  readonly fetch: Fetch = async (url, init) => {
    const session = this.#session;
    if (!session || !this.#tools) throw new UploadError('sign_in_needed');
    const { fetch } = await this.#tools;
    const response = await fetch(url, init, await session.accessToken());
    if (!isTokenRefused(response)) return this.#heedDemand(response);
    await session.renew();
    return this.#heedDemand(await fetch(url, init, await session.accessToken()));
  };

  /** RFC 9470: the same token would be refused again, so a new sign-in is what helps. */
  #heedDemand(response: Response): Response {
    const demand = demandOf(response);
    if (!demand) return response;
    this.#demand = demand;
    throw new UploadError('stronger_sign_in');
  }

  async #exchange(app: AppDocument, way: SignInWay, signal: AbortSignal): Promise<Person> {
    const { key, fetch } = await this.#prepare(app);
    const transaction = await beginTransaction(key.thumbprint, this.#demand);
    signal.throwIfAborted();
    const { verifier, secret, handed } = transaction;
    const mine = { broker: this.#broker, app: app.app, secret };
    try {
      await way.give(handed, fetch, signal);
      const [issuer, answer] = await Promise.all([
        findIssuer(this.#broker, app, this.#ports.fetch, signal),
        collect(mine, fetch, this.#ports.clock, signal),
      ]);
      const { state, nonce } = handed;
      return await this.#redeem(issuer, key, { verifier, state, nonce }, new URLSearchParams(answer));
    } catch (error) {
      if (signal.aborted) void cancelAtBroker(mine, fetch);
      throw error;
    }
  }

  async #redeem(
    issuer: Issuer,
    key: PageKey,
    { verifier, state, nonce }: Expected,
    answer: URLSearchParams,
  ): Promise<Person> {
    const { server, client, redirectUri, audience, options } = issuer;
    // Compares `iss` (RFC 9207) and `state`: an answer of another issuer or another sign-in ends here.
    const callback = validated(server, client, answer, state);
    const handle = oauth.DPoP(client, key.pair, {
      // Issuer and API share their nonces: what the API gave last saves the round trip that asks for one.
      [oauth.modifyAssertion]: (_header, proof) => {
        proof.nonce ??= this.#nonce;
      },
    });
    const tokens = await requestTokens(
      () =>
        oauth.authorizationCodeGrantRequest(server, client, oauth.None(), callback, redirectUri, verifier, {
          ...options(),
          DPoP: handle,
          additionalParameters: { resource: audience },
        }),
      async (response) => {
        const read = await oauth.processAuthorizationCodeResponse(server, client, response, {
          expectedNonce: nonce,
          requireIdToken: true,
        });
        await oauth.validateApplicationLevelSignature(server, response, options());
        return read;
      },
      'sign_in_lost',
    );
    const now = () => this.#ports.clock.now();
    const held = readTokens(tokens, now());
    const claims = oauth.getValidatedIdTokenClaims(tokens);
    if (!claims) throw new UploadError('sign_in_mixed');
    this.#session = new Session(issuer, handle, held, now);
    const name = typeof claims.name === 'string' ? claims.name : '';
    this.#demand = {};
    this.#person = { id: claims.sub, name, scopes: tokens.scope?.split(' ') ?? [] };
    return this.#person;
  }

  /** One key for the life of the page, and one memory for the broker's nonces. */
  #prepare(app: AppDocument, given?: Promise<PageKey>) {
    this.#tools ??= (given ?? makePageKey()).then((key) => ({
      key,
      fetch: createProvenFetch(
        this.#broker.origin,
        key,
        {
          fetch: this.#ports.fetch,
          now: () => this.#ports.clock.now(),
          onNonce: (nonce) => {
            this.#nonce = nonce;
          },
        },
        app.dpop_nonce,
      ),
    }));
    return this.#tools;
  }
}

/** What a sign-in must come back with, and what its code is redeemed with. */
type Expected = Pick<Transaction, 'verifier'> & Pick<Transaction['handed'], 'state' | 'nonce'>;

/** The library throws the errors of the issuer too; they are told like those that the broker parked. */
function validated(server: oauth.AuthorizationServer, client: oauth.Client, answer: URLSearchParams, state: string) {
  try {
    return oauth.validateAuthResponse(server, client, answer, state);
  } catch (error) {
    throw error instanceof oauth.AuthorizationResponseError ? new UploadError(codeOf(error.error)) : error;
  }
}

function isTokenRefused(response: Response): boolean {
  return response.status === 401 && /error="?invalid_token"?/.test(response.headers.get('WWW-Authenticate') ?? '');
}

/** The library's errors may quote what they judged; ours name a code. */
function plain(error: unknown): UploadError {
  if (error instanceof UploadError) return error;
  return new UploadError(error instanceof TypeError ? 'broker_down' : 'sign_in_mixed');
}
