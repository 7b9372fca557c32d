import { createHash, randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Line } from './line.ts';
import { readForm } from './read-form.ts';
import type { Answer } from './server.ts';

interface Bytes {
  readonly size: number;
  /** base64; as the sender claims, and checked where the store checks; null where nothing was claimed. */
  readonly sha256: string | null;
}

interface Multipart {
  readonly key: string;
  readonly parts: Map<number, Bytes>;
}

/**
 * As much of S3 as an upload needs (path-style). Keeps sizes and checksums, never bytes. Signatures are not looked at: they
 * cost a store nothing that a page could notice.
 */
export class Store {
  readonly objects = new Map<string, Bytes>();
  readonly #open = new Map<string, Multipart>();
  readonly #line: Line;
  readonly #isChecking: boolean;

  /** `isChecking`: every claimed SHA-256 is worked out again. Off for figures: in life another computer does that. */
  constructor(line: Line, isChecking: boolean) {
    this.#line = line;
    this.#isChecking = isChecking;
  }

  /** Bytes of all objects and of all parts that wait to become one. */
  get bytes(): number {
    const waiting = [...this.#open.values()].flatMap(({ parts }) => [...parts.values()]);
    return [...this.objects.values(), ...waiting].reduce((sum, { size }) => sum + size, 0);
  }

  forget(): void {
    this.objects.clear();
    this.#open.clear();
  }

  async handle(request: IncomingMessage, url: URL): Promise<Answer> {
    const key = url.pathname;
    const id = url.searchParams.get('uploadId');
    const number = Number(url.searchParams.get('partNumber'));
    switch (request.method) {
      case 'PUT':
        return this.#put(request, key, id, number);
      case 'POST':
        if (request.headers['content-type']?.startsWith('multipart/form-data')) return this.#form(request, key);
        await this.#line.read(request);
        return id === null
          ? xml('InitiateMultipartUploadResult', `<UploadId>${this.create(key)}</UploadId>`)
          : this.#complete(id);
      case 'GET':
        return this.#list(id);
      case 'DELETE':
        if (id !== null) this.abort(id);
        return { status: 204 };
      default:
        return { status: 405 };
    }
  }

  /** Answers the store's name for the upload. */
  create(key: string): string {
    const id = randomUUID();
    this.#open.set(id, { key, parts: new Map() });
    return id;
  }

  /** In order; null where there is no such upload. */
  partsOf(id: string): readonly (Bytes & { readonly number: number })[] | null {
    const upload = this.#open.get(id);
    if (!upload) return null;
    return [...upload.parts].map(([number, part]) => ({ number, ...part })).sort((a, b) => a.number - b.number);
  }

  /** Makes one object of all parts; null where there is no such upload. */
  complete(id: string): Bytes | null {
    const upload = this.#open.get(id);
    const parts = this.partsOf(id);
    if (!upload || !parts) return null;
    const object = { size: parts.reduce((sum, { size }) => sum + size, 0), sha256: composite(parts) };
    this.#open.delete(id);
    this.objects.set(upload.key, object);
    return object;
  }

  abort(id: string): void {
    this.#open.delete(id);
  }

  async #put(request: IncomingMessage, key: string, id: string | null, number: number): Promise<Answer> {
    const claim = request.headers['x-amz-checksum-sha256'];
    const sha256 = typeof claim === 'string' ? claim : null;
    const hash = this.#isChecking && sha256 !== null ? createHash('sha256') : null;
    const size = await this.#line.read(request, (chunk) => hash?.update(chunk));
    if (hash && hash.digest('base64') !== sha256) return { ...xml('Error', '<Code>BadDigest</Code>'), status: 400 };
    if (id === null) this.objects.set(key, { size, sha256 });
    else {
      const upload = this.#open.get(id);
      if (!upload) return { ...xml('Error', '<Code>NoSuchUpload</Code>'), status: 404 };
      upload.parts.set(number, { size, sha256 });
    }
    return { status: 200, headers: { etag: `"${number}-${size}"` } };
  }

  async #form(request: IncomingMessage, bucket: string): Promise<Answer> {
    const hash = this.#isChecking ? createHash('sha256') : null;
    const { fields, size } = await readForm(request, this.#line, (chunk) => hash?.update(chunk));
    const sha256 = fields.get('x-amz-checksum-sha256') ?? null;
    if (hash && hash.digest('base64') !== sha256) return { ...xml('Error', '<Code>BadDigest</Code>'), status: 400 };
    this.objects.set(`${bucket}/${fields.get('key')}`, { size, sha256 });
    return { status: 204 };
  }

  #list(id: string | null): Answer {
    const parts = id === null ? null : this.partsOf(id);
    if (!parts) return { status: 404 };
    const rows = parts.map(
      ({ number, size }) =>
        `<Part><PartNumber>${number}</PartNumber><ETag>"${number}-${size}"</ETag><Size>${size}</Size></Part>`,
    );
    return xml('ListPartsResult', rows.join(''));
  }

  #complete(id: string): Answer {
    const key = this.#open.get(id)?.key;
    const object = this.complete(id);
    if (key === undefined || !object) return { status: 404 };
    return xml(
      'CompleteMultipartUploadResult',
      `<Location>${key}</Location><Key>${key}</Key><ETag>"${object.size}"</ETag>`,
    );
  }
}

/** S3's checksum of an object in parts: the SHA-256 of the parts' SHA-256, one after the other. */
export function composite(parts: readonly { readonly sha256: string | null }[]): string | null {
  const hash = createHash('sha256');
  for (const { sha256 } of parts) {
    if (sha256 === null) return null;
    hash.update(Buffer.from(sha256, 'base64'));
  }
  return hash.digest('base64');
}

const xml = (name: string, inside: string): Answer => ({
  status: 200,
  headers: { 'content-type': 'application/xml' },
  body: `<?xml version="1.0" encoding="UTF-8"?><${name}>${inside}</${name}>`,
});
