import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startStore } from '../../../demo/storage/index.ts';
import type { S3Place } from './storage.ts';
import { until } from './tab.ts';

const REGION = 'eu-central-1';
const BUCKET = 'uploads';
const credentials = { accessKeyId: 'DAM', secretAccessKey: 'not-a-secret-outside-of-this-test' };

/** A store with a dam before it, which lets so many parts through and holds the others half way. */
export interface DammedStore extends S3Place {
  /** For `startDemo`. */
  readonly env: Readonly<Record<string, string>>;
  /** Numbers of the parts that were begun, in the order in which they came. */
  readonly begun: readonly number[];
  /** Numbers of the parts that are stored. */
  readonly stored: readonly number[];
  /** Bytes of bodies that went through, those of cut parts too. */
  readonly bytes: number;
  /** From now on this many more parts go through. */
  let(parts: number): void;
  /** From now on all go through, and those that are held go on. */
  open(): void;
  /** From now on it says no to every file that comes in one piece, or takes them again. */
  refuse(isRefusing: boolean): void;
  /** Resolves when so many are stored. */
  until(parts: number): Promise<void>;
  close(): Promise<void>;
}

export async function startDammedStore(): Promise<DammedStore> {
  const dataDir = mkdtempSync(join(tmpdir(), 'secure-upload-dam-'));
  const store = await startStore({ port: 0, dataDir, region: REGION, credentials });
  const { hostname, port } = new URL(store.url);
  const begun: number[] = [];
  const stored: number[] = [];
  let bytes = 0;
  const held: (() => void)[] = [];
  let left = Number.POSITIVE_INFINITY;
  let isRefusing = false;

  const pass = (request: IncomingMessage, response: ServerResponse): void => {
    const { method = 'GET', url = '/', headers } = request;
    // The broker's doctor sends parts too, but none from a page.
    const isOfPage = method === 'PUT' && headers.origin !== undefined;
    const part = isOfPage ? Number(new URL(url, store.url).searchParams.get('partNumber')) : 0;
    const isWhole = headers.origin !== undefined && (method === 'POST' || (isOfPage && part === 0));
    if (isWhole && isRefusing) {
      request.resume();
      request.on('end', () => response.writeHead(403, { 'Access-Control-Allow-Origin': '*' }).end());
      return;
    }
    const isHeld = part > 0 && left <= 0;
    if (part > 0) {
      begun.push(part);
      left -= 1;
    }
    const onward = send({ hostname, port, method, path: url, headers, agent: false });
    onward.on('response', (answer) => {
      if (part > 0 && answer.statusCode === 200) stored.push(part);
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => request.socket.destroy());
    response.on('close', () => onward.destroy());
    if (!isHeld) {
      request.on('data', (chunk: Buffer) => {
        if (part > 0) bytes += chunk.length;
      });
      request.pipe(onward);
      return;
    }
    // Held until the page gives it up, or the dam is opened.
    held.push(() => {
      room = Number.POSITIVE_INFINITY;
      request.resume();
    });
    request.on('end', () => onward.end());
    let room = Number(headers['content-length'] ?? 0) / 2;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      room -= chunk.length;
      onward.write(chunk);
      if (room <= 0) request.pause();
    });
  };
  const dam = createServer({ requestTimeout: 0 }, pass);
  await new Promise<void>((resolve) => dam.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(dam.address() as AddressInfo).port}`;

  return {
    endpoint,
    region: REGION,
    bucket: BUCKET,
    credentials,
    env: {
      S3_ENDPOINT: endpoint,
      S3_REGION: REGION,
      S3_BUCKET: BUCKET,
      S3_ACCESS_KEY_ID: credentials.accessKeyId,
      S3_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    },
    begun,
    stored,
    get bytes() {
      return bytes;
    },
    let(parts) {
      left = parts;
    },
    open() {
      left = Number.POSITIVE_INFINITY;
      for (const release of held.splice(0)) release();
    },
    refuse(isIt) {
      isRefusing = isIt;
    },
    until: (parts) => until(async () => (stored.length >= parts ? true : null), `part ${parts}`).then(() => {}),
    async close() {
      dam.close();
      dam.closeAllConnections();
      await store.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
