import type { SignInTransaction } from '../contract/sign-in.ts';
import type { ProvenFetch } from './proven-fetch.ts';

/** How a transaction comes to where the person signs in: through a window, or by a code that they type. */
export interface SignInWay {
  give(transaction: SignInTransaction, call: ProvenFetch, signal: AbortSignal): void | Promise<void>;
  /** The sign-in is through. */
  forget(): void;
  /** It has come to nothing. */
  close(): void;
}
