import { batchPrefix } from './batch-names.ts';
import type { Clock, LeftBatch } from './ports.ts';

export interface ReadingPorts {
  /** Throws where the browser refuses it. */
  readonly storage: () => Storage;
  /** Throws where the browser refuses them. */
  readonly locks: () => LockManager;
  readonly clock: Clock;
}

interface Entry extends LeftBatch {
  readonly app: string;
  readonly person: string;
}

const DAY_MS = 24 * 60 * 60_000;
/** Older news helps nobody. */
const KEPT_MS = 7 * DAY_MS;
const MOST_FILES = 1_000_000;
const REFERENCE = /^[0-9A-Z]{8}$/;

/** What pages have left behind of their batches. Anything on this origin may have written there. */
export class KeptBatches {
  readonly #prefix: string;
  readonly #ports: ReadingPorts;
  readonly #awaited = new Set<string>();
  readonly #closing = new AbortController();

  constructor(broker: string, ports: ReadingPorts) {
    this.#prefix = batchPrefix(broker);
    this.#ports = ports;
  }

  /** Those whose page has gone, the newest first. Asks `again` when another one goes. Fails where the browser refuses. */
  async find(app: string, person: { readonly id: string } | null, again: () => void): Promise<readonly LeftBatch[]> {
    const entries = this.#read().filter((entry) => entry.app === app && (!person || entry.person === person.id));
    if (entries.length === 0) return [];
    const { held = [] } = await this.#ports.locks().query();
    const names = new Set(held.map(({ name }) => name));
    const isHeld = ({ id }: Entry) => names.has(this.#prefix + id);
    for (const entry of entries.filter(isHeld)) void this.#await(entry, again);
    return entries
      .filter((entry) => !isHeld(entry))
      .sort((a, b) => b.at - a.at)
      .map(({ app: _app, person: _person, ...left }) => left);
  }

  forget(ids: readonly string[]): void {
    try {
      const storage = this.#ports.storage();
      for (const id of ids) storage.removeItem(this.#prefix + id);
    } catch {
      // Refused since: then nobody reads them either.
    }
  }

  close(): void {
    this.#closing.abort();
  }

  /** A page that is being thrown away may hold its lock for a moment still; another tab, for as long as it sends. */
  async #await({ id }: Entry, again: () => void): Promise<void> {
    if (this.#awaited.has(id)) return;
    this.#awaited.add(id);
    try {
      await this.#ports.locks().request(this.#prefix + id, { signal: this.#closing.signal }, () => {});
      this.#awaited.delete(id);
      again();
    } catch {
      // This page goes first.
    }
  }

  #read(): readonly Entry[] {
    const storage = this.#ports.storage();
    const keys = Object.keys(storage).filter((key) => key.startsWith(this.#prefix));
    const now = this.#ports.clock.now();
    return keys.flatMap((key) => {
      const entry = entryOf(key.slice(this.#prefix.length), storage.getItem(key), now);
      if (entry === 'over') storage.removeItem(key);
      return typeof entry === 'object' ? [entry] : [];
    });
  }
}

/** `strange`: of another version of this script, which may still read it. */
function entryOf(id: string, text: string | null, now: number): Entry | 'over' | 'strange' {
  try {
    const value: unknown = JSON.parse(text ?? '');
    if (!Array.isArray(value)) return 'over';
    if (value[0] !== 1) return 'strange';
    const [, app, person, arrived, of, reference, begunAt, at] = value;
    const areNumbers = [arrived, of, begunAt, at].every((one) => Number.isSafeInteger(one) && one >= 0);
    if (!areNumbers || of < 1 || arrived > of || of > MOST_FILES || now - at > KEPT_MS) return 'over';
    if (typeof app !== 'string' || typeof person !== 'string') return 'over';
    if (reference !== null && !REFERENCE.test(String(reference))) return 'over';
    // A clock that was set back since makes nothing of tomorrow.
    return { id, app, person, arrived, of, reference, begunAt, at: Math.min(at, now) };
  } catch {
    return 'over';
  }
}
