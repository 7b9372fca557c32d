import { createHash } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { before } from 'node:test';
import { problemBody } from '../../demo/base/problem.ts';
import {
  bytesOfPart,
  type CompleteUploads,
  type PutGrant,
  type SignParts,
  type StartUploads,
  type StoredFile,
  type UploadStatus,
} from '../../src/contract/index.ts';
import { FileTransfer } from '../../src/transfer/file-transfer.ts';
import type { Grants, Put, PutOutcome, TransferWatcher } from '../../src/transfer/ports.ts';
import { loadParts } from '../../src/transfer/sending.ts';
import { asPut } from './as-put.ts';
import { PageClock, settled } from './page-clock.ts';
import { problem } from './upload-bench.ts';

// The transfer loads them when a file needs them; no clock of a test waits for a disk.
before(() => loadParts());

// Twelve parts listen for the end of one file; Node would call that a leak.
setMaxListeners(100);

const MB = 1024 * 1024;
/** Over the limit of a single PUT: 17 parts of 1 MiB and one of 5 bytes. */
export const LARGE = 17 * MB + 5;
const PATTERN = new Uint8Array(LARGE).map((_, i) => (i * 31 + (i >> 8) * 7 + (i >> 16)) % 251);

export const sumOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('base64');

/** A file of its own bytes: the first one differs by name. */
export function large(name: string, size = LARGE): File {
  return new File([Uint8Array.of(name.charCodeAt(0)), PATTERN.subarray(1, size)], name, { lastModified: 1 });
}

interface Upload {
  readonly file: StartUploads['files'][number];
  readonly partBytes: number | undefined;
  readonly parts: Map<number, Uint8Array>;
  object: Uint8Array | null;
  state: UploadStatus['state'];
}

/** One request to the storage that the test has to bring to its end. */
export interface RunningPut {
  readonly name: string;
  readonly number: number;
  sent(bytes: number): void;
  /** `lost-but-there`: the storage took it, and the answer never came. */
  end(outcome: PutOutcome | 'lost-but-there'): Promise<void>;
}

/** Broker and storage that keep every byte, and refuse what a grant does not bind. Faults are given by hooks. */
export class PartsBench implements Grants {
  readonly clock = new PageClock();
  readonly told: string[] = [];
  readonly progress: Record<string, number[]> = {};
  readonly starts: string[] = [];
  readonly signs: { name: string; numbers: number[] }[] = [];
  readonly puts: string[] = [];
  readonly running: RunningPut[] = [];
  readonly completed: string[] = [];
  readonly aborts: string[] = [];
  readonly uploads = new Map<string, Upload>();
  /** Pieces that were hashed or are being. */
  hashed = 0;
  /** Whether a PUT waits for `running[i].end`; else it is stored at once. */
  isManual = false;
  isOnline = true;
  requests: number | undefined;
  partBytes = MB;
  grantSeconds = 120;
  before: (call: 'start' | 'sign' | 'status' | 'complete' | 'abort') => unknown = () => {};
  after: (call: 'start' | 'sign' | 'status' | 'complete') => unknown = () => {};
  outcome: (name: string, number: number) => PutOutcome | 'lost-but-there' = () => ({ kind: 'stored' });
  readonly #online = new Set<() => void>();
  readonly hasher = {
    hash: async (blob: Blob, signal: AbortSignal): Promise<string> => {
      this.hashed += 1;
      const sum = sumOf(new Uint8Array(await blob.arrayBuffer()));
      signal.throwIfAborted();
      return sum;
    },
    close: () => {},
  };
  readonly transfer = new FileTransfer({
    grants: this,
    clock: this.clock,
    random: () => 0.5,
    connection: {
      isOnline: () => this.isOnline,
      whenOnline: (act) => {
        this.#online.add(act);
        return () => this.#online.delete(act);
      },
    },
    hasher: this.hasher,
    put: (...args) => this.put(...args),
  });

