import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { Hono } from 'hono';
import { audit } from '../../demo/audit/schema.ts';
import { agreementRoutes } from '../../demo/broker/routes/agreements.ts';
import { fileRoutes } from '../../demo/broker/routes/files.ts';
import { s3Routes } from '../../demo/broker/routes/s3.ts';
import { uploadRoutes } from '../../demo/broker/routes/uploads.ts';
import { type Bucket, createStorage } from '../../demo/bucket/storage.ts';
import type { Env } from '../../demo/context/env.ts';
import { startStore } from '../../demo/storage/index.ts';
import { quota, upload } from '../../demo/uploads/schema.ts';
import {
  type FileToUpload,
  type ProblemBody,
  type PutGrant,
  partCount,
  type SignedParts,
  type StartedUploads,
  type StoredFile,
} from '../../src/contract/index.ts';
import { asPut } from './as-put.ts';
import { type Answer, routesAs, TestClock, type TestDeps, type TestOptions, testDeps } from './broker.ts';
import { PageKey, type Who } from './page-key.ts';

/** Files from the first call to the last: real routes, tokens, proofs and S3 store; a clock that stands still. */

export class UploadRig {
  readonly deps: TestDeps;
  readonly storage: Bucket;
  readonly #call: ReturnType<typeof routesAs>;
  readonly #key: PageKey;
  readonly #closing: readonly (() => Promise<void>)[];

  private constructor(deps: TestDeps, storage: Bucket, key: PageKey, closing: readonly (() => Promise<void>)[]) {
    this.deps = deps;
    this.storage = storage;
    this.#key = key;
    this.#closing = closing;
    const routes = [agreementRoutes(deps), uploadRoutes(deps), fileRoutes(deps), s3Routes(deps)];
    this.#call = routesAs(
      routes.reduce((all, some) => all.route('/', some), new Hono<Env>()),
      {},
    );
  }

  static async start(options: TestOptions = {}): Promise<UploadRig> {
    const clock = options.clock ?? new TestClock();
    const { storage, close } = await openTestStorage(clock.now);
    try {
      const deps = await testDeps({ ...options, clock, storage: options.storage ?? storage });
      return new UploadRig(deps, storage, await PageKey.make(), [() => deps.close(), close]);
    } catch (error) {
      await close(); // While it listens its process goes on.
      throw error;
    }
  }

  async close(): Promise<void> {
    for (const close of this.#closing) await close();
  }

  /** Calls with a token that has just been made for this person. */
  async call(method: string, path: string, body?: unknown, who: Who = {}, headers: Record<string, string> = {}) {
    const token = await this.#key.tokenFor(this.deps, who);
    const [plain = path] = path.split('?');
    const proof = await this.#key.headers(this.deps, method, plain, token);
    return this.#call(method, path, body, { ...proof, ...headers });
  }

  /** `POST` with an Idempotency-Key of its own. */
  post(path: string, body: unknown, who: Who = {}, key: string = randomUUID()): Promise<Answer> {
    return this.call('POST', path, body, who, { 'idempotency-key': key });
  }

  /** Starts one upload that must be granted. */
  async granted(facts: FileToUpload, who: Who = {}): Promise<{ id: string; grant: PutGrant; batch: string }> {
    const answer = await this.post('/v1/uploads', { files: [facts] }, who);
    assert.equal(answer.status, 201, JSON.stringify(answer.body));
    const { files, batch } = answer.body as StartedUploads;
    const [entry] = files;
    assert.ok(entry && 'upload' in entry, JSON.stringify(answer.body));
    return { id: entry.upload.id, grant: asPut(entry.upload.grant), batch };
  }

  /** Starts one upload that must travel in parts; answers the plan and the parts that it makes of these bytes. */
  async begun(name: string, type: string, bytes: Uint8Array, who: Who = {}): Promise<{ id: string; parts: Part[] }> {
    const { sha256: _, ...facts } = factsOf(name, type, bytes);
    const answer = await this.post('/v1/uploads', { files: [facts] }, who);
    assert.equal(answer.status, 201, JSON.stringify(answer.body));
    const [entry] = (answer.body as StartedUploads).files;
    assert.ok(entry && 'upload' in entry, JSON.stringify(answer.body));
    const { id, part_bytes, grant } = entry.upload;
    assert.ok(part_bytes !== undefined && grant === undefined);
    return { id, parts: partsOf(bytes, part_bytes) };
  }

  /** Fresh grants for these parts. */
  async signed(upload: string, parts: readonly Part[], who: Who = {}): Promise<PutGrant[]> {
    const wish = { upload, parts: parts.map(({ number, size, sha256 }) => ({ number, size, sha256 })) };
    const answer = await this.call('POST', '/v1/uploads/parts', wish, who);
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    return (answer.body as SignedParts).parts.map(({ grant }) => grant);
  }

  /** Signs and sends these parts; each must be stored. */
  async sent(upload: string, parts: readonly Part[], who: Who = {}): Promise<void> {
    const grants = await this.signed(upload, parts, who);
    for (const [i, grant] of grants.entries()) {
      assert.equal(await put(grant, parts[i]?.bytes ?? new Uint8Array()), 200);
    }
  }

  /** Uploads these bytes to the end. */
  async stored(name: string, type: string, bytes: Uint8Array, who: Who = {}): Promise<StoredFile> {
    const { id, grant } = await this.granted(factsOf(name, type, bytes), who);
    assert.equal(await put(grant, bytes), 200);
    const entry = await this.complete(id, who);
    assert.ok(entry.file, JSON.stringify(entry.problem));
    return entry.file;
  }

  /** The one entry of a completion. */
  async complete(
    id: string,
    who: Who = {},
    parts?: readonly { readonly sha256: string }[],
  ): Promise<{ id: string; file?: StoredFile; problem?: ProblemBody }> {
    const sums = parts && { parts: parts.map(({ sha256 }) => sha256) };
    const answer = await this.post('/v1/uploads/complete', { uploads: [{ id, ...sums }] }, who);
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    const [entry] = (answer.body as { files: { id: string; file?: StoredFile; problem?: ProblemBody }[] }).files;
    assert.ok(entry);
    return entry;
  }

  async row(id: string): Promise<typeof upload.$inferSelect> {
    const [row] = await this.deps.db.q.select().from(upload).where(eq(upload.id, id));
    assert.ok(row);
    return row;
  }

  /** [used, reserved] of app and person. */
  async room(app = 'cases', person = 'person-1'): Promise<{ app: [number, number]; person: [number, number] }> {
    const read = async (holder: string): Promise<[number, number]> => {
      const [row] = await this.deps.db.q.select().from(quota).where(eq(quota.holder, holder));
      return [row?.used ?? 0, row?.reserved ?? 0];
    };
    return { app: await read(`app:${app}`), person: await read(`person:${app}:${person}`) };
  }

  /** What was done to one thing, in order. */
  async acts(subject: string): Promise<string[]> {
    const rows = await this.deps.db.q.select().from(audit).where(eq(audit.subject, subject)).orderBy(audit.seq);
    return rows.map(({ act }) => act);
  }
}

