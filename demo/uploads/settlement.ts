import { and, eq } from 'drizzle-orm';
import type { Template } from '../../src/contract/index.ts';
import { guessType } from '../../src/policy/guess.ts';
import { checkFile, checkMetadata, look, type Violation } from '../../src/policy/index.ts';
import { record } from '../audit/index.ts';
import type { StoredObject } from '../bucket/storage.ts';
import type { Deps } from '../context/deps.ts';
import { clearSoon, endUpload } from './end-upload.ts';
import { settle } from './quota.ts';
import { upload } from './schema.ts';
import { actOn, type UploadRow } from './upload-store.ts';

const DAY_MS = 86_400_000;

/** How an open upload ended: stored, refused for a reason, or (`over`) by somebody else meanwhile. */
export type Settlement = 'stored' | 'over' | Violation;

/** An object with its checksum, kept by the store or read from its bytes. */
export type SummedObject = StoredObject & { readonly sha256: string };

/** Ends an open upload by what the storage holds for it. `sha256` is what it must be. */
export async function settleUpload(
  deps: Deps,
  template: Template,
  row: UploadRow,
  found: SummedObject,
  sha256: string,
): Promise<Settlement> {
  const isSame = found.size === row.size && found.type === row.type && found.sha256 === sha256;
  const broken = isSame ? await judge(deps, template, row) : ({ code: 'damaged' } as const);
  if (!broken) return (await store(deps, template, row, sha256)) ? 'stored' : 'over';
  const isRefused = await endUpload(deps, row, 'refused', { code: broken.code });
  if (isRefused) await clearSoon(deps, row);
  return broken;
}

/** What a signature cannot say is checked here: is it really what its name says? Fails with not_stored_yet, store_down. */
async function judge({ storage }: Deps, template: Template, row: UploadRow): Promise<Violation | null> {
  const { objectKey, size, name, type } = row;
  const seen = await look((from, to) => storage.read(objectKey, from, to - 1), size, guessType);
  const [broken = checkMetadata(template.transforms, seen)] = checkFile(template.limits, { name, size, type, ...seen });
  return broken;
}

/** Open → stored, once, however many completions come together. */
async function store(deps: Deps, template: Template, row: UploadRow, sha256: string): Promise<boolean> {
  const now = deps.now();
  const deleteAt = new Date(now + template.retention_days * DAY_MS);
  return deps.db.transaction(async (tx) => {
    const [stored] = await tx
      .update(upload)
      .set({ state: 'stored', sha256, leaseUntil: null, storedAt: new Date(now), deleteAt })
      .where(and(eq(upload.id, row.id), eq(upload.state, 'open')))
      .returning();
    if (!stored) return false;
    await settle(tx, row, row.size);
    await record(tx, new Date(now), actOn(row, 'upload.stored', { size: row.size, type: row.type, sha256 }));
    return true;
  });
}