  readonly watcher: TransferWatcher = {
    waiting: () => {},
    progress: (key, sent) => {
      this.progress[key] = [...(this.progress[key] ?? []), sent];
    },
    finishing: (key) => this.told.push(`${key} finishing`),
    stored: (key) => this.told.push(`${key} stored`),
    notDone: (key, { code }) => this.told.push(`${key} ${code}`),
    reference: () => {},
    busy: () => {},
    offline: (isOffline) => this.told.push(`offline ${isOffline}`),
    slow: () => {},
    signInNeeded: () => this.told.push('sign-in needed'),
  };

  send(...files: readonly File[]): Promise<void> {
    const outgoing = files.map((file) => ({ key: file.name, file, sniffedType: '' }));
    return this.transfer.send(outgoing, { requests: this.requests }, this.watcher);
  }

  /** Lets a send come to its end, however long it waits on the way. */
  async finish(sent: Promise<void>): Promise<void> {
    let isOver = false;
    void sent.then(() => {
      isOver = true;
    });
    for (let waits = 0; waits < 2000; waits++) {
      await settled();
      if (isOver) return;
      if (this.clock.next !== null) await this.clock.pass(this.clock.next);
    }
    throw new Error('It never came to its end');
  }

  /** Brings everything that runs to its end, and what follows it too. */
  async endAll(): Promise<void> {
    this.isManual = false;
    for (const put of [...this.running]) await put.end({ kind: 'stored' });
  }

