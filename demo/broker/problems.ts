import { PROBLEMS, type ProblemBody, type ProblemCode, type ProblemFigures } from '../../src/contract/index.ts';

export { Problem } from '../problem.ts';

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
