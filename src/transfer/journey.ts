import type { Batch } from './batch.ts';
import type { Conditions } from './conditions.ts';
import type { Original } from './original.ts';
import type { Clock, Grants, Hasher, Put } from './ports.ts';
import type { Records } from './records.ts';
import type { Slots } from './slots.ts';
import type { Steady } from './steady.ts';
import type { Turns } from './turns.ts';

export interface SendingPorts {
  readonly grants: Grants;
  readonly hasher: Hasher;
  readonly put: Put;
  readonly clock: Clock;
  readonly steady: Steady;
  readonly conditions: Conditions;
  /** Requests to the storage, over all files. */
  readonly slots: Slots;
  /** Parts between being hashed and being stored, over all files. */
  readonly window: Slots;
  /** Of uploads in parts, for a page that comes later; null where there are none. */
  readonly records: (() => Promise<Records>) | null;
  /** Aborts when the page is left: then everything stays as it is. */
  readonly leaving: AbortSignal;
}

export interface SendingWatcher {
  /** Bytes of the file. */
  sent(bytes: number): void;
  finishing(): void;
}

/** One file on its way, and all that its steps need. */
export interface Journey {
  readonly ports: SendingPorts;
  readonly batch: Batch;
  readonly original: Original;
  readonly turns: Turns;
  readonly watcher: SendingWatcher;
  /** Ends with the file; a pause ends only a turn. */
  readonly signal: AbortSignal;
}
