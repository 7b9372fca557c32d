import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  GetObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  NoSuchKey,
  S3Client,
} from '@aws-sdk/client-s3';
import type { Demo } from './demo.ts';

export interface S3Place {
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** What lies in the demo's own bucket, as another client sees it: SHA-256 (base64) of each object's bytes. */
export const storedHashes = (demo: Demo): Promise<string[]> => hashesIn(placeOf(demo));

/** Keys of the demo's uploads in parts that are neither completed nor aborted. */
export const openMultiparts = (demo: Demo): Promise<string[]> =>
  ask(placeOf(demo), async (client, Bucket) => {
    const { Uploads = [] } = await client.send(new ListMultipartUploadsCommand({ Bucket }));
    return Uploads.map(({ Key = '' }) => Key);
  });

export const hashesIn = (place: S3Place): Promise<string[]> =>
  ask(place, async (client, Bucket) => {
    const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket }));
    const hashes: string[] = [];
    for (const { Key } of Contents) {
      const found = await client.send(new GetObjectCommand({ Bucket, Key })).catch(goneSince);
      if (!found) continue;
      const hash = createHash('sha256');
      for await (const part of found.Body as AsyncIterable<Uint8Array>) hash.update(part);
      hashes.push(hash.digest('base64'));
    }
    return hashes;
  });

function placeOf({ dataDir, storage: endpoint }: Demo): S3Place {
  const credentials = JSON.parse(readFileSync(join(dataDir, 'storage-key.json'), 'utf8'));
  return { endpoint, region: 'eu-central-1', bucket: 'uploads', credentials };
}

async function ask<Answer>(place: S3Place, question: (client: S3Client, bucket: string) => Promise<Answer>) {
  const { endpoint, region, credentials, bucket } = place;
  const client = new S3Client({ endpoint, region, credentials, forcePathStyle: true });
  try {
    return await question(client, bucket);
  } finally {
    client.destroy();
  }
}

/** The sweep may be faster than this list. */
function goneSince(error: unknown): null {
  if (error instanceof NoSuchKey) return null;
  throw error;
}
