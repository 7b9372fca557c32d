import { and, eq, inArray, type SQL } from 'drizzle-orm';
import { type Context, type StoredFile, UPLOAD_RECEIPT_TYP, type UploadReceipt } from '../../src/contract/index.ts';
import type { Act } from '../audit/index.ts';
import { Problem } from '../base/problem.ts';
import type { Deps } from '../context/deps.ts';
import type { Caller } from '../identity/ports.ts';
import { ownedBy, reachedBy } from './owned.ts';
import { signReceipt } from './receipts.ts';
import { batch, upload } from './schema.ts';

export type UploadRow = typeof upload.$inferSelect;
/** An upload with what its batch says about it. */
export interface FoundUpload extends UploadRow {
  readonly reference: string;
  readonly context: Context | null;
  readonly folder: string | null;
}

const COLUMNS = { upload, reference: batch.reference, context: batch.context, folder: batch.folder };

export async function findUploads(deps: Deps, where: SQL | undefined, order: SQL[] = [], limit = 100) {
  const rows = await deps.db.q
    .select(COLUMNS)
    .from(upload)
    .innerJoin(batch, eq(batch.id, upload.batch))
    .where(where)
    .orderBy(...order)
    .limit(limit);
  return rows.map(({ upload, ...ofBatch }): FoundUpload => ({ ...upload, ...ofBatch }));
}

/** In the order of the ids; undefined where none of this person has it. */
export async function findOwn(deps: Deps, caller: Caller, ids: readonly string[]) {
  const rows = await findUploads(deps, and(ownedBy(upload, caller), reachedBy(caller), inArray(upload.id, [...ids])));
  return ids.map((id) => rows.find((row) => row.id === id));
}

/** Fails with not_found. */
export async function findOne(deps: Deps, caller: Caller, id: string): Promise<FoundUpload> {
  const [row] = await findOwn(deps, caller, [id]);
  if (!row) throw new Problem('not_found');
  return row;
}

/** Waiting for bytes, within its life. */
export const isOpen = ({ now }: Deps, row: UploadRow): boolean =>
  row.state === 'open' && row.expiresAt.getTime() > now();

/** The checksum of a file, and the size of the parts it is made of. */
export function sumOf({ sha256, partBytes }: UploadRow): { readonly sha256: string; readonly part_bytes?: number } {
  if (sha256 === null) throw new Problem('internal', { cause: 'an upload in parts that are not all there' });
  return { sha256, ...(partBytes !== null && { part_bytes: partBytes }) };
}

/** Name and folders of a file, as the wire has them. */
export const calledOf = ({ name, path }: UploadRow) => ({ name, ...(path !== null && { path }) });

/** The file of a stored upload, as the wire has it. Its receipt is signed anew each time and stored nowhere. */
export async function toStoredFile(deps: Deps, row: FoundUpload): Promise<StoredFile> {
  const { id, size, type, reference, storedAt, deleteAt } = row;
  if (!storedAt || !deleteAt) throw new Problem('internal', { cause: 'a stored upload without its times' });
  const file = {
    id,
    ...calledOf(row),
    size,
    type,
    ...sumOf(row),
    reference,
    stored_at: storedAt.toISOString(),
    delete_at: deleteAt.toISOString(),
  };
  return { ...file, receipt: await receiptOf(deps, row, storedAt, deleteAt) };
}

/** Speaks for the file as long as it is kept. `jti` is the upload's id, so that a consumer sees when one comes twice. */
async function receiptOf(deps: Deps, row: FoundUpload, storedAt: Date, deleteAt: Date): Promise<string> {
  const { app, id, reference, size, type, context, person } = row;
  const claims: UploadReceipt = {
    iss: deps.config.publicUrl,
    sub: person,
    iat: Math.floor(storedAt.getTime() / 1000),
    exp: Math.floor(deleteAt.getTime() / 1000),
    jti: id,
    app,
    upload: id,
    reference,
    ...calledOf(row),
    size,
    type,
    ...sumOf(row),
    stored_at: storedAt.toISOString(),
    ...(context && { context }),
  };
  return signReceipt(deps, UPLOAD_RECEIPT_TYP, claims);
}

/** For the audit table: sizes and codes, no names. */
export const actOn = (
  row: Pick<UploadRow, 'tenant' | 'app' | 'person' | 'id'> & { reference?: string },
  act: string,
  facts: Act['facts'] = {},
  actor = `person:${row.person}`,
): Act => ({
  tenant: row.tenant,
  app: row.app,
  actor,
  act,
  subject: row.id,
  reference: row.reference ?? null,
  facts,
});
