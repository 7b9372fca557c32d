import type { Template } from '../../src/contract/index.ts';
import type { Storage } from '../bucket/storage.ts';
import type { AppRecord, Config } from './config.ts';
import type { Database } from './db/index.ts';
import type { Jobs } from './jobs.ts';
import type { Keys } from './keys.ts';
import type { Log } from './log.ts';
import type { Proofs } from './proofs.ts';

/** What handlers are given as their first argument. Everything outside (time too) comes through here. */
export interface Deps {
  readonly config: Config;
  readonly db: Database;
  readonly storage: Storage;
  readonly jobs: Jobs;
  readonly keys: Keys;
  readonly proofs: Proofs;
  readonly log: Log;
  /** ms since epoch */
  readonly now: () => number;
  readonly registry: Registry;
}

export interface RegisteredApp {
  readonly record: AppRecord;
  readonly template: Template;
  /** SHA-256 of the template's JSON, base64. */
  readonly templateSha256: string;
}

export interface Registry {
  /** Fails with the problem app_unknown. */
  app(id: string): RegisteredApp;
  find(id: string): RegisteredApp | undefined;
  all(): readonly RegisteredApp[];
}

/** Who is calling: from the verified token alone, never from a body or header. */
export interface Caller {
  readonly tenant: string;
  readonly app: RegisteredApp;
  readonly person: string;
  readonly scopes: ReadonlySet<string>;
}
