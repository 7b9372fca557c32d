import type { Context } from 'hono';
import type { Caller } from './deps.ts';

/** What a route may read from its context. */
export interface Variables {
  requestId: string;
  /** After `requireToken`. */
  caller: Caller;
  /** After `requireProof` and `requireRecipient`: RFC 7638 thumbprint of the key that signed the proof. */
  jkt: string;
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
