import { and, desc, eq, inArray, lt, or, type SQL } from 'drizzle-orm';
import * as v from 'valibot';
import {
  type CreateFolder,
  type FileList,
  type FileUrl,
  type Folder,
  Id,
  type ListedFile,
} from '../../src/contract/index.ts';
import { hasHiddenCharacters } from '../../src/policy/index.ts';
import { record } from '../audit/index.ts';
import { newId } from '../base/ids.ts';
import { Problem } from '../base/problem.ts';
import type { Deps } from '../context/deps.ts';
import type { Caller } from '../identity/ports.ts';
import { person } from '../identity/schema.ts';
import { clearSoon } from './end-upload.ts';
import { shorter } from './grants.ts';
import { ownedBy, ownerOf, reachedBy } from './owned.ts';
import { unsettle } from './quota.ts';
import { batch, folder, upload } from './schema.ts';
import { actOn, calledOf, type FoundUpload, findUploads, sumOf, type UploadRow } from './upload-store.ts';

const PAGE = 100;

/** A place of the person's own to upload to. */
export async function createFolder(deps: Deps, caller: Caller, wish: CreateFolder): Promise<Folder> {
  if (!caller.app.template.folders) throw new Problem('not_allowed');
  if (hasHiddenCharacters(wish.name)) throw new Problem('file_name');
  const now = new Date(deps.now());
  const row = { id: newId(), ...ownerOf(caller), name: wish.name };
  await deps.db.transaction(async (tx) => {
    await tx.insert(folder).values({ ...row, createdAt: now });
    await record(tx, now, actOn(row, 'folder.created'));
  });
  return { id: row.id, name: row.name };
}

/** The app's owner also sees and fetches what others sent in; nobody but the uploader deletes it. */
const seesAll = (caller: Caller): boolean => caller.scopes.has('files:read:app');
const visible = (caller: Caller): SQL | undefined =>
  and(
    eq(upload.state, 'stored'),
    reachedBy(caller),
    seesAll(caller)
      ? and(eq(upload.tenant, caller.tenant), eq(upload.app, caller.app.record.id))
      : ownedBy(upload, caller),
  );

/** Newest first, 100 at a time. Fails with bad_request for a cursor or folder that cannot be ours. */
export async function listFiles(
  deps: Deps,
  caller: Caller,
  wish: { folder?: string | undefined; cursor?: string | undefined },
): Promise<FileList> {
  if (wish.folder !== undefined && !v.is(Id, wish.folder)) throw new Problem('bad_request', { cause: 'folder' });
  const after = wish.cursor === undefined ? undefined : readCursor(wish.cursor);
  const rows = await findUploads(
    deps,
    and(
      visible(caller),
      wish.folder === undefined ? undefined : eq(batch.folder, wish.folder),
      after && or(lt(upload.storedAt, after.at), and(eq(upload.storedAt, after.at), lt(upload.id, after.id))),
    ),
    [desc(upload.storedAt), desc(upload.id)],
    PAGE + 1,
  );
  const page = rows.slice(0, PAGE);
  const names = seesAll(caller) ? await namesOf(deps, page) : undefined;
  const last = page.at(-1);
  return {
    files: page.map((row) => toListed(row, names)),
    ...(rows.length > PAGE && last && { next: writeCursor(last) }),
  };
}

/** A GET as attachment. Every address given out is in the audit table. */
export async function fileUrl(deps: Deps, caller: Caller, id: string): Promise<FileUrl> {
  const [row] = await findUploads(deps, and(visible(caller), eq(upload.id, id)));
  if (!row) throw new Problem('not_found');
  const { url, expiresAt } = await deps.storage.signGet(
    row.objectKey,
    row.name,
    shorter(deps.config.times.downloadUrl, caller),
  );
  const act = { ...actOn(row, 'file.opened'), actor: `person:${caller.person}` };
  await deps.db.transaction((tx) => record(tx, new Date(deps.now()), act));
  return { url, expires_at: expiresAt.toISOString() };
}

/** Fails with not_found for anybody else's, and for one that is deleted already. */
export async function deleteFile(deps: Deps, caller: Caller, id: string): Promise<void> {
  const [row] = await findUploads(deps, and(ownedBy(upload, caller), reachedBy(caller), eq(upload.id, id)));
  if (!row || !(await deleteStored(deps, row, 'file.deleted', `person:${caller.person}`)))
    throw new Problem('not_found');
}

/** Stored → deleted, once. From here on links and lists no longer find it; then its object goes. */
export async function deleteStored(deps: Deps, row: UploadRow, act: string, actor: string): Promise<boolean> {
  const isDeleted = await giveUp(deps, row, act, actor);
  if (isDeleted) await clearSoon(deps, row);
  return isDeleted;
}

/** The same where no storage is at hand: the sweep removes the object. */
export async function giveUp(
  { db, now }: Pick<Deps, 'db' | 'now'>,
  row: UploadRow,
  act: string,
  actor: string,
): Promise<boolean> {
  return await db.transaction(async (tx) => {
    const [deleted] = await tx
      .update(upload)
      .set({ state: 'deleted' })
      .where(and(eq(upload.id, row.id), eq(upload.state, 'stored')))
      .returning();
    if (!deleted) return false;
    await unsettle(tx, deleted, deleted.size);
    await record(tx, new Date(now()), actOn(deleted, act, { size: deleted.size }, actor));
    return true;
  });
}

async function namesOf(deps: Deps, rows: readonly FoundUpload[]): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(rows.map((row) => row.person))];
  if (ids.length === 0) return new Map();
  const found = await deps.db.q
    .select({ id: person.id, name: person.name })
    .from(person)
    .where(inArray(person.id, ids));
  return new Map(found.map(({ id, name }) => [id, name]));
}

function toListed(row: FoundUpload, names: ReadonlyMap<string, string> | undefined): ListedFile {
  const { id, size, type, reference, storedAt, deleteAt, folder, context } = row;
  return {
    ...{ id, ...calledOf(row), size, type, ...sumOf(row), reference },
    stored_at: storedAt?.toISOString() ?? '',
    delete_at: deleteAt?.toISOString() ?? '',
    ...(folder && { folder }),
    ...(context && { context }),
    ...(names && { uploaded_by: names.get(row.person) ?? '' }),
  };
}

const writeCursor = ({ storedAt, id }: UploadRow): string => `${storedAt?.getTime()}-${id}`;

function readCursor(cursor: string): { at: Date; id: string } {
  const [, ms, id] = /^(\d{1,13})-([\w-]{8,64})$/.exec(cursor) ?? [];
  if (!ms || !id) throw new Problem('bad_request', { cause: 'cursor' });
  return { at: new Date(Number(ms)), id };
}
