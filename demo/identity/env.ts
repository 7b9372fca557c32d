import type { Context } from 'hono';
import type { Caller } from './ports.ts';

/** What a route may read from its context. */
export interface IdentityVariables {
  requestId: string;
  /** After `requireToken`. */
  caller: Caller;
  /** After `requireProof`, `requireToken` and a recipient's token: RFC 7638 thumbprint of the key that signed the proof. */
  jkt: string;
}
export interface IdentityEnv {
  Variables: IdentityVariables;
}
export type Ctx = Context<IdentityEnv>;
