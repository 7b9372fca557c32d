import * as v from 'valibot';
import { ProblemBody } from '../contract/problem-body.ts';
import { SignInCode, type SignInTransaction } from '../contract/sign-in.ts';
import { UploadError } from '../errors.ts';
import type { ProvenFetch } from './proven-fetch.ts';
import type { SignInWay } from './way.ts';

/** What the person types, and where. */
export interface ShownCode {
  readonly code: string;
  readonly address: string;
  /** ms since epoch */
  readonly until: number;
}

/** Where no window can open: the person signs in on another page or device (RFC 8628 is the model), the code is bound like any. */
export class CodeWay implements SignInWay {
  readonly #broker: URL;
  readonly #app: string;
  readonly #now: () => number;
  readonly #show: (shown: ShownCode) => void;

  constructor(broker: URL, app: string, now: () => number, show: (shown: ShownCode) => void) {
    this.#broker = broker;
    this.#app = app;
    this.#now = now;
    this.#show = show;
  }

  async give(transaction: SignInTransaction, call: ProvenFetch, signal: AbortSignal): Promise<void> {
    const response = await call(new URL('/v1/sign-in/code', this.#broker), {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ app: this.#app, ...transaction }),
      signal,
    });
    const body: unknown = await response.json().catch(() => null);
    const made = v.safeParse(SignInCode, body);
    if (!response.ok || !made.success) throw refusal(response, body);
    const { user_code: code, address, expires_in } = made.output;
    if (new URL(address).origin !== this.#broker.origin) throw new UploadError('sign_in_mixed');
    this.#show({ code, address, until: this.#now() + expires_in * 1000 });
  }

  forget(): void {}

  close(): void {}
}

function refusal(response: Response, body: unknown): UploadError {
  if (response.status >= 500) return new UploadError('broker_down');
  const problem = v.safeParse(ProblemBody, body);
  if (!problem.success) return new UploadError('broker_unexpected');
  return new UploadError(problem.output.code, { problem: problem.output });
}
