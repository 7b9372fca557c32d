import { PROBLEMS, type ProblemBody, type ProblemCode, type ProblemFigures } from '../../src/contract/index.ts';

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

/** The RFC 9457 body of a code. */
export function problemBody(
  code: ProblemCode,
  more: { figures?: ProblemFigures | undefined; requestId?: string; reference?: string } = {},
): ProblemBody {
  const { status, person, owner } = PROBLEMS[code];
  return {
    type: `urn:secure-upload:problem:${code}`,
    title: person,
    status,
    code,
    remedy: { person, owner },
    ...(more.figures && { figures: more.figures }),
    ...(more.requestId && { request_id: more.requestId }),
    ...(more.reference && { reference: more.reference }),
  };
}
