import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import type { CompletedUploads, PutGrant, StartedUploads, StoredFile } from '../../../src/contract/index.ts';
import { asPut } from '../../support/as-put.ts';
import { TestBrowser, TestTag } from '../../support/sign-in.ts';
import type { Addresses } from './demo.ts';

/** A client that follows the wire by hand, so that it can also break the rules. */
export interface HandClient {
  readonly tag: TestTag;
  readonly token: string;
  call(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<{ status: number; body: never }>;
  start(files: readonly HandFile[]): Promise<StartedUploads>;
  complete(...ids: string[]): Promise<CompletedUploads>;
  /** Start, PUT, complete, as an honest client does. */
  upload(file: HandFile): Promise<StoredFile>;
}

export interface HandFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: Buffer;
}

export const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('base64');

export async function signInByHand(demo: Addresses, app: string, username: string): Promise<HandClient> {
  const tag = await TestTag.make(demo.broker);
  const browser = new TestBrowser();
  await browser.signIn(await browser.begin(demo.broker, tag.transaction(app, demo.site)), username);
  const collected = await tag.call('POST', '/v1/sign-in/collect', {
    body: { app, secret: tag.secret },
    origin: demo.site,
  });
  const { code } = (await collected.json()) as { code: string };
  const { access_token: token } = (await (await tag.exchange(app, code, demo.site)).json()) as { access_token: string };
  assert.ok(token, `${username} is signed in`);

  const call: HandClient['call'] = async (method, path, body, headers = {}) => {
    const response = await tag.call(method, path, {
      token,
      origin: demo.site,
      ...(body !== undefined && { body }),
      headers,
    });
    const text = await response.text();
    return { status: response.status, body: (text === '' ? null : JSON.parse(text)) as never };
  };
  const idempotent = () => ({ 'idempotency-key': randomUUID() });
  const start = async (files: readonly HandFile[]): Promise<StartedUploads> => {
    const wanted = files.map(({ name, type, bytes }) => ({
      name,
      type,
      sniffed_type: type,
      size: bytes.length,
      sha256: sha256(bytes),
    }));
    const answer = await call('POST', '/v1/uploads', { files: wanted }, idempotent());
    assert.equal(answer.status, 201, JSON.stringify(answer.body));
    return answer.body;
  };
  const complete = async (...ids: string[]): Promise<CompletedUploads> =>
    (await call('POST', '/v1/uploads/complete', { uploads: ids.map((id) => ({ id })) }, idempotent())).body;
  return {
    tag,
    token,
    call,
    start,
    complete,
    async upload(file) {
      const { id, grant } = granted(await start([file]));
      assert.equal(await put(grant, file.bytes), 200);
      const [settled] = (await complete(id)).files;
      assert.ok(settled && 'file' in settled, JSON.stringify(settled));
      return settled.file;
    },
  };
}

/** The first file's upload, which was granted. */
export function granted(started: StartedUploads): { id: string; grant: PutGrant } {
  const [first] = started.files;
  assert.ok(first && 'upload' in first, JSON.stringify(first));
  return { id: first.upload.id, grant: asPut(first.upload.grant) };
}

/** Sends bytes under a grant, with headers changed where a test says so. Answers the storage's status. */
export async function put(grant: PutGrant, bytes: Buffer, headers: Record<string, string> = {}): Promise<number> {
  const body = new Uint8Array(bytes);
  const response = await fetch(grant.url, { method: grant.method, headers: { ...grant.headers, ...headers }, body });
  await response.arrayBuffer();
  return response.status;
}
