import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GetObjectCommand, ListObjectsV2Command, NoSuchKey, S3Client } from '@aws-sdk/client-s3';
import type { Demo } from './demo.ts';

/** What lies in the demo's bucket, as another client sees it: SHA-256 (base64) of each object's bytes. */
export async function storedHashes(demo: Demo): Promise<string[]> {
  const credentials = JSON.parse(readFileSync(join(demo.dataDir, 'storage-key.json'), 'utf8'));
  const client = new S3Client({ endpoint: demo.storage, region: 'eu-central-1', credentials, forcePathStyle: true });
  try {
    const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: 'uploads' }));
    const hashes: string[] = [];
    for (const { Key } of Contents) {
      const found = await client.send(new GetObjectCommand({ Bucket: 'uploads', Key })).catch(goneSince);
      if (!found) continue;
      const hash = createHash('sha256');
      for await (const part of found.Body as AsyncIterable<Uint8Array>) hash.update(part);
      hashes.push(hash.digest('base64'));
    }
    return hashes;
  } finally {
    client.destroy();
  }
}

/** The sweep may be faster than this list. */
function goneSince(error: unknown): null {
  if (error instanceof NoSuchKey) return null;
  throw error;
}
