import { readRetryAfter } from '../contract/retry-after.ts';
import { type Grant, headersToSet } from '../contract/uploads.ts';
import type { Clock, Put } from './ports.ts';

/** People are told after this long without a byte; then the request is cut and made again. */
export const SLOW_MS = 10_000;
export const STALLED_MS = 30_000;

/** PUT by XMLHttpRequest: `fetch` tells no upload progress. */
export function createPut(clock: Clock): Put {
  return (grant, body, watcher, signal) =>
    new Promise((resolve, reject) => {
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
        const { status } = request;
        if (status >= 200 && status < 300) resolve({ kind: 'stored' });
        else if (status === 408 || status === 429 || status >= 500)
          resolve({ kind: 'busy', retryAfterMs: retryAfter(request, clock.now()) });
        else resolve({ kind: 'refused', status });
      });
      request.onerror = end(() => resolve({ kind: 'lost' }));
      request.onabort = end(() => (signal.aborted ? reject(signal.reason) : resolve({ kind: 'lost' })));
      request.send(body);
    });
}

function open(grant: Grant): XMLHttpRequest {
  const request = new XMLHttpRequest();
  request.open(grant.method, grant.url);
  for (const [name, value] of Object.entries(headersToSet(grant))) request.setRequestHeader(name, value);
  return request;
}

/** Storage may hide the header from pages; then the usual schedule applies. */
function retryAfter(request: XMLHttpRequest, now: number): number | undefined {
  if (!/^retry-after:/im.test(request.getAllResponseHeaders())) return undefined;
  return readRetryAfter(request.getResponseHeader('Retry-After'), now);
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
