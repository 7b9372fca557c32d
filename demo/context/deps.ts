import type { Storage } from '../bucket/storage.ts';
import type { IdentityDeps } from '../identity/ports.ts';
import type { Config } from './config.ts';
import type { Jobs } from './jobs.ts';

/** What handlers are given as their first argument. Everything outside (time too) comes through here. */
export interface Deps extends IdentityDeps {
  readonly config: Config;
  readonly storage: Storage;
  readonly jobs: Jobs;
}