  comeBack(): void {
    this.isOnline = true;
    for (const act of [...this.#online]) act();
  }

  upload(name: string): Upload & { readonly id: string } {
    const found = [...this.uploads].findLast(([, { file }]) => file.name === name);
    if (!found) throw new Error(`${name} was not started`);
    return { id: found[0], ...found[1] };
  }

  /** The last figure that was told, after all that waits to be told. */
  async progressOf(name: string): Promise<number | undefined> {
    await this.clock.pass(100);
    return this.progress[name]?.at(-1);
  }

  runningOf(name: string): number[] {
    return this.running.filter((put) => put.name === name).map(({ number }) => number);
  }

  newTrace(): string {
    return 'f'.repeat(32);
  }

  async startUploads({ files }: StartUploads) {
    this.starts.push(...files.map(({ name }) => name));
    await this.before('start');
    const entries = files.map((file) => {
      const id = `upload-${this.uploads.size + 1}`;
      const partBytes = file.sha256 === undefined ? this.partBytes : undefined;
      this.uploads.set(id, { file, partBytes, parts: new Map(), object: null, state: 'open' });
      const expires_at = this.#in(86_400);
      if (partBytes !== undefined) return { upload: { id, expires_at, part_bytes: partBytes } };
      return { upload: { id, expires_at, grant: this.#grant(id, 1, file.size, file.sha256 ?? '') } };
    });
    await this.after('start');
    return { batch: 'batch-0001', reference: '7F3K92QD', files: entries };
  }

  async signParts({ upload: id, parts }: SignParts): Promise<PutGrant[]> {
    const { file, partBytes = file.size, state } = this.#get(id);
    this.signs.push({ name: file.name, numbers: parts.map(({ number }) => number) });
    await this.before('sign');
    if (state !== 'open') throw problem('upload_over');
    if (new Set(parts.map(({ number }) => number)).size < parts.length) throw problem('bad_request');
    const grants = parts.map(({ number, size, sha256 }) => {
      if (size === 0 || size !== bytesOfPart(file.size, partBytes, number)) throw problem('bad_request');
      return this.#grant(id, number, size, sha256);
    });
    await this.after('sign');
    return grants;
  }

  async uploadStatus(id: string): Promise<UploadStatus> {
    await this.before('status');
    const { state, object, parts, partBytes, file } = this.#get(id);
    await this.after('status');
    const there = [...parts].map(([number, bytes]) => ({ number, size: bytes.length, sha256: sumOf(bytes) }));
    return {
      id,
      state,
      expires_at: this.#in(86_400),
      is_in_storage: object !== null,
      ...(partBytes !== undefined && state === 'open' && { parts: there }),
      ...(state === 'stored' && { file: this.#stored(id, file) }),
    };
  }

  async completeUploads(uploads: readonly CompleteUploads['uploads'][number][]) {
    await this.before('complete');
    const files = uploads.map(({ id, parts }) => {
      const upload = this.#get(id);
      if (upload.state === 'open') {
        const code = this.#complete(id, upload, parts);
        if (code) return { id, problem: problemBody(code) };
      }
      if (upload.state !== 'stored') return { id, problem: problemBody('upload_over') };
      return { id, file: this.#stored(id, upload.file) };
    });
    await this.after('complete');
    return { files };
  }

  async abortUpload(id: string): Promise<void> {
    await this.before('abort');
    this.aborts.push(id);
    const upload = this.#get(id);
    if (upload.state === 'open') upload.state = 'aborted';
  }

  #complete(id: string, upload: Upload, sums: readonly string[] = []): 'not_stored_yet' | 'damaged' | null {
    if (upload.partBytes !== undefined) {
      const stored = sums.map((_, i) => upload.parts.get(i + 1));
      if (stored.some((part) => part === undefined)) return 'not_stored_yet';
      if (stored.some((part, i) => sumOf(part ?? new Uint8Array()) !== sums[i])) return 'damaged';
      upload.object = Buffer.concat(stored.map((part) => part ?? new Uint8Array()));
    }
    if (!upload.object) return 'not_stored_yet';
    upload.state = 'stored';
    this.completed.push(id);
    return null;
  }

  readonly put: Put = async (grant, body, { sent }, signal) => {
    const { pathname, searchParams } = new URL(grant.url);
    const [id, number] = [pathname.slice(1), Number(searchParams.get('part'))];
    const { name } = this.#get(id).file;
    this.puts.push(`${name} ${number}`);
    let outcome = this.outcome(name, number);
    if (this.isManual) {
      outcome = await new Promise((resolve, reject) => {
        const put: RunningPut = {
          name,
          number,
          sent,
          end: async (given) => {
            leave();
            resolve(given);
            await settled();
          },
        };
        const leave = () => {
          signal.removeEventListener('abort', stop);
          this.running.splice(this.running.indexOf(put), 1);
        };
        const stop = () => {
          leave();
          reject(signal.reason);
        };
        signal.addEventListener('abort', stop, { once: true });
        this.running.push(put);
      });
    } else {
      await new Promise((resolve) => setImmediate(resolve));
      signal.throwIfAborted();
    }
    const isTaken = outcome === 'lost-but-there' || outcome.kind === 'stored';
    const refused = isTaken ? await this.#take(id, number, asPut(grant), body) : null;
    if (refused) return { kind: 'refused', status: refused };
    if (outcome === 'lost-but-there') return { kind: 'lost' };
    if (outcome.kind === 'stored') sent(body.size);
    else if (outcome.kind === 'lost') sent(Math.floor(body.size / 2));
    return outcome;
  };

  /** Null where the bytes are those that the grant binds, and were taken. */
  async #take(id: string, number: number, { headers, expires_at }: PutGrant, body: Blob): Promise<number | null> {
    const upload = this.#get(id);
    if (Date.parse(expires_at) <= this.clock.now()) return 403;
    if (upload.state !== 'open') return 404;
    const bytes = new Uint8Array(await body.arrayBuffer());
    if (headers['x-size'] !== String(bytes.length) || headers['x-sum'] !== sumOf(bytes)) return 400;
    if (upload.partBytes !== undefined) upload.parts.set(number, bytes);
    else if (upload.object) return 412;
    else upload.object = bytes;
    return null;
  }

  #get(id: string): Upload {
    const upload = this.uploads.get(id);
    if (!upload) throw problem('not_found');
    return upload;
  }

  #grant(id: string, part: number, size: number, sum: string): PutGrant {
    const headers = { 'x-size': String(size), 'x-sum': sum };
    const url = `https://storage.example/${id}?part=${part}`;
    return { method: 'PUT', url, headers, expires_at: this.#in(this.grantSeconds) };
  }

  #stored(id: string, { name, size }: StartUploads['files'][number]): StoredFile {
    const times = { stored_at: this.#in(0), delete_at: this.#in(86_400) };
    const sha256 = `${'A'.repeat(43)}=`;
    return { id, name, size, sha256, type: 'text/plain', reference: '7F3K92QD', receipt: 'jws', ...times };
  }

  #in(seconds: number): string {
    return new Date(this.clock.now() + seconds * 1000).toISOString();
  }
}
