import type { ProblemBody, ProblemCode } from './contract/problems.ts';

/** What may go wrong on this side of the wire, where no broker answered. */
export type LocalCode =
  | 'offline'
  | 'broker_down'
  | 'broker_unexpected'
  | 'store_unreachable'
  | 'popup_blocked'
  | 'sign_in_cancelled'
  | 'sign_in_timeout'
  | 'sign_in_mixed'
  /** The browser keeps nothing for this page, so it cannot leave and come back. */
  | 'sign_in_unkept'
  | 'old_version'
  | 'link_cut'
  | 'cancelled'
  /** Another tab took this upload over. */
  | 'elsewhere';

export type ErrorCode = ProblemCode | LocalCode;

/**
 * The one error of this package. `code` is what to switch on; the evidence is in `cause` and `problem`.
 * The message is the code: it never holds a URL, a token, a name or a body.
 */
export class UploadError extends Error {
  override readonly name = 'UploadError';
  readonly code: ErrorCode | (string & {});
  /** The broker's own body, when a broker answered. */
  readonly problem: ProblemBody | undefined;
  /** From `Retry-After`, in milliseconds. */
  readonly retryAfterMs: number | undefined;

  constructor(
    code: ErrorCode | (string & {}),
    options: { cause?: unknown; problem?: ProblemBody | undefined; retryAfterMs?: number | undefined } = {},
  ) {
    super(code, 'cause' in options ? { cause: options.cause } : undefined);
    this.code = code;
    this.problem = options.problem;
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** What was caught, as the error of this package: a foreign one becomes `code`, and its cause. */
export function asUploadError(caught: unknown, code: ErrorCode): UploadError {
  return caught instanceof UploadError ? caught : new UploadError(code, { cause: caught });
}
