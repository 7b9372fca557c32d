import { problemBody } from '../../demo/base/problem.ts';
import type { Grant, PostGrant, ProblemCode, PutGrant, StartUploads, StoredFile } from '../../src/contract/index.ts';
import { UploadError } from '../../src/errors.ts';
import { FileTransfer } from '../../src/transfer/file-transfer.ts';
import type { Grants, PutOutcome, PutWatcher, TransferWatcher } from '../../src/transfer/ports.ts';
import { PageClock } from './page-clock.ts';

type Fault = () => unknown;

/** The far ends of a transfer, with a fault for any call. The laws of the transfer need no network; storage and broker have tests of their own. */
export class UploadBench implements Grants {
  readonly clock = new PageClock();
  readonly starts: { body: StartUploads; key: string; trace: string }[] = [];
  readonly puts: { name: string; grant: number; at: number }[] = [];
  readonly methods: string[] = [];
  readonly signs: string[] = [];
  readonly completes: { ids: readonly string[]; key: string }[] = [];
  readonly statuses: string[] = [];
  readonly aborts: string[] = [];
  readonly told: string[] = [];
  isOnline = true;
  /** Seconds that a grant lives. */
  grantSeconds = 120;
  /** For so long each PUT is under way. */
  putMs = 0;
  random = () => 0.5;
  readonly #faults: Record<'start' | 'sign' | 'complete' | 'status', Fault[]> = {
    start: [],
    sign: [],
    complete: [],
    status: [],
  };
  readonly #outcomes: (PutOutcome | 'hang' | 'slow' | 'stored-but-lost')[] = [];
  readonly #uploads = new Map<string, { file: StartUploads['files'][number]; isThere: boolean; state: string }>();
  readonly #online = new Set<() => void>();
  readonly #refused = new Map<string, ProblemCode>();
  #granted = 0;
  /** The broker grants forms to whoever accepts them. */
  grantsForms = false;
  readonly transfer = new FileTransfer({
    grants: this,
    clock: this.clock,
    random: () => this.random(),
    connection: {
      isOnline: () => this.isOnline,
      whenOnline: (act) => {
        this.#online.add(act);
        return () => this.#online.delete(act);
      },
    },
    hasher: { hash: async () => `${'A'.repeat(43)}=`, close: () => {} },
    put: (grant, body, watcher, signal) => this.#put(grant, body, watcher, signal),
  });

  readonly watcher: TransferWatcher = {
    waiting: (key) => this.told.push(`${key} waiting`),
    progress: (key, sent) => this.told.push(`${key} sent ${sent}`),
    finishing: (key) => this.told.push(`${key} finishing`),
    stored: (key, file) => this.told.push(`${key} stored ${file.name}`),
    notDone: (key, { code }) => this.told.push(`${key} ${code}`),
    reference: (reference) => this.told.push(`reference ${reference}`),
    busy: (until) => this.told.push(`busy ${until === null ? 'no more' : until - this.clock.now()}`),
    offline: (isOffline) => this.told.push(`offline ${isOffline}`),
    slow: (isSlow) => this.told.push(`slow ${isSlow}`),
    signInNeeded: () => this.told.push('sign-in needed'),
  };

  /** The next calls of this kind fail so, or do what the function does first. */
  fail(call: 'start' | 'sign' | 'complete' | 'status', ...faults: (ProblemCode | UploadError | Fault)[]): void {
    this.#faults[call].push(
      ...faults.map((fault) =>
        typeof fault === 'function'
          ? fault
          : () => {
              throw typeof fault === 'string' ? problem(fault) : fault;
            },
      ),
    );
  }

  /** What becomes of the next PUTs; after these all are stored. */
  outcomes(...outcomes: (PutOutcome | 'hang' | 'slow' | 'stored-but-lost')[]): void {
    this.#outcomes.push(...outcomes);
  }

  /** The broker refuses files of this name when they are started. */
  refuse(name: string, code: ProblemCode): void {
    this.#refused.set(name, code);
  }

  /** And takes them again. */
  admit(name: string): void {
    this.#refused.delete(name);
  }

  setState(id: string, state: string): void {
    const upload = this.#uploads.get(id);
    if (upload) upload.state = state;
  }

  /** Whether the storage shows what it took. */
  setThere(id: string, isThere: boolean): void {
    const upload = this.#uploads.get(id);
    if (upload) upload.isThere = isThere;
  }

  comeBack(): void {
    this.isOnline = true;
    for (const act of [...this.#online]) act();
  }

  send(names: readonly string[], options = {}): Promise<void> {
    const files = names.map((name) => ({ key: name, file: new File(['12345'], name), sniffedType: '' }));
    return this.transfer.send(files, options, this.watcher);
  }

  newTrace(): string {
    return 'f'.repeat(32);
  }

  async startUploads(body: StartUploads, { idempotencyKey: key, trace }: { idempotencyKey: string; trace: string }) {
    this.starts.push({ body, key, trace });
    await this.#faults.start.shift()?.();
    const files = body.files.map((file) => {
      const code = this.#refused.get(file.name);
      if (code) return { problem: problemBody(code) };
      const id = `upload-${this.#uploads.size + 1}`;
      this.#uploads.set(id, { file, isThere: false, state: 'open' });
      const grant = this.grantsForms && body.accepts_forms ? this.#form(id) : this.#grant(id);
      return { upload: { id, grant, expires_at: this.#in(86_400) } };
    });
    return { batch: 'batch-0001', reference: '7F3K92QD', files };
  }

  async signParts({ upload }: { upload: string }): Promise<PutGrant[]> {
    this.signs.push(upload);
    await this.#faults.sign.shift()?.();
    return [this.#grant(upload)];
  }

  async completeUploads(uploads: readonly { id: string }[], { idempotencyKey: key }: { idempotencyKey: string }) {
    const ids = uploads.map(({ id }) => id);
    this.completes.push({ ids, key });
    await this.#faults.complete.shift()?.();
    const files = ids.map((id) => {
      const upload = this.#uploads.get(id);
      if (!upload?.isThere) return { id, problem: problemBody('not_stored_yet') };
      return { id, file: this.#stored(id, upload.file) };
    });
    return { files };
  }

  async uploadStatus(id: string) {
    this.statuses.push(id);
    await this.#faults.status.shift()?.();
    const upload = this.#uploads.get(id);
    if (!upload) throw problem('not_found');
    const state = upload.state as 'open';
    return {
      id,
      state,
      expires_at: this.#in(86_400),
      is_in_storage: upload.isThere,
      ...(upload.state === 'stored' && { file: this.#stored(id, upload.file) }),
    };
  }

  async abortUpload(id: string): Promise<void> {
    this.aborts.push(id);
  }

  async #put(grant: Grant, body: Blob, watcher: PutWatcher, signal: AbortSignal): Promise<PutOutcome> {
    const id = new URL(grant.url).pathname.slice(1);
    const upload = this.#uploads.get(id);
    if (!upload) throw new TypeError('A PUT without an upload');
    const { 'x-grant': number } = grant.method === 'PUT' ? grant.headers : grant.fields;
    this.puts.push({ name: upload.file.name, grant: Number(number), at: this.clock.now() });
    this.methods.push(grant.method);
    if (this.putMs > 0) await new Promise<void>((arrive) => this.clock.after(this.putMs, arrive));
    const outcome = this.#outcomes.shift() ?? { kind: 'stored' };
    if (outcome === 'slow') watcher.slow(true);
    if (outcome === 'hang') {
      await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    }
    if (outcome === 'stored-but-lost') upload.isThere = true;
    else if (typeof outcome !== 'string' && outcome.kind === 'stored') {
      upload.isThere = true;
      watcher.sent(body.size);
    }
    return typeof outcome === 'string' ? { kind: 'lost' } : outcome;
  }

  #grant(id: string): PutGrant {
    this.#granted += 1;
    return {
      method: 'PUT',
      url: `https://storage.example/${id}`,
      headers: { 'x-grant': String(this.#granted) },
      expires_at: this.#in(this.grantSeconds),
    };
  }

  #form(id: string): PostGrant {
    const { headers: fields, ...grant } = this.#grant(id);
    return { ...grant, method: 'POST', fields };
  }

  #stored(id: string, file: StartUploads['files'][number]): StoredFile {
    const { name, size, sha256 = '' } = file;
    const times = { stored_at: this.#in(0), delete_at: this.#in(86_400) };
    return { id, name, size, sha256, type: 'text/plain', reference: '7F3K92QD', receipt: 'jws', ...times };
  }

  #in(seconds: number): string {
    return new Date(this.clock.now() + seconds * 1000).toISOString();
  }
}

export const problem = (code: ProblemCode, retryAfterMs?: number) =>
  new UploadError(code, { problem: problemBody(code), retryAfterMs });
