import type { Context } from 'hono';
import type { IdentityVariables } from '../identity/env.ts';

/** What a route may read from its context. */
export interface Variables extends IdentityVariables {
  /** After `requireRecipient`. */
  recipient: RecipientCaller;
}
export interface Env {
  Variables: Variables;
}
export type Ctx = Context<Env>;

export interface RecipientCaller {
  /** Id of the one link this token opens. */
  readonly link: string;
  /** SHA-256 of the token: the primary key of its session. */
  readonly session: Uint8Array;
  readonly jkt: string;
}