/** The embedded store on a free port, its bucket made and cleared for grants. */
export async function openTestStorage(now: () => number): Promise<{ storage: Bucket; close(): Promise<void> }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'su-store-'));
  const credentials = { accessKeyId: 'test-key-id', secretAccessKey: 'test-secret-of-forty-characters-00000000' };
  const running = await startStore({ port: 0, dataDir, credentials, region: 'eu-test-1', now });
  const config = { ...credentials, endpoint: running.url, region: 'eu-test-1', bucket: 'uploads' };
  const storage = createStorage(config, { now });
  await storage.ensure();
  storage.clear('checksum');
  return {
    storage,
    close: async () => {
      await running.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('base64');

export interface Part {
  readonly number: number;
  readonly size: number;
  /** base64 */
  readonly sha256: string;
  readonly bytes: Uint8Array;
}

/** What a page makes of a file by its plan. */
export function partsOf(bytes: Uint8Array, partBytes: number): Part[] {
  return Array.from({ length: partCount(bytes.byteLength, partBytes) }, (_, i) => {
    const part = bytes.subarray(i * partBytes, (i + 1) * partBytes);
    return { number: i + 1, size: part.byteLength, sha256: sha256Of(part), bytes: part };
  });
}

/** SHA-256 of the parts' SHA-256, base64. */
export const compositeOf = (parts: readonly Pick<Part, 'sha256'>[]): string =>
  sha256Of(Buffer.concat(parts.map(({ sha256 }) => Buffer.from(sha256, 'base64'))));

/** What an honest page says about a file before it sends it. */
export const factsOf = (name: string, type: string, bytes: Uint8Array, sniffed = type): FileToUpload => ({
  name,
  size: bytes.byteLength,
  type,
  sniffed_type: sniffed,
  sha256: sha256Of(bytes),
});

/** The browser's part: answers the status of the store. */
export async function put(grant: PutGrant, bytes: Uint8Array, headers: Record<string, string> = {}): Promise<number> {
  const response = await fetch(grant.url, {
    method: 'PUT',
    headers: { ...grant.headers, ...headers },
    body: Uint8Array.from(bytes),
  });
  await response.arrayBuffer();
  return response.status;
}
