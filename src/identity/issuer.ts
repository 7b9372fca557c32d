import * as oauth from 'oauth4webapi';
import type { AppDocument } from '../contract/app.ts';
import { UploadError } from '../errors.ts';
import type { Fetch } from './proven-fetch.ts';

/** The broker's own issuer, as its metadata describe it, with what oauth4webapi wants at each call. */
export interface Issuer {
  readonly server: oauth.AuthorizationServer;
  readonly client: oauth.Client;
  readonly redirectUri: string;
  readonly audience: string;
  options(signal?: AbortSignal): RequestOptions;
}

interface RequestOptions {
  [oauth.customFetch]: (url: string, init: Request) => Promise<Response>;
  [oauth.allowInsecureRequests]?: boolean;
  signal?: AbortSignal;
}

/** The part of oauth4webapi's request that all its calls share. */
interface Request {
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly redirect: 'manual';
  readonly body?: URLSearchParams | undefined;
  readonly signal?: AbortSignal;
}

/** An issuer that is silent for so long is away: a connection may stand open for ever without an answer. */
const ANSWER_MS = 30_000;

/**
 * Reads `{issuer}/.well-known/openid-configuration`. Fails with sign_in_mixed where the app document names an issuer
 * that is not the broker's, or the issuer names an address that is not its own: codes and tokens go nowhere else.
 */
export async function findIssuer(broker: URL, app: AppDocument, fetch: Fetch, signal: AbortSignal): Promise<Issuer> {
  const issuer = new URL(app.issuer);
  if (issuer.origin !== broker.origin) throw new UploadError('sign_in_mixed');
  const options = (until?: AbortSignal): RequestOptions => ({
    signal: AbortSignal.any([AbortSignal.timeout(ANSWER_MS), ...(until ? [until] : [])]),
    [oauth.customFetch]: (url, init) => fetch(new URL(url), { ...init, body: init.body ?? null, credentials: 'omit' }),
    ...(isLoopback(issuer) && { [oauth.allowInsecureRequests]: true }),
  });
  const response = await oauth.discoveryRequest(issuer, options(signal));
  if (response.status >= 500 || response.status === 429) throw new UploadError('broker_down');
  const server = await oauth.processDiscoveryResponse(issuer, response);
  for (const endpoint of [server.token_endpoint, server.revocation_endpoint, server.jwks_uri]) {
    if (endpoint !== undefined && new URL(endpoint).origin !== broker.origin) throw new UploadError('sign_in_mixed');
  }
  // RFC 9700 section 2.1.1: one that does not name S256 might let a code go without its verifier.
  if (!server.code_challenge_methods_supported?.includes('S256')) throw new UploadError('sign_in_mixed');
  return {
    server,
    client: { client_id: app.app, id_token_signed_response_alg: 'ES256' },
    redirectUri: new URL('/sign-in/callback', broker).href,
    audience: app.audience,
    options,
  };
}

/** Plain http never leaves this machine: the demo runs there (W3C Secure Contexts section 3.1). */
function isLoopback(url: URL): boolean {
  return url.protocol === 'http:' && /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(url.hostname);
}
