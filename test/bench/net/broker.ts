import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import * as v from 'valibot';
import {
  type CompletedUploads,
  CompleteUploads,
  FORM_BYTES,
  type PostGrant,
  PROBLEMS,
  type ProblemBody,
  type ProblemCode,
  type PutGrant,
  partBytesFor,
  SINGLE_PUT_BYTES,
  type SignedParts,
  SignParts,
  type StartedUpload,
  type StartedUploads,
  StartUploads,
  type StoredFile,
  type UploadStatus,
} from '../../../src/contract/index.ts';
import { presigned } from '../presigned.ts';
import type { Line } from './line.ts';
import type { Answer } from './server.ts';
import type { Store } from './store.ts';

interface Upload {
  readonly id: string;
  readonly name: string;
  readonly size: number;
  readonly type: string;
  /** Null: one PUT. */
  readonly inParts: { readonly storeId: string; readonly partBytes: number } | null;
}

const LIFE_MS = 3_600_000;
const BATCH = { batch: 'bench-batch', reference: 'BENCH234' } as const;

/**
 * Stands for the broker, so that the figures show the engine in the page and not a database, a signer or a token check
 * beside it on the same cores. Speaks the wire of src/contract for the five calls that an upload makes, answers from
 * memory, and talks to the store by a function call.
 */
export class BrokerStandIn {
  readonly #store: Store;
  readonly #storeOrigin: string;
  readonly #line: Line;
  readonly #takesForms: boolean;
  readonly #uploads = new Map<string, Upload>();

  /** `takesForms`: as where the doctor saw the store hold a form to its policy. */
  constructor(store: Store, storeOrigin: string, line: Line, takesForms: boolean) {
    this.#store = store;
    this.#storeOrigin = storeOrigin;
    this.#line = line;
    this.#takesForms = takesForms;
  }

  async handle(request: IncomingMessage, { pathname }: URL): Promise<Answer> {
    let text = '';
    await this.#line.read(request, (chunk) => {
      text += chunk.toString('utf8');
    });
    const body: unknown = text === '' ? null : JSON.parse(text);
    switch (`${request.method} ${pathname}`) {
      case 'POST /v1/uploads':
        return json(201, this.#start(v.parse(StartUploads, body)));
      case 'POST /v1/uploads/parts':
        return json(200, this.#sign(v.parse(SignParts, body)));
      case 'POST /v1/uploads/complete':
        return json(200, this.#complete(v.parse(CompleteUploads, body)));
      default:
        return this.#one(request.method, pathname.split('/').at(-1) ?? '');
    }
  }

  #start({ files, accepts_forms: acceptsForms = false }: StartUploads): StartedUploads {
    const started = files.map(({ name, size, type, sha256 }): { upload: StartedUpload } => {
      const id = randomUUID();
      const partBytes = size > SINGLE_PUT_BYTES ? partBytesFor(size) : null;
      const inParts = partBytes === null ? null : { storeId: this.#store.create(pathOf(id)), partBytes };
      this.#uploads.set(id, { id, name, size, type: type || 'application/octet-stream', inParts });
      const first = { id, expires_at: inAWhile() };
      if (partBytes !== null) return { upload: { ...first, part_bytes: partBytes } };
      const isForm = acceptsForms && this.#takesForms && size <= FORM_BYTES;
      const grant = isForm ? this.#form(this.#get(id), sha256 ?? '') : this.#grant(this.#get(id), 1, sha256 ?? '');
      return { upload: { ...first, grant } };
    });
    return { ...BATCH, files: started };
  }

  #sign({ upload, parts }: SignParts): SignedParts {
    const found = this.#get(upload);
    return { parts: parts.map(({ number, sha256 }) => ({ number, grant: this.#grant(found, number, sha256) })) };
  }

  #grant({ id, type, inParts }: Upload, number: number, sha256: string): PutGrant {
    const query: Record<string, string> = inParts ? { partNumber: String(number), uploadId: inParts.storeId } : {};
    const headers = {
      ...(!inParts && { 'content-type': type, 'if-none-match': '*' }),
      'x-amz-checksum-sha256': sha256,
      'x-amz-sdk-checksum-algorithm': 'SHA256',
    };
    return { method: 'PUT', url: presigned(this.#storeOrigin, id, query), headers, expires_at: inAWhile() };
  }

  /** As long as a signed one. */
  #form({ id, type }: Upload, sha256: string): PostGrant {
    const fields = {
      key: id,
      'content-type': type,
      'if-none-match': '*',
      'x-amz-checksum-algorithm': 'SHA256',
      'x-amz-checksum-sha256': sha256,
      'x-amz-algorithm': 'AWS4-HMAC-SHA256',
      'x-amz-credential': 'BENCHBENCHBENCHBENCH/20260101/eu-central-1/s3/aws4_request',
      'x-amz-date': '20260101T000000Z',
      policy: 'A'.repeat(900),
      'x-amz-signature': '0'.repeat(64),
    };
    return { method: 'POST', url: `${this.#storeOrigin}/bench`, fields, expires_at: inAWhile() };
  }

  #complete({ uploads }: CompleteUploads): CompletedUploads {
    return {
      files: uploads.map(({ id, parts }) => {
        const upload = this.#get(id);
        const stored = upload.inParts && this.#store.partsOf(upload.inParts.storeId);
        if (upload.inParts && stored) {
          const isAll = parts?.length === stored.length && stored.every(({ sha256 }, i) => sha256 === parts[i]);
          if (isAll) this.#store.complete(upload.inParts.storeId);
        }
        const file = this.#file(upload);
        return file ? { id, file } : { id, problem: problem('not_stored_yet') };
      }),
    };
  }

  #one(method: string | undefined, id: string): Answer {
    const upload = this.#uploads.get(id);
    if (!upload) return json(404, problem('not_found'));
    if (method === 'DELETE') {
      if (upload.inParts) this.#store.abort(upload.inParts.storeId);
      return { status: 204 };
    }
    const file = this.#file(upload);
    const parts = upload.inParts && this.#store.partsOf(upload.inParts.storeId);
    const status: UploadStatus = {
      id,
      state: file ? 'stored' : 'open',
      expires_at: inAWhile(),
      is_in_storage: file !== null,
      ...(parts && { parts: parts.map((part) => ({ ...part, sha256: part.sha256 ?? '' })) }),
      ...(file && { file }),
    };
    return json(200, status);
  }

  #get(id: string): Upload {
    const upload = this.#uploads.get(id);
    if (!upload) throw new Error('The page names an upload that was never started');
    return upload;
  }

  /** Null until all of it is in the store. */
  #file({ id, name, size, type, inParts }: Upload): StoredFile | null {
    const object = this.#store.objects.get(pathOf(id));
    if (object?.size !== size || object.sha256 === null) return null;
    const now = new Date().toISOString();
    return {
      id,
      name,
      size,
      type,
      sha256: object.sha256,
      ...(inParts && { part_bytes: inParts.partBytes }),
      reference: BATCH.reference,
      stored_at: now,
      delete_at: now,
      receipt: 'bench',
    };
  }
}

const pathOf = (id: string): string => `/bench/${id}`;
const inAWhile = (): string => new Date(Date.now() + LIFE_MS).toISOString();

function problem(code: ProblemCode): ProblemBody {
  const { status, person, owner } = PROBLEMS[code];
  return { type: 'about:blank', title: code, status, code, remedy: { person, owner } };
}

const json = (status: number, body: unknown): Answer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});
