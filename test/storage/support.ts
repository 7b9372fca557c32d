import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { S3Client } from '@aws-sdk/client-s3';
import { S3 } from '../../demo/bucket/s3.ts';
import { startStore } from '../../demo/storage/index.ts';

export const REGION = 'eu-central-1';
export const CREDENTIALS = { accessKeyId: 'AKTEST', secretAccessKey: 'a-secret-for-tests-0123456789' };
export const BUCKET = 'bucket';
/** When the clock of `startTestStore` stands still. */
export const NOON = Date.parse('2026-11-21T12:00:00Z');

type Owner = Pick<TestContext, 'after'>;

export function temporaryFolder(t: Owner): string {
  const folder = mkdtempSync(join(tmpdir(), 'secure-upload-store-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export interface TestStore {
  readonly url: string;
  readonly dataDir: string;
  /** Signs with the right key, for the bucket that exists. */
  readonly s3: S3;
  /** An independent client. */
  readonly sdk: S3Client;
  readonly faults: unknown[];
  clock: number;
}

/** A store with one bucket whose time is what the test says. */
export async function startTestStore(t: Owner): Promise<TestStore> {
  const dataDir = temporaryFolder(t);
  const faults: unknown[] = [];
  const options = { port: 0, dataDir, credentials: CREDENTIALS, region: REGION, now: () => now() };
  const running = await startStore({ ...options, onFault: (error) => faults.push(error) });
  t.after(() => running.close());
  const now = () => store.clock;
  const store: TestStore = {
    url: running.url,
    dataDir,
    faults,
    clock: NOON,
    s3: signer(running.url, now),
    sdk: sdkFor(t, running.url),
  };
  const made = await store.s3.send('PUT', '');
  if (made.status !== 200) throw new Error(`The bucket was not made: ${made.status}`);
  return store;
}

export function signer(
  url: string,
  now: () => number,
  change: Partial<typeof CREDENTIALS> = {},
  fetch: typeof globalThis.fetch = globalThis.fetch,
): S3 {
  return new S3({ endpoint: url, region: REGION, bucket: BUCKET, ...CREDENTIALS, ...change }, { now, fetch });
}

function sdkFor(t: Owner, endpoint: string): S3Client {
  const sdk = new S3Client({
    endpoint,
    region: REGION,
    credentials: CREDENTIALS,
    forcePathStyle: true,
    maxAttempts: 1,
    systemClockOffset: NOON - Date.now(),
  });
  t.after(() => sdk.destroy());
  return sdk;
}

export interface Reply {
  readonly status: number;
  /** S3's error code, empty where there is none. */
  readonly code: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface RawRequest {
  readonly method?: string;
  /** Exactly so on the wire, never normalised. */
  readonly target: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Written in these pieces; without a content-length they go chunked. */
  readonly body?: readonly Uint8Array[];
}

/** One request as written here: fetch would normalise the path and add headers. */
export function sendRaw(url: string, { method = 'GET', target, headers = {}, body = [] }: RawRequest): Promise<Reply> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const request = httpRequest({ hostname, port, method, path: target, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const bytes = Buffer.concat(chunks);
        const code = /<Error><Code>(\w+)<\/Code>/.exec(bytes.toString())?.[1] ?? '';
        resolve({ status: response.statusCode ?? 0, code, headers: response.headers, body: bytes });
      });
    });
    request.on('error', reject);
    for (const piece of body) request.write(piece);
    request.end();
  });
}

/** Sends to a signed URL. */
export function sendTo(url: string, request: Omit<RawRequest, 'target'>): Promise<Reply> {
  const { origin } = new URL(url);
  return sendRaw(origin, { ...request, target: url.slice(origin.length) });
}

export const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('base64');
export const sha256Hex = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');
export const md5 = (bytes: Uint8Array | string) => createHash('md5').update(bytes).digest('base64');

/** Begins an upload in parts, with checksums; answers its id. */
export async function begin(s3: S3, key: string): Promise<string> {
  const headers = { 'x-amz-checksum-algorithm': 'SHA256' };
  const text = await (await s3.send('POST', key, { query: { uploads: '' }, headers })).text();
  const id = /<UploadId>([^<]+)<\/UploadId>/.exec(text)?.[1];
  if (id === undefined) throw new Error(`No upload was begun: ${text}`);
  return id;
}
