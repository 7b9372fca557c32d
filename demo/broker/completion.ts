import { createHash } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import type { CompletedUploads, CompleteUploads, ProblemCode, ProblemFigures } from '../../src/contract/index.ts';
import { checkFile, EDGE_BYTES, type Violation } from '../../src/policy/index.ts';
import { record } from './audit.ts';
import { upload } from './db/schema.ts';
import type { Caller, Deps } from './deps.ts';
import { clearSoon, endUpload } from './end-upload.ts';
import { once } from './idempotency.ts';
import { Problem, problemBody } from './problems.ts';
import { settle } from './quota.ts';
import { actOn, type FoundUpload, findOwn, toStoredFile } from './upload-store.ts';

type Outcome = { readonly id: string; readonly code?: ProblemCode; readonly figures?: ProblemFigures | undefined };

/** What time alone may change; an answer that holds one of these is not kept for repeats. */
const PASSING: readonly ProblemCode[] = ['not_stored_yet', 'store_down'];
const DAY_MS = 86_400_000;
const READ_BYTES = 8 * 1024 * 1024;
const AT_ONCE = 8;

/** Checks what was stored and settles it. One answer per upload: its file, or why it is none. */
export async function completeUploads(
  deps: Deps,
  caller: Caller,
  key: string | undefined,
  { uploads }: CompleteUploads,
): Promise<CompletedUploads> {
  const ids = uploads.map(({ id }) => id);
  const attempt = { route: 'POST /v1/uploads/complete', key, body: ids };
  const outcomes = await once<readonly Outcome[]>(deps, caller, attempt, async (keep) => {
    const rows = await findOwn(deps, caller, ids);
    const settled = await eachOf(rows, (row, i) => complete(deps, caller, row, ids[i] ?? ''));
    if (!settled.some(({ code }) => code && PASSING.includes(code))) await keep(settled);
    return settled;
  });
  const rows = await findOwn(deps, caller, ids);
  const files = await Promise.all(
    outcomes.map(async ({ id, code, figures }, i) => {
      const row = rows[i];
      if (!code && row?.state === 'stored') return { id, file: await toStoredFile(deps, row) };
      return { id, problem: problemBody(code ?? 'upload_over', { figures, ...(row && { reference: row.reference }) }) };
    }),
  );
  return { files };
}

async function complete(deps: Deps, caller: Caller, row: FoundUpload | undefined, id: string): Promise<Outcome> {
  if (!row || row.state === 'deleted') return { id, code: 'not_found' };
  if (row.state === 'stored') return { id };
  if (row.state !== 'open' || row.expiresAt.getTime() <= deps.now()) return { id, code: 'upload_over' };
  try {
    const broken = await judge(deps, caller, row);
    if (broken) return { id, ...(await refuse(deps, row, broken)) };
    return (await store(deps, caller, row))
      ? { id }
      : await complete(deps, caller, (await findOwn(deps, caller, [id]))[0], id);
  } catch (error) {
    if (error instanceof Problem) return { id, code: error.code, figures: error.figures };
    throw error;
  }
}

/** What a signature cannot say is checked here: is it really what its name says? Fails with not_stored_yet, store_down. */
async function judge({ storage }: Deps, caller: Caller, row: FoundUpload): Promise<Violation | undefined> {
  const { objectKey, size, name, type } = row;
  const found = await storage.head(objectKey);
  if (!found) throw new Problem('not_stored_yet', { headers: { 'Retry-After': '1' } });
  const sha256 = found.sha256 ?? (await hashObject(storage, objectKey, found.size));
  if (found.size !== size || found.type !== type || sha256 !== row.sha256) return { code: 'damaged' };
  const head = await storage.read(objectKey, 0, Math.min(EDGE_BYTES, size) - 1);
  const tail = size <= EDGE_BYTES ? head : await storage.read(objectKey, size - EDGE_BYTES, size - 1);
  return checkFile(caller.app.template.limits, { name, size, type, head, tail })[0];
}

/** Stores that keep no checksum: the broker reads the whole object, a piece at a time. */
async function hashObject(storage: Deps['storage'], key: string, size: number): Promise<string> {
  const hash = createHash('sha256');
  for (let at = 0; at < size; at += READ_BYTES) {
    hash.update(await storage.read(key, at, Math.min(at + READ_BYTES, size) - 1));
  }
  return hash.digest('base64');
}

async function refuse(deps: Deps, row: FoundUpload, { code, figures }: Violation): Promise<Omit<Outcome, 'id'>> {
  const isRefused = await endUpload(deps, row, 'refused', { code });
  if (isRefused) await clearSoon(deps, row);
  return { code, figures };
}

/** Open → stored, once, however many completions come together. */
async function store(deps: Deps, caller: Caller, row: FoundUpload): Promise<boolean> {
  const now = deps.now();
  return deps.db.transaction(async (tx) => {
    const [stored] = await tx
      .update(upload)
      .set({
        state: 'stored',
        storedAt: new Date(now),
        deleteAt: new Date(now + caller.app.template.retention_days * DAY_MS),
      })
      .where(and(eq(upload.id, row.id), eq(upload.state, 'open')))
      .returning();
    if (!stored) return false;
    await settle(tx, row, row.size);
    await record(
      tx,
      new Date(now),
      actOn(row, 'upload.stored', { size: row.size, type: row.type, sha256: row.sha256 }),
    );
    return true;
  });
}

/** A few at a time, answers in order. */
async function eachOf<T, R>(items: readonly T[], work: (item: T, index: number) => Promise<R>): Promise<R[]> {
  const answers: R[] = [];
  for (let at = 0; at < items.length; at += AT_ONCE) {
    answers.push(...(await Promise.all(items.slice(at, at + AT_ONCE).map((item, i) => work(item, at + i)))));
  }
  return answers;
}
