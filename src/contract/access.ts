import * as v from 'valibot';
import { Id } from './values.ts';

/** `POST /v1/access/end`: what one person has at this app, or everybody. */
export const EndAccess = v.union([v.strictObject({ person: Id }), v.strictObject({ everybody: v.literal(true) })]);
export type EndAccess = v.InferOutput<typeof EndAccess>;

const Count = v.pipe(v.number(), v.integer(), v.minValue(0));
export const EndedAccess = v.object({ sign_ins: Count, links: Count, uploads: Count, ms: Count });
export type EndedAccess = v.InferOutput<typeof EndedAccess>;
