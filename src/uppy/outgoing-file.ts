import { bytesOfPart, partBytesFor, partCount } from '../contract/plan.ts';
import { SINGLE_PUT_BYTES } from '../contract/single-put.ts';
import {
  type CompleteUploads,
  type Grant,
  headersToSet,
  type StartedUpload,
  type StoredFile,
} from '../contract/uploads.ts';
import { isMediaType } from '../contract/values.ts';
import { UploadError } from '../errors.ts';
import { isPassing, persist } from './patience.ts';
import type { SignableFile, SignedRequest, SigningPorts } from './ports.ts';
import { compositeOf, sumOf } from './sums.ts';

/** One file of an Uppy on its way: which upload of the broker it is, and what its parts were signed as. */
export class OutgoingFile {
  /** What the broker answered when it was settled. */
  stored: StoredFile | null = null;
  readonly #file: SignableFile;
  readonly #ports: SigningPorts;
  readonly #trace: string;
  readonly #sums = new Map<number, string>();
  #upload: string | null = null;
  #idempotencyKey = crypto.randomUUID();
  #isGone = false;

  constructor(file: SignableFile, ports: SigningPorts) {
    this.#file = file;
    this.#ports = ports;
    this.#trace = ports.calls.newTrace();
  }

  isOf(file: SignableFile): boolean {
    return this.#file.data === file.data && !this.#isGone;
  }

  /** The whole file by one PUT. A second try begins anew: what became of the first, nobody can see from a page. */
  async put(): Promise<SignedRequest> {
    const data = this.#bytes();
    if (data.size > SINGLE_PUT_BYTES) throw new UploadError('file_large');
    const sha256 = await sumOf(data);
    await this.#discard();
    const { grant } = await this.#start(sha256);
    if (!grant) throw new UploadError('broker_unexpected');
    return toSend(grant);
  }

  /** Begins an upload in parts, or goes on with the one whose begin was answered to nobody. */
  async create(): Promise<string> {
    if (this.#upload !== null) return this.#upload;
    const { size } = this.#bytes();
    if (size <= SINGLE_PUT_BYTES) throw new UploadError('bad_request');
    const { id, part_bytes: partBytes } = await this.#start();
    // Uppy has cut the file before it asked.
    if (partBytes !== partBytesFor(size)) throw new UploadError('broker_unexpected');
    return id;
  }

  async part(upload: string, number: number): Promise<SignedRequest> {
    const { piece, size } = this.#piece(number);
    const sha256 = await sumOf(piece);
    const body = { upload, parts: [{ number, size, sha256 }] };
    const [grant] = await this.#try(() => this.#ports.calls.signParts(body, { trace: this.#trace }));
    if (!grant) throw new UploadError('broker_unexpected');
    this.#upload = upload;
    this.#sums.set(number, sha256);
    return toSend(grant);
  }

  /** Before Uppy is told which parts are stored: they must be of this file. Fails with file_changed. */
  async compare(upload: string): Promise<void> {
    this.#upload = upload;
    const { parts = [], file } = await this.#try(() => this.#ports.calls.uploadStatus(upload));
    for (const { number, sha256 } of parts) await this.#expect(number, sha256);
    if (!file) return;
    for (const number of this.#numbers()) this.#sums.set(number, await sumOf(this.#piece(number).piece));
    if ((await compositeOf(this.#allSums())) !== file.sha256) throw new UploadError('file_changed');
  }

  /** What has to be said at completion. Fails with not_found where no upload was begun. */
  wish(): CompleteUploads['uploads'][number] {
    if (this.#upload === null) throw new UploadError('not_found');
    return { id: this.#upload, ...(this.#isInParts() && { parts: this.#allSums() }) };
  }

  /** Ends what was begun, also what is still being begun. Again is fine. */
  async abort(): Promise<void> {
    this.#isGone = true;
    if (!this.stored) await this.#discard();
  }

  /** The next try begins anew. */
  forget(): void {
    this.#upload = null;
    this.#sums.clear();
    this.#idempotencyKey = crypto.randomUUID();
  }

  async #start(sha256?: string): Promise<StartedUpload> {
    const { name, type, meta } = this.#file;
    const path = folderOf(meta?.relativePath);
    const facts = { name, type: mediaType(type), sniffed_type: '', size: this.#bytes().size, ...(path && { path }) };
    const body = { files: [{ ...facts, ...(sha256 !== undefined && { sha256 }) }] };
    const batch = { idempotencyKey: this.#idempotencyKey, trace: this.#trace };
    try {
      const upload = await this.#try(async () => {
        const [entry] = (await this.#ports.calls.startUploads(body, batch)).files;
        if (!entry) throw new UploadError('broker_unexpected');
        if ('problem' in entry) throw new UploadError(entry.problem.code, { problem: entry.problem });
        return entry.upload;
      });
      this.#upload = upload.id;
      // Removed while it was being begun: Uppy itself forgets such uploads.
      if (this.#isGone) await this.#discard();
      if (this.#isGone) throw new UploadError('cancelled');
      return upload;
    } catch (error) {
      // The same key would be answered the same; but what nobody answered may have begun.
      if (!isPassing(error)) this.#idempotencyKey = crypto.randomUUID();
      throw error;
    }
  }

  async #discard(): Promise<void> {
    const upload = this.#upload;
    if (upload === null) return;
    this.forget();
    try {
      await this.#try(() => this.#ports.calls.abortUpload(upload));
    } catch (error) {
      const isOver = error instanceof UploadError && ['not_found', 'upload_over'].includes(error.code);
      if (!isOver) throw error;
    }
  }

  async #expect(number: number, sha256: string): Promise<void> {
    if (this.#sums.get(number) === sha256) return;
    if ((await sumOf(this.#piece(number).piece)) !== sha256) throw new UploadError('file_changed');
    this.#sums.set(number, sha256);
  }

  #bytes(): Blob {
    if (!(this.#file.data instanceof Blob)) throw new UploadError('bad_request');
    return this.#file.data;
  }

  #piece(number: number): { piece: Blob; size: number } {
    const data = this.#bytes();
    const partBytes = partBytesFor(data.size);
    const size = bytesOfPart(data.size, partBytes, number);
    if (size === 0) throw new UploadError('bad_request');
    const at = (number - 1) * partBytes;
    return { piece: data.slice(at, at + size), size };
  }

  #isInParts = (): boolean => this.#bytes().size > SINGLE_PUT_BYTES;

  #numbers(): number[] {
    const { size } = this.#bytes();
    return Array.from({ length: partCount(size, partBytesFor(size)) }, (_, i) => i + 1);
  }

  #allSums(): string[] {
    return this.#numbers().map((number) => {
      const sum = this.#sums.get(number);
      if (sum === undefined) throw new UploadError('bad_request');
      return sum;
    });
  }

  #try = <Answer>(attempt: () => Promise<Answer>): Promise<Answer> => persist(this.#ports.wait, attempt);
}

function toSend(grant: Grant): SignedRequest {
  if (grant.method !== 'PUT') throw new UploadError('broker_unexpected');
  return { url: grant.url, headers: headersToSet(grant) };
}

function mediaType(type: string): string {
  const bare = type.split(';')[0]?.trim().toLowerCase() ?? '';
  return isMediaType(bare) ? bare : '';
}

/** 'holiday/day 1' of 'holiday/day 1/beach.jpg'; empty for a file that came alone. */
function folderOf(relativePath: unknown): string {
  if (typeof relativePath !== 'string') return '';
  return relativePath.split('/').filter(Boolean).slice(0, -1).join('/');
}
