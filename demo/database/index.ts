import { fileURLToPath } from 'node:url';
import { type SQL, sql } from 'drizzle-orm';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';

const MIGRATIONS = fileURLToPath(new URL('./migrations', import.meta.url));

/** What queries run on: the whole database, or a transaction in it. */
export type Queries = PgDatabase<PgQueryResultHKT>;
export type Transaction = Parameters<Parameters<Queries['transaction']>[0]>[0];

export interface Database {
  /** For single statements. Inside a transaction use its `tx` alone: PGlite has one session and would wait for itself. */
  readonly q: Queries;
  /** Never await the network in here (decision 5). */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  /** Raw SQL text with $n parameters, for libraries that bring their own. */
  execute(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
  readonly kind: 'pglite' | 'postgresql';
  /**
   * Rewrites every table, so that what was deleted is in no file of it any more; PGlite's write-ahead log goes too.
   * PostgreSQL locks each table meanwhile, and its log and backups are its operator's.
   */
  scrub(): Promise<void>;
  close(): Promise<void>;
}

/** Opens PGlite in a folder, or in memory from `load` (a dump made by `dump`). */
export async function openPglite(options: {
  dataDir?: string;
  load?: Blob;
}): Promise<Database & { dump(): Promise<Blob> }> {
  const [{ DurablePglite }, { drizzle }, { migrate }] = await Promise.all([
    import('./durable-pglite.ts'),
    import('drizzle-orm/pglite'),
    import('drizzle-orm/pglite/migrator'),
  ]);
  const client = new DurablePglite(options);
  await client.waitReady;
  const db = drizzle({ client });
  await migrate(db, { migrationsFolder: MIGRATIONS });
  const q = db as unknown as Queries;
  const execute: Database['execute'] = async (text, values) =>
    values?.length ? await client.query(text, values) : ((await client.exec(text)).at(-1) ?? { rows: [] });
  return {
    q,
    kind: 'pglite',
    transaction: (work) => q.transaction(work),
    execute,
    scrub: async () => {
      await rewriteTables(execute);
      await client.emptyLog();
    },
    close: () => client.close(),
    dump: async () => await client.dumpDataDir('none'),
  };
}

export async function openPostgres(url: string): Promise<Database> {
  const [{ default: pg }, { drizzle }, { migrate }] = await Promise.all([
    import('pg'),
    import('drizzle-orm/node-postgres'),
    import('drizzle-orm/node-postgres/migrator'),
  ]);
  const pool = new pg.Pool({ connectionString: url, max: 16 });
  pool.on('error', () => {}); // An idle connection that breaks is replaced; the query that needs one reports it.
  const db = drizzle({ client: pool });
  // Two processes may start at once: the second waits until the first has migrated.
  const lock = await pool.connect();
  try {
    await lock.query('select pg_advisory_lock(72017)');
    await migrate(db, { migrationsFolder: MIGRATIONS });
  } finally {
    await lock.query('select pg_advisory_unlock(72017)');
    lock.release();
  }
  const q = db as unknown as Queries;
  const execute: Database['execute'] = async (text, values) => await pool.query(text, values);
  return {
    q,
    kind: 'postgresql',
    transaction: (work) => q.transaction(work),
    execute,
    scrub: () => rewriteTables(execute),
    close: () => pool.end(),
  };
}

/** Each in a statement of its own, as VACUUM demands; those of the queue too. */
async function rewriteTables(execute: Database['execute']): Promise<void> {
  const { rows } = await execute(
    "select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')",
  );
  for (const { name } of rows as { name: string }[]) await execute(`vacuum full ${name}`);
}

/** Turns `$n` text into a drizzle statement, so that pg-boss can write inside our transaction. */
export function statement(text: string, values: readonly unknown[] = []): SQL {
  const query = sql.empty();
  for (const piece of text.split(/(\$\d+)/)) {
    const index = /^\$(\d+)$/.exec(piece)?.[1];
    query.append(index ? sql`${sql.param(values[Number(index) - 1])}` : sql.raw(piece));
  }
  return query;
}
