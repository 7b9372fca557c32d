import '../../../demo/private-files.ts';
import '../../../demo/quiet.ts';
import { startParts } from '../../../demo/parts.ts';
import { readSettings } from '../../../demo/settings.ts';

/**
 * One process for the demos of many tests, one after the other or beside each other: each has parts, ports and data of its
 * own. A process for each takes 4.5 s of a processor, most of it to load and to compile; one more here takes 1.2.
 */

/** What is asked, and answered under the same number. */
export interface Asked {
  readonly id: number;
  /** Starts a demo with these settings; without them the one with this number is stopped. */
  readonly env?: NodeJS.ProcessEnv;
}
export interface Answered {
  readonly id: number;
  /** What `npm start` prints; empty once it is stopped. */
  readonly line?: string;
  readonly refused?: string;
}

const running = new Map<number, (() => unknown)[]>();

process.on('message', ({ id, env }: Asked) => {
  const answer = (rest: Omit<Answered, 'id'>) => process.send?.({ id, ...rest } satisfies Answered);
  (env ? start(id, env) : stop(id)).then(
    (line) => answer({ line }),
    (error: unknown) => answer({ refused: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});
process.once('disconnect', () => process.exit(0));
// A job that runs while its demo stops finds the database closed; where the demo is a process of its own, that has ended then.
process.on('unhandledRejection', (error) => {
  if (!(error instanceof Error && error.message === 'PGlite is closed')) throw error;
});

async function start(id: number, env: NodeJS.ProcessEnv): Promise<string> {
  const closers: (() => unknown)[] = [];
  running.set(id, closers);
  return startParts(
    readSettings(env),
    () => {},
    (close) => closers.push(close),
  );
}

async function stop(id: number): Promise<string> {
  const closers = running.get(id) ?? [];
  running.delete(id);
  await Promise.all(closers.reverse().map(async (close) => close()));
  return '';
}
