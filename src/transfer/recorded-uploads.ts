import type { UploadStatus } from '../contract/uploads.ts';
import { UploadError } from '../errors.ts';
import { ENDED } from './ended.ts';
import { countKept, type RecordsHere } from './kept.ts';
import { Original } from './original.ts';
import type { Clock, Grants, Hasher, Sameness, Unfinished, UnfinishedUpload } from './ports.ts';
import { storedBytes, type UploadRecord } from './record.ts';
import type { Records } from './records.ts';

/** File System Access, which only Chromium has; TypeScript's DOM does not name it. */
type PermittedHandle = FileSystemFileHandle & {
  queryPermission?(options: { mode: 'read' }): Promise<PermissionState>;
  requestPermission?(options: { mode: 'read' }): Promise<PermissionState>;
};

/** Signing out shall not wait for a broker that does not answer. */
const ABORT_WITHIN_MS = 3000;

/** Uploads that outlived their page, by their records. */
export class RecordedUploads implements Unfinished {
  readonly #ports: RecordsHere & { readonly grants: Grants; readonly hasher: Hasher; readonly clock: Clock };
  readonly #records: Records;

  constructor(
    ports: RecordsHere & { readonly grants: Grants; readonly hasher: Hasher; readonly clock: Clock },
    records: Records,
  ) {
    this.#ports = ports;
    this.#records = records;
  }

  isAvailable(): Promise<boolean> {
    return this.#records.areKept();
  }

  count(app: string): Promise<number> {
    return countKept(this.#ports, app);
  }

  async list(app: string, { id: person }: { readonly id: string }): Promise<readonly UnfinishedUpload[]> {
    const [records, { here, elsewhere }] = await this.#find(app);
    return records
      .filter((record) => record.person === person && !here.has(record.id))
      .sort((a, b) => b.lastSentAt - a.lastSentAt)
      .map((record) => ({
        id: record.id,
        name: record.name,
        path: record.path,
        size: record.size,
        fromSize: record.fromSize,
        sent: storedBytes(record),
        lastModified: record.lastModified,
        lastSentAt: record.lastSentAt,
        expiresAt: record.expiresAt,
        hasHandle: record.handle !== undefined,
        isElsewhere: elsewhere.has(record.id),
      }));
  }

  async check(id: string, file: File, signal: AbortSignal): Promise<Sameness> {
    const { store, locks, hasher } = this.#ports;
    const record = await store.find(id);
    if (!record) return 'over';
    if ((await locks.held()).elsewhere.has(id)) return 'elsewhere';
    // Whoever chose another one shall hear of that without waiting for the network.
    if (file.size !== record.size) return 'other';
    const status = await this.#status(record, signal);
    if (!status) {
      await store.erase(id);
      return 'over';
    }
    const sums = await this.#records.prove(record, status, new Original(file, hasher), signal);
    if (!sums) return 'other';
    return file.name === record.name ? 'same' : 'renamed';
  }

  async reopen(id: string): Promise<File | null> {
    const handle: PermittedHandle | undefined = (await this.#ports.store.find(id))?.handle;
    if (!handle) return null;
    const mode = { mode: 'read' } as const;
    try {
      const isGranted = (await handle.queryPermission?.(mode)) === 'granted';
      if (!isGranted && (await handle.requestPermission?.(mode)) !== 'granted') return null;
      return await handle.getFile();
    } catch {
      return null; // Moved away or deleted.
    }
  }

  async moveHere(id: string): Promise<void> {
    await this.#ports.locks.free(id);
  }

  /** Fails with an UploadError where the broker cannot be asked: then nothing is erased, and it may be tried again. */
  async forget(id: string): Promise<void> {
    const { store, locks, grants } = this.#ports;
    if ((await locks.held()).elsewhere.has(id)) throw new UploadError('elsewhere');
    try {
      await grants.abortUpload(id);
    } catch (error) {
      if (!isOver(error)) throw error;
    }
    await store.erase(id);
  }

  async forgetAll(app: string, { id: person }: { readonly id: string }): Promise<void> {
    const { store, grants, clock } = this.#ports;
    const [records, { elsewhere }] = await this.#find(app);
    const own = records.filter((record) => record.person === person && !elsewhere.has(record.id));
    await Promise.all(own.map(({ id }) => store.erase(id)));
    if (own.length === 0) return;
    // What is not aborted ends by its life.
    const aborted = Promise.allSettled(own.map(({ id }) => grants.abortUpload(id)));
    let takeBack = () => {};
    const late = new Promise<void>((resolve) => {
      takeBack = clock.after(ABORT_WITHIN_MS, resolve);
    });
    await Promise.race([aborted, late]);
    takeBack();
  }

  #find(app: string) {
    return Promise.all([this.#ports.store.ofApp(app), this.#ports.locks.held()]);
  }

  /** Null where the upload has ended without its file. */
  async #status({ id }: UploadRecord, signal: AbortSignal): Promise<UploadStatus | null> {
    try {
      const status = await this.#ports.grants.uploadStatus(id, signal);
      return status.state === 'open' || status.file ? status : null;
    } catch (error) {
      if (isOver(error)) return null;
      throw error;
    }
  }
}

const isOver = (error: unknown): boolean => error instanceof UploadError && ENDED.has(error.code);
