import { and, count, eq, gt, inArray, sql, sum } from 'drizzle-orm';
import type {
  Context,
  Grant,
  ProblemCode,
  ProblemFigures,
  SignedParts,
  SignParts,
  StartedUploads,
  StartUploads,
  Template,
  UploadStatus,
} from '../../src/contract/index.ts';
import { checkBatch, checkTotals, hasHiddenCharacters, typeOf, type Violation } from '../../src/policy/index.ts';
import { record } from './audit.ts';
import type { Transaction } from './db/index.ts';
import { batch, folder, upload } from './db/schema.ts';
import type { Caller, Deps } from './deps.ts';
import { clearSoon, endUpload } from './end-upload.ts';
import { type Keep, once } from './idempotency.ts';
import { newId, newReference } from './ids.ts';
import { ownedBy, ownerOf } from './owned.ts';
import { Problem, problemBody } from './problems.ts';
import { reserve } from './quota.ts';
import { actOn, findOne, findOwn, toStoredFile, type UploadRow } from './upload-store.ts';

/** What a repeat of a start is answered from. Grants are not in it: they are signed anew. */
interface KeptStart {
  readonly batch: string;
  readonly reference: string;
  readonly files: readonly (
    | { readonly id: string }
    | { readonly code: ProblemCode; readonly figures?: ProblemFigures }
  )[];
}

/** Reserves room and answers a grant or a problem per file. Fails as a whole where the batch breaks a limit or has no room. */
export async function startUploads(
  deps: Deps,
  caller: Caller,
  key: string | undefined,
  wish: StartUploads,
): Promise<StartedUploads> {
  if (caller.app.record.mode === 'paused') throw new Problem('app_paused');
  refuseContext(caller.app.template, wish.context ?? {});
  const attempt = { route: 'POST /v1/uploads', key, body: wish };
  const grants = new Map<string, Grant>();
  const kept = await once<KeptStart>(deps, caller, attempt, (keep) => start(deps, caller, wish, grants, keep));
  const ids = kept.files.flatMap((file) => ('id' in file ? [file.id] : []));
  const rows = await findOwn(deps, caller, ids);
  const files = await Promise.all(
    kept.files.map(async (file) => {
      const { reference } = kept;
      if (!('id' in file)) return { problem: problemBody(file.code, { figures: file.figures, reference }) };
      const row = rows.find((found) => found?.id === file.id);
      const grant = grants.get(file.id) ?? (row && (await grantAgain(deps, caller.app.template, row)));
      if (!row || !grant) return { problem: problemBody('upload_over', { reference }) };
      return { upload: { id: row.id, grant, expires_at: row.expiresAt.toISOString() } };
    }),
  );
  return { batch: kept.batch, reference: kept.reference, files };
}

/** Labels of the template's keys, of characters that can be seen (PostgreSQL would not take some of the others). */
function refuseContext({ context_keys }: Template, context: Context): void {
  for (const [name, label] of Object.entries(context)) {
    if (!context_keys.includes(name) || hasHiddenCharacters(label))
      throw new Problem('bad_request', { cause: 'context' });
  }
}

/** Signs first: a bucket that is not safe to sign for must not cost anybody room. */
async function start(
  deps: Deps,
  caller: Caller,
  wish: StartUploads,
  grants: Map<string, Grant>,
  keep: Keep<KeptStart>,
): Promise<KeptStart> {
  const { template, record: app } = caller.app;
  const now = new Date(deps.now());
  const life = lives(deps, template);
  const facts = wish.files.map(({ name, size, type, sniffed_type, sha256 }) => ({
    ...{ name, size, type, fingerprint: sha256 },
    ...(sniffed_type && { sniffed: sniffed_type }),
  }));
  const { perFile } = checkBatch(template.limits, facts);
  const files = await Promise.all(
    facts.map(async (file, i): Promise<{ row: Omit<UploadRow, 'batch'> } | Violation> => {
      const broken = perFile[i]?.[0];
      if (broken) return broken;
      const id = newId();
      const { name, size, fingerprint: sha256 } = file;
      const object = {
        key: `${caller.tenant}/${app.id}/${newId()}`,
        size,
        type: typeOf(template.limits, file),
        sha256,
      };
      const grant = await deps.storage.grantPut(object, life.grant);
      grants.set(id, grant);
      const row = {
        id,
        ...ownerOf(caller),
        objectKey: object.key,
        name,
        size,
        type: object.type,
        sha256,
        state: 'open' as const,
        createdAt: now,
        expiresAt: new Date(now.getTime() + life.upload * 1000),
        grantedUntil: new Date(grant.expires_at),
        storedAt: null,
        deleteAt: null,
        isCharged: true,
      };
      return { row };
    }),
  );
  return deps.db.transaction(async (tx) => {
    const { id, reference } = await openBatch(tx, caller, wish, now);
    const rows = files.flatMap((file) => ('row' in file ? [{ ...file.row, batch: id }] : []));
    await refuseBatch(tx, id, template, rows);
    if (rows.length > 0) {
      await reserve(tx, caller, total(rows));
      await tx.insert(upload).values(rows);
      const acts = rows.map((row) =>
        actOn({ ...row, reference }, 'upload.granted', { size: row.size, type: row.type }),
      );
      await record(tx, now, ...acts);
    }
    const kept = { batch: id, reference, files: files.map((file) => ('row' in file ? { id: file.row.id } : file)) };
    await keep(kept, tx);
    return kept;
  });
}

