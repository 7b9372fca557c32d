import type { Database } from '../database/index.ts';
import { publishCheckpoint } from './published.ts';
import { sequence } from './sequence.ts';
import type { LedgerDeps } from './store.ts';

export interface LedgerPace {
  /** Acts that come this close to each other share a checkpoint. */
  readonly gatherMs: number;
  /** From one look to the next for what a process that died left waiting, and what nobody woke us for. */
  readonly lookMs: number;
}
export const PACE: LedgerPace = { gatherMs: 250, lookMs: 900 };

/** PGlite cleans up after nobody: what was sequenced lies dead in the list of what waits, and each look goes past it. */
const CLEAN_AFTER = 5_000;

export interface Sequencer {
  /** Something was written: it gets its place `gatherMs` later, or at the next look. */
  wake(): void;
  /** Waits for the run under way. */
  stop(): Promise<void>;
}

/** Runs the sequencer in this process, never twice at a time. A database that is away is asked again. */
export function startSequencer(
  deps: LedgerDeps,
  { gatherMs, lookMs }: LedgerPace = PACE,
  checkpointFolder?: string,
): Sequencer {
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
    }, gatherMs).unref();
  };
  const looking = setInterval(run, lookMs).unref();
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
