import type { ProblemCode, ProblemFigures } from '../src/contract/index.ts';

/** Thrown anywhere in broker and bucket; one `onError` turns it into `application/problem+json`. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly figures: ProblemFigures | undefined;
  /** For the log alone; never sent. */
  override readonly cause: unknown;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    code: ProblemCode,
    options: { figures?: ProblemFigures; cause?: unknown; headers?: Record<string, string> } = {},
  ) {
    super(code);
    this.name = 'Problem';
    this.code = code;
    this.figures = options.figures;
    this.cause = options.cause;
    this.headers = options.headers ?? {};
  }
}
