import type { CodeLimits } from '../base/code-law.ts';
import type { Log } from '../base/log.ts';
import type { Database, Transaction } from '../database/index.ts';
import type { ProviderRecord } from '../registry/provider-record.ts';
import type { RegisteredApp, Registry } from '../registry/registry.ts';
import type { CallLimits } from './call-limits.ts';
import type { Keys } from './keys.ts';
import type { Proofs } from './proofs.ts';

/** What everything in this room is given as its first argument. Everything outside (time too) comes through here. */
export interface IdentityDeps {
  readonly config: {
    /** Where the broker is reached, without a slash at the end. Origin of issuer, audience, pages. */
    readonly publicUrl: string;
    readonly providers: readonly ProviderRecord[];
    readonly times: IdentityTimes;
    readonly codes: CodeLimits;
  };
  readonly db: Database;
  readonly keys: Keys;
  readonly proofs: Proofs;
  readonly registry: Registry;
  readonly limits: CallLimits;
  /** Lent: the mail with a guest's code goes out by the queue, which asks `mintGuestCode` for what to send. */
  readonly jobs: {
    send(tx: Transaction, name: 'guest-mail', payload: { readonly id: string }): Promise<void>;
    wake(name: 'guest-mail'): void;
  };
  readonly log: Log;
  /** ms since epoch */
  readonly now: () => number;
}

/** Seconds. */
export interface IdentityTimes {
  readonly accessToken: number;
  readonly refreshToken: number;
  /** Of exchanged tokens: where nothing is asked, and the longest that may be. */
  readonly exchangeShortest: number;
  readonly exchangeLongest: number;
  readonly signIn: number;
  readonly collectPoll: number;
  readonly proofSkew: number;
  /** How long one answer of a provider is waited for. */
  readonly providerAnswer: number;
  /** That a key signs, before the next one does. */
  readonly keyLife: number;
  /** Of a code that went out by mail, and of the pause after too many wrong ones. */
  readonly code: number;
  readonly codePause: number;
}

/** Who is calling: from the verified token alone, never from a body or header. */
export interface Caller {
  readonly tenant: string;
  readonly app: RegisteredApp;
  readonly person: string;
  readonly scopes: ReadonlySet<string>;
  /** What an exchanged token was made for; null where it reaches all that its scopes reach. */
  readonly within: Reach | null;
  /** Seconds that anything may live at present; null where nobody cut lives. */
  readonly lifeCap: number | null;
}

/** Ids that a token is limited to: what is in these folders, and these uploads. */
export interface Reach {
  readonly folders: readonly string[];
  readonly uploads: readonly string[];
}
