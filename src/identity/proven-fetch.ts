import { UploadError } from '../errors.ts';
import { type PageKey, signProof } from './proof.ts';

/** `fetch`, or what stands for it in a test. */
export type Fetch = (url: URL, init: RequestInit) => Promise<Response>;

/** Sends one request with a proof by the page's key; with a token, as `Authorization: DPoP` (RFC 9449 section 7.1). */
export type ProvenFetch = (url: URL, init: RequestInit, accessToken?: string) => Promise<Response>;

export interface ProvenFetchPorts {
  readonly fetch: Fetch;
  /** ms since epoch */
  readonly now: () => number;
  /** Told of each nonce that the origin gives. */
  readonly onNonce?: (nonce: string) => void;
}

/** Of one request. The answer to the second may get lost like that to the first. */
const PROOFS = 3;

/**
 * Requests to one origin only: a proof or token never leaves for another. Keeps the newest nonce the origin gave, and
 * asks again once when the origin wants a newer one (RFC 9449 section 9), and twice when it wants another proof: where a
 * kept connection ends before its answer, browsers send a request once more by themselves, with the proof that was used
 * (RFC 9110 section 9.2.2 forbids it for a POST, Chromium does it). Fails with broker_unexpected for a foreign address.
 */
export function createProvenFetch(
  origin: string,
  key: PageKey,
  ports: ProvenFetchPorts,
  firstNonce?: string | undefined,
): ProvenFetch {
  let nonce = firstNonce;

  const send = async (url: URL, init: RequestInit, accessToken: string | undefined): Promise<Response> => {
    const method = init.method ?? 'GET';
    const headers = new Headers(init.headers);
    headers.set('DPoP', await signProof(key, { method, url, now: ports.now(), nonce, accessToken }));
    if (accessToken !== undefined) headers.set('Authorization', `DPoP ${accessToken}`);
    // A redirect would carry the headers elsewhere; the broker's calls have none.
    const { credentials = 'omit' } = init;
    const response = await ports.fetch(url, { ...init, headers, credentials, redirect: 'error' });
    const given = response.headers.get('DPoP-Nonce');
    if (given !== null) {
      nonce = given;
      ports.onNonce?.(given);
    }
    return response;
  };

  return async (url, init, accessToken) => {
    if (url.origin !== origin) throw new UploadError('broker_unexpected');
    let response = await send(url, init, accessToken);
    for (let more = PROOFS - 1; more > 0 && isError(response, 'invalid_dpop_proof'); more -= 1) {
      response = await send(url, init, accessToken);
    }
    return wantsNonce(response) ? send(url, init, accessToken) : response;
  };
}

const wantsNonce = (response: Response): boolean =>
  response.headers.has('DPoP-Nonce') && isError(response, 'use_dpop_nonce');

function isError(response: Response, error: string): boolean {
  const said = response.headers.get('WWW-Authenticate') ?? '';
  return response.status === 401 && /error="?(\w+)"?/.exec(said)?.[1] === error;
}
