import type { Database } from '../database/index.ts';
import { publishCheckpoint } from './published.ts';
import { sequence } from './sequence.ts';
import type { LedgerDeps } from './store.ts';

/** Acts that come close to each other share a checkpoint. */
const GATHER_MS = 250;
/** PGlite cleans up after nobody: what was sequenced lies dead in the list of what waits, and each look goes past it. */
const CLEAN_AFTER = 5_000;
/** What a process that died left waiting, and what nobody woke us for. */
const LOOK_MS = 900;

export interface Sequencer {
  /** Something was written: it gets its place a quarter of a second later, or at the next look. */
  wake(): void;
  /** Waits for the run under way. */
  stop(): Promise<void>;
}

/** Runs the sequencer in this process, never twice at a time. A database that is away is asked again. */
export function startSequencer(deps: LedgerDeps, checkpointFolder?: string): Sequencer {
  let isStopped = false;
  let running: Promise<void> | null = null;
  let gathering: NodeJS.Timeout | null = null;
  let cleanAt = 0;
  const clean = async (size: number): Promise<void> => {
    if (deps.db.kind !== 'pglite' || size === 0 || size < cleanAt) return;
    if (cleanAt > 0) await deps.db.execute('vacuum ledger_entry');
    cleanAt = size + CLEAN_AFTER;
  };
  const run = (): void => {
    if (isStopped || running) return;
    running = sequence(deps)
      .then(async (head) => {
        if (checkpointFolder !== undefined && head) await publishCheckpoint(deps, checkpointFolder);
        await clean(head?.size ?? 0);
      })
      .then(
        () => {},
        (error: Error) => deps.log('error', 'ledger.not-sequenced', { reason: error.name }),
      )
      .finally(() => {
        running = null;
      });
  };
  const wake = (): void => {
    gathering ??= setTimeout(() => {
      gathering = null;
      run();
    }, GATHER_MS).unref();
  };
  const looking = setInterval(run, LOOK_MS).unref();
  return {
    wake,
    async stop() {
      isStopped = true;
      clearInterval(looking);
      if (gathering) clearTimeout(gathering);
      await running;
    },
  };
}

/** The same database, which tells of every transaction once it is committed. */
export function telling(db: Database, told: () => void): Database {
  return {
    ...db,
    async transaction(work) {
      const answer = await db.transaction(work);
      told();
      return answer;
    },
  };
}
