import type * as v from 'valibot';
import type { Scope } from '../scopes.ts';

/** One call as data. */
export interface RouteFacts {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly summary: string;
  /** `none`: anyone · `proof`: a DPoP proof alone · `token`: access token and proof · `recipient`: recipient token and proof */
  readonly auth: 'none' | 'proof' | 'token' | 'recipient';
  readonly scope?: Scope;
  /** It keeps to the folders and uploads that a token was narrowed to; other calls refuse such a token. */
  readonly keeps_within?: true;
  readonly request?: v.GenericSchema;
  readonly response?: v.GenericSchema;
  readonly status: 200 | 201 | 204;
  /** It takes an Idempotency-Key: always, or where the caller sends one. */
  readonly idempotent?: true | 'optional';
}
