import * as v from 'valibot';
import { ProblemBody } from '../contract/problem-body.ts';
import type { ProblemCode } from '../contract/problems.ts';
import { CollectedSignIn } from '../contract/sign-in.ts';
import { UploadError } from '../errors.ts';
import type { ProvenFetch } from './proven-fetch.ts';

export interface Clock {
  /** ms since epoch */
  now(): number;
  /** Calls back once after `ms`; the answer takes it back. */
  after(ms: number, act: () => void): () => void;
}

export interface ToCollect {
  readonly broker: URL;
  readonly app: string;
  readonly secret: string;
}

/** The broker answers a poll within 20 s; a connection may stand open for ever without an answer. */
const SILENCE_MS = 45_000;
/** An answer that came sooner than this was no long poll: wait before asking again. */
const SHORTEST_POLL_MS = 1000;
const CANCEL_WITHIN_MS = 5000;

/**
 * Asks the broker until the sign-in has come to an end there (decision 4). A lost connection is asked again: the person
 * may be typing a password meanwhile. Fails with sign_in_refused, sign_in_lost or another code of the broker; with
 * `signal.reason` when that is aborted.
 */
export async function collect(
  asked: ToCollect,
  fetch: ProvenFetch,
  clock: Clock,
  signal: AbortSignal,
): Promise<{ code: string; iss: string; state: string }> {
  const url = new URL('/v1/sign-in/collect', asked.broker);
  const init = {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ app: asked.app, secret: asked.secret }),
  };
  for (;;) {
    const begun = clock.now();
    const silence = new AbortController();
    const heard = clock.after(SILENCE_MS, () => silence.abort());
    const until = AbortSignal.any([signal, silence.signal]);
    const answer = await ask(() => fetch(url, { ...init, signal: until }), signal).finally(heard);
    if (answer?.status === 'code') return answer;
    if (answer?.status === 'error') throw new UploadError(codeOf(answer.error));
    const rest = SHORTEST_POLL_MS - (clock.now() - begun);
    if (rest > 0) await pause(rest, clock, signal);
  }
}

/** Tells the broker that nobody waits for this sign-in any more. Best effort: what is parked there ends by itself. */
export async function cancelAtBroker({ broker, app, secret }: ToCollect, fetch: ProvenFetch): Promise<void> {
  const signal = AbortSignal.timeout(CANCEL_WITHIN_MS);
  const init = { method: 'POST', headers: { 'Content-Type': 'application/json' }, signal };
  await fetch(new URL('/v1/sign-in/cancel', broker), { ...init, body: JSON.stringify({ app, secret }) }).catch(
    () => {},
  );
}

/** Null where nobody answered, or the broker could not for now. */
async function ask(send: () => Promise<Response>, signal: AbortSignal): Promise<CollectedSignIn | null> {
  let response: Response;
  let body: unknown;
  try {
    response = await send();
    body = await response.json();
  } catch (cause) {
    if (signal.aborted) throw signal.reason;
    if (cause instanceof UploadError) throw cause;
    return null;
  }
  if (response.status === 429 || response.status >= 500) return null;
  const answer = v.safeParse(CollectedSignIn, body);
  if (response.ok && answer.success) return answer.output;
  const problem = v.safeParse(ProblemBody, body);
  if (!problem.success) throw new UploadError('broker_unexpected');
  throw new UploadError(problem.output.code, { problem: problem.output });
}

/** Codes of ours that a sign-in can end with. */
const OURS: ReadonlySet<string> = new Set<ProblemCode>([
  'sign_in_refused',
  'sign_in_lost',
  'sign_in_ended',
  'stronger_sign_in',
  'not_allowed',
  'clock',
  'app_unknown',
  'app_paused',
  'app_closed',
  'origin_not_allowed',
  'slow_down',
  'internal',
]);

/** RFC 6749 section 4.1.2.1 names errors that people never need to tell apart. */
export function codeOf(error: string): string {
  if (error === 'access_denied') return 'sign_in_refused';
  return OURS.has(error) ? error : 'sign_in_lost';
}

function pause(ms: number, clock: Clock, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      takeBack();
      reject(signal.reason);
    };
    const takeBack = clock.after(ms, () => {
      signal.removeEventListener('abort', stop);
      resolve();
    });
    signal.addEventListener('abort', stop, { once: true });
  });
}
