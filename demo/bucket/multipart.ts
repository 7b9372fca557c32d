import { isDeepStrictEqual } from 'node:util';
import type { PutGrant } from '../../src/contract/index.ts';
import { bytes, codeOf, hear, textOf, unexpected } from './answers.ts';
import { completionXml, isCompletion, readParts, readUploadId, readUploads } from './multipart-xml.ts';
import type { S3 } from './s3.ts';
import type { Binding, OpenMultipart, PartToStore, StoredPart } from './types.ts';

/** A store may think for minutes about thousands of parts; the broker does not wait for ever. */
const COMPLETION_MS = 120_000;
/** Ceph calls an upload that has ended NoSuchKey where its parts are listed. */
const GONE = ['NoSuchUpload', 'NoSuchKey'];

/** Uploads in parts of one bucket. What may be granted is for the storage to know. */
export class Multipart {
  readonly #s3: S3;

  constructor(s3: S3) {
    this.#s3 = s3;
  }

  async begin(key: string, type: string): Promise<string> {
    const headers = { 'content-type': type, 'x-amz-checksum-algorithm': 'SHA256' };
    return readUploadId(
      textOf(await bytes(await this.#s3.send('POST', key, { query: { uploads: '' }, headers }), 200)),
    );
  }

  /** `age` dates the signature back. Seconds. */
  async sign(part: PartToStore, seconds: number, binding: Binding, age = 0): Promise<PutGrant> {
    const { key, uploadId, number, size, sha256 } = part;
    const headers = boundTo(sha256, binding);
    const { url, expiresAt } = await this.#s3.presign('PUT', key, {
      query: { partNumber: String(number), uploadId },
      headers: { ...headers, 'content-length': String(size) },
      seconds,
      age,
    });
    return { method: 'PUT', url, headers, expires_at: expiresAt.toISOString() };
  }

  async parts(key: string, uploadId: string): Promise<readonly StoredPart[] | null> {
    const parts: StoredPart[] = [];
    let next: string | undefined;
    do {
      const marker = next === undefined ? {} : { 'part-number-marker': next };
      const said = await hear(await this.#s3.send('GET', key, { query: { uploadId, ...marker } }));
      if (said.status === 404 && GONE.includes(codeOf(said))) return null;
      if (said.status !== 200) throw unexpected(said);
      const page = readParts(textOf(said.body));
      if (page.next !== undefined && Number(page.next) <= Number(next ?? 0)) throw unexpected(said);
      parts.push(...page.parts);
      next = page.next;
    } while (next !== undefined);
    return parts;
  }

  async complete(key: string, uploadId: string, parts: readonly StoredPart[]): Promise<'done' | 'gone' | 'taken'> {
    const said = await hear(
      await this.#s3.send('POST', key, {
        query: { uploadId },
        headers: { 'if-none-match': '*', 'content-type': 'application/xml' },
        body: completionXml(parts),
        patience: COMPLETION_MS,
      }),
    );
    // A store may begin its 200 early, to keep the connection, and then say in it that it failed.
    const code = codeOf(said);
    if (GONE.includes(code)) return 'gone';
    if (code === 'PreconditionFailed' || said.status === 412) return 'taken';
    if (said.status !== 200 || !isCompletion(textOf(said.body))) throw unexpected(said);
    return 'done';
  }

  async abort(key: string, uploadId: string): Promise<void> {
    const said = await hear(await this.#s3.send('DELETE', key, { query: { uploadId } }));
    const isGone = said.status === 404 && GONE.includes(codeOf(said));
    if (!isGone && said.status !== 204 && said.status !== 200) throw unexpected(said);
  }

  async *open(prefix: string): AsyncGenerator<OpenMultipart> {
    let next: Record<string, string> | undefined;
    do {
      const said = await hear(await this.#s3.send('GET', '', { query: { uploads: '', prefix, ...next } }));
      if (said.status !== 200) throw unexpected(said);
      const page = readUploads(textOf(said.body));
      yield* page.uploads;
      if (page.next !== undefined && isDeepStrictEqual(page.next, next)) throw unexpected(said);
      next = page.next;
    } while (next !== undefined);
  }
}

/** The headers that hold a body to its SHA-256 (base64). */
export const boundTo = (sha256: string, binding: Binding): Record<string, string> => ({
  'x-amz-checksum-sha256': sha256,
  'x-amz-sdk-checksum-algorithm': 'SHA256', // Ceph 20 looks at the checksum only beside this.
  ...(binding === 'payload' && { 'x-amz-content-sha256': Buffer.from(sha256, 'base64').toString('hex') }),
});
