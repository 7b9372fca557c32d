import { createHash } from 'node:crypto';
import { GetObjectCommand, ListMultipartUploadsCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import type { Books } from './parts/broker.ts';
import type { Rig } from './rig.ts';
import type { ChosenFile } from './selection.ts';

/** What differs from what must be, in words; the sweeper has run for everything that could end. */
export async function checkAll(
  rig: Rig,
  files: readonly ChosenFile[],
  mayRepeat: ReadonlySet<string>,
): Promise<string[]> {
  const books = await rig.broker.ask<Books>({ isSwept: true });
  return [...checkBooks(books, files, mayRepeat), ...(await checkStore(rig, books, files))];
}

/** One completion per upload, one upload per file (`mayRepeat`: or two), and room as it is taken. */
function checkBooks(
  { uploads, quotas, acts }: Books,
  files: readonly ChosenFile[],
  mayRepeat: ReadonlySet<string>,
): string[] {
  const wrong: string[] = [];
  const stored = uploads.filter(({ state }) => state === 'stored');
  for (const { name, size, kept } of files) {
    const own = stored.filter((upload) => upload.name === name);
    if (own.length !== 1 && !(own.length === 2 && mayRepeat.has(name)))
      wrong.push(`${name}: ${own.length} stored uploads`);
    for (const { id, ...upload } of own) {
      if (upload.size !== size || upload.sha256 !== kept)
        wrong.push(`${name}: the broker has another size or checksum`);
      const completions = acts.filter(({ act, subject }) => act === 'upload.stored' && subject === id).length;
      if (completions !== 1) wrong.push(`${name}: ${completions} completions`);
    }
  }
  const others = stored.filter((upload) => !files.some(({ name }) => name === upload.name));
  if (others.length > 0) wrong.push(`${others.length} stored uploads of files that nobody could send`);
  const open = uploads.filter(({ state }) => state === 'open').length;
  if (open > 0) wrong.push(`${open} uploads are still open`);
  const used = stored.reduce((sum, { size }) => sum + size, 0);
  if (quotas.length !== 2) wrong.push(`${quotas.length} rows of quota`);
  for (const quota of quotas) {
    const holder = quota.holder.split(':')[0];
    if (quota.reserved !== 0) wrong.push(`quota of the ${holder}: ${quota.reserved} bytes reserved`);
    if (quota.used !== used) wrong.push(`quota of the ${holder}: ${quota.used} bytes used instead of ${used}`);
  }
  return wrong;
}

/** As another client of the store sees it: each object bit for bit, and nothing else. */
async function checkStore(rig: Rig, { uploads }: Books, files: readonly ChosenFile[]): Promise<string[]> {
  const { bucket: Bucket, accessKeyId, secretAccessKey, ...place } = rig.s3;
  const client = new S3Client({ ...place, credentials: { accessKeyId, secretAccessKey }, forcePathStyle: true });
  // The store lives by the fast clock.
  client.config.systemClockOffset = rig.now() - Date.now();
  try {
    const wrong: string[] = [];
    const stored = uploads.filter(({ state }) => state === 'stored');
    for (const { name, objectKey } of stored) {
      const { Body } = await client.send(new GetObjectCommand({ Bucket, Key: objectKey }));
      const hash = createHash('sha256');
      for await (const piece of Body as AsyncIterable<Uint8Array>) hash.update(piece);
      const isSame = files.some((file) => file.name === name && file.sha256 === hash.copy().digest('base64'));
      if (!isSame) wrong.push(`${name}: the stored object differs from the file`);
    }
    const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket }));
    if (Contents.length !== stored.length) wrong.push(`${Contents.length} objects for ${stored.length} stored uploads`);
    const { Uploads = [] } = await client.send(new ListMultipartUploadsCommand({ Bucket }));
    if (Uploads.length > 0) wrong.push(`${Uploads.length} multipart uploads are left over`);
    return wrong;
  } finally {
    client.destroy();
  }
}
