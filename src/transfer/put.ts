import { readRetryAfter } from '../contract/retry-after.ts';
import { headersToSet, type PostGrant, type PutGrant } from '../contract/uploads.ts';
import type { Clock, Put, PutOutcome, PutWatcher } from './ports.ts';

/** People are told after this long without a byte; then the request is cut and made again. */
const SLOW_MS = 10_000;
export const STALLED_MS = 30_000;

/** Sends a grant's request by what serves it best: a PUT tells its progress, a form needs no preflight. */
export function createPut(clock: Clock): Put {
  return (grant, body, watcher, signal) =>
    grant.method === 'PUT'
      ? sendPut(clock, grant, body, watcher, signal)
      : sendForm(clock, grant, body, watcher, signal);
}

/** By XMLHttpRequest: `fetch` tells no upload progress. */
function sendPut(clock: Clock, grant: PutGrant, body: Blob, watcher: PutWatcher, signal: AbortSignal) {
  return new Promise<PutOutcome>((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const request = open(grant);
    const quiet = watchQuiet(clock, watcher.slow, () => request.abort());
    const stop = () => request.abort();
    const end = (act: () => void) => () => {
      quiet.end();
      signal.removeEventListener('abort', stop);
      act();
    };
    signal.addEventListener('abort', stop, { once: true });
    request.upload.onprogress = ({ loaded }) => {
      quiet.heard();
      watcher.sent(loaded);
    };
    request.onload = end(() => {
      // Storage may hide the header from pages; asking for it in vain would write to the console.
      const isTold = /^retry-after:/im.test(request.getAllResponseHeaders());
      resolve(outcomeOf(request.status, isTold ? request.getResponseHeader('Retry-After') : null, clock));
    });
    request.onerror = end(() => resolve({ kind: 'lost' }));
    request.onabort = end(() => (signal.aborted ? reject(signal.reason) : resolve({ kind: 'lost' })));
    request.send(body);
  });
}

/**
 * By `fetch`: without an upload listener a form is a simple request. So nobody hears of its bytes before the answer, and
 * the whole of it has as long as a PUT may be silent.
 */
async function sendForm(clock: Clock, grant: PostGrant, body: Blob, watcher: PutWatcher, signal: AbortSignal) {
  signal.throwIfAborted();
  const cutting = new AbortController();
  const stop = () => cutting.abort();
  signal.addEventListener('abort', stop, { once: true });
  const quiet = watchQuiet(clock, watcher.slow, stop);
  try {
    const response = await fetch(grant.url, { method: 'POST', body: formOf(grant, body), signal: cutting.signal });
    const outcome = outcomeOf(response.status, response.headers.get('Retry-After'), clock);
    if (outcome.kind === 'stored') watcher.sent(body.size);
    response.body?.cancel().catch(() => {}); // Nobody reads it, and the connection is free for the next.
    return outcome;
  } catch {
    signal.throwIfAborted();
    return { kind: 'lost' } as const;
  } finally {
    quiet.end();
    signal.removeEventListener('abort', stop);
  }
}

function formOf({ fields }: PostGrant, body: Blob): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  // The storage takes nothing that comes after it. A name of its own would only tell what the file is called.
  form.append('file', body, 'file');
  return form;
}

function open(grant: PutGrant): XMLHttpRequest {
  const request = new XMLHttpRequest();
  request.open(grant.method, grant.url);
  for (const [name, value] of Object.entries(headersToSet(grant))) request.setRequestHeader(name, value);
  return request;
}

function outcomeOf(status: number, retryAfter: string | null, clock: Clock): PutOutcome {
  if (status >= 200 && status < 300) return { kind: 'stored' };
  if (status !== 408 && status !== 429 && status < 500) return { kind: 'refused', status };
  return { kind: 'busy', retryAfterMs: readRetryAfter(retryAfter, clock.now()) };
}

function watchQuiet(clock: Clock, tell: (isSlow: boolean) => void, cut: () => void) {
  let isSlow = false;
  let takeBack = () => {};
  const begin = () => {
    takeBack = clock.after(SLOW_MS, () => {
      isSlow = true;
      tell(true);
      takeBack = clock.after(STALLED_MS - SLOW_MS, cut);
    });
  };
  const end = () => {
    takeBack();
    if (isSlow) tell(false);
    isSlow = false;
  };
  begin();
  return {
    heard: () => {
      end();
      begin();
    },
    end,
  };
}
