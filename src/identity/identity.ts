import * as oauth from 'oauth4webapi';
import type { AppDocument } from '../contract/app.ts';
import { UploadError } from '../errors.ts';
import { type Clock, collect } from './collect.ts';
import { findIssuer, type Issuer } from './issuer.ts';
import { makePageKey, type PageKey } from './proof.ts';
import { createProvenFetch, type Fetch, type ProvenFetch } from './proven-fetch.ts';
import { readTokens, requestTokens, Session } from './session.ts';
import type { StartPage } from './start-page.ts';
import { beginTransaction, type Transaction } from './transaction.ts';

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

  constructor(broker: URL, ports: { readonly fetch: Fetch; readonly clock: Clock }) {
    this.#broker = broker;
    this.#ports = ports;
  }

  /**
   * Goes from an opened start page to tokens. Fails with sign_in_cancelled (signal), sign_in_timeout, sign_in_refused,
   * sign_in_lost, sign_in_mixed or broker_down. Whoever was signed in before stays so until it succeeds.
   */
  async signIn(app: AppDocument, page: StartPage, signal: AbortSignal): Promise<Person> {
    const ending = new AbortController();
    const cancel = () => ending.abort(new UploadError('sign_in_cancelled'));
    const takeBack = this.#ports.clock.after(SIGN_IN_MS, () => ending.abort(new UploadError('sign_in_timeout')));
    signal.addEventListener('abort', cancel, { once: true });
    if (signal.aborted) cancel();
    try {
      const person = await this.#exchange(app, page, ending.signal);
      page.forget();
      return person;
    } catch (error) {
      page.close();
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

  /** Sends a request as the person. Fails with sign_in_needed, sign_in_ended, broker_down; else as `fetch` does. */
  readonly fetch: Fetch = async (url, init) => {
    const session = this.#session;
    if (!session || !this.#tools) throw new UploadError('sign_in_needed');
    const { fetch } = await this.#tools;
    const response = await fetch(url, init, await session.accessToken());
    if (!isTokenRefused(response)) return response;
    await session.renew();
    return fetch(url, init, await session.accessToken());
  };

  async #exchange(app: AppDocument, page: StartPage, signal: AbortSignal): Promise<Person> {
    const { key, fetch } = await this.#prepare(app);
    const transaction = await beginTransaction(key.thumbprint);
    signal.throwIfAborted();
    page.give(transaction.handed);
    const [issuer, answer] = await Promise.all([
      findIssuer(this.#broker, app, this.#ports.fetch, signal),
      collect({ broker: this.#broker, app: app.app, secret: transaction.secret }, fetch, this.#ports.clock, signal),
    ]);
    return this.#redeem(issuer, key, transaction, answer);
  }

  async #redeem(
    issuer: Issuer,
    key: PageKey,
    { verifier, handed }: Transaction,
    answer: { code: string; iss: string; state: string },
  ): Promise<Person> {
    const { server, client, redirectUri, audience, options } = issuer;
    // Compares `iss` (RFC 9207) and `state`: an answer of another issuer or another sign-in ends here.
    const callback = oauth.validateAuthResponse(server, client, new URLSearchParams(answer), handed.state);
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
      (response) =>
        oauth.processAuthorizationCodeResponse(server, client, response, {
          expectedNonce: handed.nonce,
          requireIdToken: true,
        }),
      'sign_in_lost',
    );
    const now = () => this.#ports.clock.now();
    this.#session = new Session(issuer, handle, readTokens(tokens, now()), now);
    const claims = oauth.getValidatedIdTokenClaims(tokens);
    if (!claims) throw new UploadError('sign_in_mixed');
    const name = typeof claims.name === 'string' ? claims.name : '';
    this.#person = { id: claims.sub, name, scopes: tokens.scope?.split(' ') ?? [] };
    return this.#person;
  }

  /** One key for the life of the page, and one memory for the broker's nonces. */
  #prepare(app: AppDocument) {
    this.#tools ??= makePageKey().then((key) => ({
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

function isTokenRefused(response: Response): boolean {
  return response.status === 401 && /error="?invalid_token"?/.test(response.headers.get('WWW-Authenticate') ?? '');
}

/** The library's errors may quote what they judged; ours name a code. */
function plain(error: unknown): UploadError {
  if (error instanceof UploadError) return error;
  return new UploadError(error instanceof TypeError ? 'broker_down' : 'sign_in_mixed');
}
