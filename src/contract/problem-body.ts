import * as v from 'valibot';

/** The figures that the words of a problem may need. Bytes are bytes, times are ISO 8601. */
export const ProblemFigures = v.partial(
  v.object({
    limit: v.number(),
    size: v.number(),
    rest: v.number(),
    tries_left: v.number(),
    /** That a clock is off by. */
    minutes: v.number(),
    until: v.pipe(v.string(), v.isoTimestamp()),
    named: v.string(),
    found: v.string(),
    /** Of a picture, in pixels. */
    width: v.number(),
    height: v.number(),
    /** Which of several sentences of one code: see src/policy/violation.ts. */
    why: v.string(),
  }),
);
export type ProblemFigures = v.InferOutput<typeof ProblemFigures>;

/** RFC 9457 body, `application/problem+json`. `code` is a plain string here, because a newer broker may know more codes. */
export const ProblemBody = v.object({
  type: v.string(),
  title: v.string(),
  status: v.number(),
  code: v.string(),
  remedy: v.object({ person: v.string(), owner: v.string() }),
  help: v.optional(v.string()),
  request_id: v.optional(v.string()),
  reference: v.optional(v.string()),
  figures: v.optional(ProblemFigures),
});
export type ProblemBody = v.InferOutput<typeof ProblemBody>;
