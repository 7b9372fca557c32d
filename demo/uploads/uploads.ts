import { and, count, eq, inArray, sum } from 'drizzle-orm';
import {
  type Context,
  type Grant,
  type ProblemCode,
  type ProblemFigures,
  partBytesFor,
  SINGLE_PUT_BYTES,
  type StartedUpload,
  type StartedUploads,
  type StartUploads,
  type Template,
} from '../../src/contract/index.ts';
import {
  checkBatch,
  checkPath,
  checkTotals,
  hasHiddenCharacters,
  typeOf,
  type Violation,
} from '../../src/policy/index.ts';
import { record } from '../audit/index.ts';
import { newId, newReference } from '../base/ids.ts';
import { Problem, problemBody } from '../base/problem.ts';
import type { Deps } from '../context/deps.ts';
import type { Transaction } from '../database/index.ts';
import type { Caller } from '../identity/ports.ts';
import { agreementBook } from './agreements.ts';
import { grantAgain, grantLife } from './grants.ts';
import { type Keep, once } from './idempotency.ts';
import { openMultipart } from './multipart.ts';
import { ownedBy, ownerOf } from './owned.ts';
import { refuseMany, reserve } from './quota.ts';
import { batch, folder, upload } from './schema.ts';
import { actOn, findOwn, type UploadRow } from './upload-store.ts';

/** What a repeat of a start is answered from. Grants are not in it: they are signed anew. */
interface KeptStart extends Omit<StartedUploads, 'files'> {
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
      if (!('id' in file))
        return { problem: problemBody(file.code, { figures: file.figures, reference: kept.reference }) };
      const row = rows.find((found) => found?.id === file.id);
      try {
        if (!row) throw new Problem('upload_over');
        return { upload: await setOut(deps, caller, row, grants.get(file.id)) };
      } catch (error) {
        if (error instanceof Problem) return { problem: problemBody(error.code, { reference: kept.reference }) };
        throw error;
      }
    }),
  );
  return { ...kept, files };
}

/** With its first grant, or open for parts at the store. Fails with upload_over, store_down. */
async function setOut(deps: Deps, caller: Caller, row: UploadRow, grant?: Grant): Promise<StartedUpload> {
  const upload = { id: row.id, expires_at: row.expiresAt.toISOString() };
  if (row.partBytes === null) return { ...upload, grant: grant ?? (await grantAgain(deps, caller, row)) };
  await openMultipart(deps, row);
  return { ...upload, part_bytes: row.partBytes };
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
  const agreements = (await agreementBook(deps).demand(caller)).join(' ');
  const now = new Date(deps.now());
  const facts = wish.files.map(({ name, path, size, type, sniffed_type, sha256 }, i) => {
    const sum = wholeSum(size, sha256);
    // Nobody has said what is in a larger one: two of one name and size may differ.
    const fingerprint = `${sum ?? i} ${path ?? ''}`;
    return { name, path, size, type, sum, fingerprint, ...(sniffed_type && { sniffed: sniffed_type }) };
  });
  const { perFile } = checkBatch(template.limits, facts);
  const files = await Promise.all(
    facts.map(async (file, i): Promise<{ row: Omit<UploadRow, 'batch'> } | Violation> => {
      const broken = perFile[i]?.[0] ?? checkPath(file.path);
      if (broken) return broken;
      const id = newId();
      const { name, path, size, sum: sha256 } = file;
      const object = { key: `${caller.tenant}/${app.id}/${newId()}`, size, type: typeOf(template.limits, file) };
      const grant =
        sha256 && (await deps.storage.grantFile({ ...object, sha256 }, grantLife(deps, caller), wish.accepts_forms));
      if (grant) grants.set(id, grant);
      const partBytes = grant ? null : partBytesFor(size);
      const seconds = deps.config.times.upload ?? (grant ? template.upload_s : template.multipart_s);
      const row = {
        id,
        ...ownerOf(caller),
        objectKey: object.key,
        name,
        path: path ?? null,
        size,
        type: object.type,
        sha256,
        partBytes,
        multipartId: null,
        leaseUntil: null,
        state: 'open' as const,
        createdAt: now,
        expiresAt: new Date(now.getTime() + seconds * 1000),
        grantedUntil: grant ? new Date(grant.expires_at) : now,
        storedAt: null,
        deleteAt: null,
        isCharged: true,
      };
      return { row };
    }),
  );
  return deps.db.transaction(async (tx) => {
    const { id, reference } = await openBatch(tx, caller, wish, now);
    let room: StartedUploads['room'];
    const rows = files.flatMap((file) => ('row' in file ? [{ ...file.row, batch: id }] : []));
    await refuseBatch(tx, id, template, rows);
    if (rows.length > 0) {
      room = await reserve(tx, caller, total(rows));
      await refuseMany(tx, ownerOf(caller), rows.length);
      await tx.insert(upload).values(rows);
      const acts = rows.map((row) =>
        actOn({ ...row, reference }, 'upload.granted', {
          size: row.size,
          type: row.type,
          ...(agreements && { agreements }),
        }),
      );
      await record(tx, now, ...acts);
    }
    const kept = {
      batch: id,
      reference,
      ...(room && { room }),
      files: files.map((file) => ('row' in file ? { id: file.row.id } : file)),
    };
    await keep(kept, tx);
    return kept;
  });
}

/** What binds a file that one PUT brings; null for a larger one, whose parts have their own. Fails with bad_request. */
function wholeSum(size: number, sha256: string | undefined): string | null {
  if (size > SINGLE_PUT_BYTES) return null;
  if (sha256 === undefined) throw new Problem('bad_request', { cause: 'sha256' });
  return sha256;
}

/** A new batch, or the one that an earlier start began; locked, so that two starts cannot both see room in it. */
async function openBatch(tx: Transaction, caller: Caller, wish: StartUploads, now: Date) {
  if (wish.batch !== undefined) {
    const [found] = await tx
      .select()
      .from(batch)
      .where(and(eq(batch.id, wish.batch), ownedBy(batch, caller)))
      .for('update');
    if (!found || !mayFill(caller, found.folder)) throw new Problem('not_found');
    return found;
  }
  if (!mayFill(caller, wish.folder ?? null)) throw new Problem('not_found');
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

/** A narrowed token fills the folders it was made for; what it makes anywhere else it could not reach itself. */
const mayFill = ({ within }: Caller, folder: string | null): boolean =>
  within === null || (folder !== null && within.folders.includes(folder));

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
