/** Metadata of the largest providers have 10 kB, their keys 20 kB. */
const MAX_ANSWER = 256 * 1024;

interface Request {
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body?: unknown;
  readonly redirect: 'manual';
}

/**
 * How the broker asks a provider: an answer must be there, whole, within `seconds`, is read up to 256 KiB, and no redirect
 * is followed. Plain http goes to this machine only.
 */
export function boundedFetch(seconds: number): (url: string, init: Request) => Promise<Response> {
  return async (url, { method, headers, body }) => {
    if (!isSafe(new URL(url))) throw new Error('a provider is asked over https');
    const response = await fetch(url, {
      method,
      headers,
      redirect: 'manual',
      signal: AbortSignal.timeout(seconds * 1000),
      ...(body instanceof URLSearchParams && { body }),
    });
    const pieces: Uint8Array[] = [];
    let size = 0;
    for await (const piece of (response.body ?? []) as AsyncIterable<Uint8Array>) {
      size += piece.byteLength;
      if (size > MAX_ANSWER) throw new Error('the answer of a provider is too large');
      pieces.push(piece);
    }
    return new Response(size > 0 ? Buffer.concat(pieces) : null, {
      status: response.status,
      headers: response.headers,
    });
  };
}

export const isLoopback = ({ hostname }: URL): boolean => /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname);
export const isSafe = (url: URL): boolean => url.protocol === 'https:' || isLoopback(url);