/** A new batch, or the one that an earlier start began; locked, so that two starts cannot both see room in it. */
async function openBatch(tx: Transaction, caller: Caller, wish: StartUploads, now: Date) {
  if (wish.batch !== undefined) {
    const [found] = await tx
      .select()
      .from(batch)
      .where(and(eq(batch.id, wish.batch), ownedBy(batch, caller)))
      .for('update');
    if (!found) throw new Problem('not_found');
    return found;
  }
  if (wish.folder !== undefined) {
    const [found] = await tx
      .select()
      .from(folder)
      .where(and(eq(folder.id, wish.folder), ownedBy(folder, caller)));
    if (!found) throw new Problem('not_found');
  }
  const row = {
    ...ownerOf(caller),
    id: newId(),
    reference: newReference(),
    folder: wish.folder,
    context: wish.context,
  };
  await tx.insert(batch).values({ ...row, createdAt: now });
  return row;
}

/** The limits of a batch hold over all its starts. What was cancelled or refused no longer counts. */
async function refuseBatch(tx: Transaction, id: string, { limits }: Template, rows: readonly UploadRow[]) {
  const [before] = await tx
    .select({ files: count(), bytes: sum(upload.size) })
    .from(upload)
    .where(and(eq(upload.batch, id), inArray(upload.state, ['open', 'stored'])));
  const [broken] = checkTotals(limits, {
    files: Number(before?.files ?? 0) + rows.length,
    bytes: Number(before?.bytes ?? 0) + total(rows),
  });
  if (broken) throw new Problem(broken.code, broken.figures && { figures: broken.figures });
}

const total = (rows: readonly UploadRow[]): number => rows.reduce((bytes, { size }) => bytes + size, 0);

/** Seconds. */
function lives({ config }: Deps, template: Template): { grant: number; upload: number } {
  return { grant: config.times.grant ?? template.grant_s, upload: config.times.upload ?? template.upload_s };
}

/**
 * A fresh grant for an open upload; null where it is over. That it was granted, and until when, is written before
 * anybody gets it: room counts as free only when no grant for it can be alive.
 */
async function grantAgain(deps: Deps, template: Template, row: UploadRow): Promise<Grant | null> {
  const { objectKey: key, size, type, sha256 } = row;
  const grant = await deps.storage.grantPut({ key, size, type, sha256 }, lives(deps, template).grant);
  const until = new Date(grant.expires_at);
  const [open] = await deps.db.q
    .update(upload)
    .set({ grantedUntil: sql`greatest(${upload.grantedUntil}, ${until.toISOString()}::timestamptz)` })
    .where(and(eq(upload.id, row.id), eq(upload.state, 'open'), gt(upload.expiresAt, new Date(deps.now()))))
    .returning({ id: upload.id });
  return open ? grant : null;
}

/** Fresh grants. An upload by one PUT has one part, number 1: the whole file, with the size and checksum it began with. */
export async function signParts(deps: Deps, caller: Caller, wish: SignParts): Promise<SignedParts> {
  const row = await findOne(deps, caller, wish.upload);
  const [part, ...more] = wish.parts;
  if (!part || more.length > 0 || part.number !== 1 || part.size !== row.size || part.sha256 !== row.sha256) {
    throw new Problem('bad_request', { cause: 'not the one part of this upload' });
  }
  const grant = await grantAgain(deps, caller.app.template, row);
  if (!grant) throw new Problem('upload_over');
  return { parts: [{ number: 1, grant }] };
}

/** State of an upload; asks the storage, because a page may have lost the answer to its PUT. */
export async function uploadStatus(deps: Deps, caller: Caller, id: string): Promise<UploadStatus> {
  const row = await findOne(deps, caller, id);
  if (row.state === 'deleted') throw new Problem('not_found');
  const isInStorage = (await deps.storage.head(row.objectKey)) !== null;
  return {
    id,
    state: row.state,
    expires_at: row.expiresAt.toISOString(),
    is_in_storage: isInStorage,
    ...(row.state === 'stored' && { file: await toStoredFile(deps, row) }),
  };
}

/** Ends an open upload. Again is fine; a stored one is a file by now (upload_over). */
export async function abortUpload(deps: Deps, caller: Caller, id: string): Promise<void> {
  const row = await findOne(deps, caller, id);
  const isAborted = await endUpload(deps, row, 'aborted');
  if (isAborted) await clearSoon(deps, row);
  else if ((await findOne(deps, caller, id)).state === 'stored') throw new Problem('upload_over');
}
