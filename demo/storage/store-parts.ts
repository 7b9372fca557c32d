import type { Credentials } from './authenticate.ts';
import type { Buckets } from './buckets.ts';

/** What every call of the store works with. */
export interface StoreParts {
  readonly buckets: Buckets;
  readonly credentials: Credentials;
  readonly region: string;
  /** ms since epoch */
  readonly now: () => number;
}
