import PgBoss from 'pg-boss';
import type { Log } from '../base/log.ts';
import { type Database, statement, type Transaction } from '../database/index.ts';

/** What can be asked of the queue. Payloads carry one id: secrets are minted by the handler, at sending. */
export const JOBS = [
  'link-mail',
  'code-mail',
  'receipt-mail',
  'sender-mail',
  'told-mail',
  'guest-mail',
  'room-mail',
  'checkpoint',
  'sweep',
] as const;
export type JobName = (typeof JOBS)[number];
export interface JobPayload {
  readonly id: string;
}
export type JobHandlers = { readonly [Name in JobName]: (payload: JobPayload) => Promise<void> };

export interface Jobs {
  /**
   * Inside the caller's transaction: the job is there exactly if the change is. Wake it after the commit.
   * `afterSeconds` keeps it back, so that two things close to each other can be told in one mail.
   */
  send(tx: Transaction, name: JobName, payload: JobPayload, afterSeconds?: number): Promise<void>;
  /** Lets the worker of this process look at once instead of at its next poll. */
  wake(name: JobName): void;
  start(handlers: JobHandlers, sweepEverySeconds: number): Promise<void>;
  stop(): Promise<void>;
}

const POLL_SECONDS = 2;

export function createJobs(db: Database, log: Log): Jobs {
  const boss = new PgBoss({
    db: { executeSql: (text: string, values?: unknown[]) => db.execute(text, values) },
    schedule: false,
    supervise: true,
  });
  boss.on('error', (error) => log('error', 'jobs.failed', { reason: error.name }));
  const workers = new Map<JobName, string>();
  let sweeps: NodeJS.Timeout | undefined;

  return {
    async send(tx, name, payload, afterSeconds = 0) {
      const within = {
        executeSql: async (text: string, values?: unknown[]) => {
          const result = (await tx.execute(statement(text, values))) as unknown as { rows: unknown[] };
          return { rows: result.rows };
        },
      };
      // `insert` names each of its parameters once; `send` reuses one, whose type is lost on the way through drizzle.
      await boss.insert([{ name, data: payload, startAfter: String(afterSeconds) }], { db: within });
    },
    wake(name) {
      const worker = workers.get(name);
      if (worker) boss.notifyWorker(worker);
    },
    async start(handlers, sweepEverySeconds) {
      await boss.start();
      for (const name of JOBS) {
        await boss.createQueue(name, { name, retryLimit: 5, retryDelay: 2, retryBackoff: true, expireInSeconds: 300 });
        const worker = await boss.work<JobPayload>(name, { pollingIntervalSeconds: POLL_SECONDS }, async ([job]) => {
          if (!job) return;
          // Where one waits there may be more; without this each would wait for a poll of its own.
          this.wake(name);
          try {
            await handlers[name](job.data);
          } catch (error) {
            log('warn', 'job.failed', {
              job: name,
              id: job.data.id,
              reason: error instanceof Error ? error.name : 'unknown',
            });
            throw error instanceof Error ? new Error(error.name) : error; // pg-boss stores it: no message, it may hold an address.
          }
        });
        workers.set(name, worker);
      }
      // One sweep an interval, however many processes ask for it.
      const ask = () =>
        boss
          .send(
            'sweep',
            { id: 'sweep' },
            { singletonKey: 'sweep', singletonSeconds: Math.max(1, Math.floor(sweepEverySeconds)) },
          )
          .then(() => this.wake('sweep'))
          .catch((error: Error) => log('error', 'jobs.failed', { reason: error.name }));
      sweeps = setInterval(ask, sweepEverySeconds * 1000);
      sweeps.unref();
      await ask();
    },
    async stop() {
      clearInterval(sweeps);
      await boss.stop({ graceful: false, wait: false });
    },
  };
}
