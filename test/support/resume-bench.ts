import { FileTransfer } from '../../src/transfer/file-transfer.ts';
import type { Grants, Put, TransferWatcher } from '../../src/transfer/ports.ts';
import { RecordedUploads } from '../../src/transfer/recorded-uploads.ts';
import { type RecordPorts, Records } from '../../src/transfer/records.ts';
import { MemoryLocks, MemoryRecords } from './memory-records.ts';
import { settled } from './page-clock.ts';
import { PartsBench } from './parts-bench.ts';

export const APP = 'cases';
export const JO = { id: 'person-jo' };

const never = new Promise<never>(() => {});

/** One browser with many pages, one after another or side by side, before one broker and one storage. */
export class ResumeBench {
  readonly far = new PartsBench();
  readonly store = new MemoryRecords();
  readonly locks = new MemoryLocks();
  person: string | null = JO.id;

  page(): Page {
    return new Page(this);
  }

  /** The record of the only upload. */
  get record() {
    const [record] = this.store.records.values();
    if (!record) throw new Error('There is no record');
    return record;
  }
}

/** A page that may die at any moment: nothing of it acts or hears any more. */
export class Page {
  readonly told: string[] = [];
  readonly transfer: FileTransfer;
  readonly unfinished: RecordedUploads;
  readonly #locks;
  #isDead = false;

  constructor(bench: ResumeBench) {
    this.#locks = bench.locks.page();
    const { far, store } = bench;
    const grants: Grants = {
      newTrace: () => far.newTrace(),
      startUploads: (body) => this.#living(() => far.startUploads(body)),
      signParts: (body) => this.#living(() => far.signParts(body)),
      completeUploads: (uploads) => this.#living(() => far.completeUploads(uploads)),
      uploadStatus: (id) => this.#living(() => far.uploadStatus(id)),
      abortUpload: (id) => this.#living(() => far.abortUpload(id)),
    };
    const put: Put = (...args) => this.#living(() => far.put(...args));
    const here: RecordPorts = {
      store: {
        isAvailable: () => store.isAvailable(),
        add: (record) => this.#living(() => store.add(record)),
        change: (id, change) => this.#living(() => store.change(id, change)),
        find: (id) => this.#living(() => store.find(id)),
        ofApp: (app) => this.#living(() => store.ofApp(app)),
        erase: (id) => this.#living(() => store.erase(id)),
      },
      locks: this.#locks,
      owner: () => (bench.person === null ? null : { app: APP, person: bench.person }),
    };
    const { hasher, clock } = far;
    const records = new Records(here, clock);
    this.unfinished = new RecordedUploads({ ...here, grants, hasher, clock }, records);
    this.transfer = new FileTransfer({
      grants,
      put,
      hasher,
      clock,
      random: () => 0.5,
      connection: { isOnline: () => true, whenOnline: () => () => {} },
      records: async () => records,
    });
  }

  readonly watcher: TransferWatcher = {
    waiting: () => {},
    progress: () => {},
    finishing: (key) => this.told.push(`${key} finishing`),
    stored: (key) => this.told.push(`${key} stored`),
    notDone: (key, { code }) => this.told.push(`${key} ${code}`),
    reference: () => {},
    busy: () => {},
    offline: () => {},
    slow: () => {},
    signInNeeded: () => {},
  };

  send(file: File, resumes?: string): Promise<void> {
    return this.transfer.send([{ key: file.name, file, sniffedType: '', resumes }], {}, this.watcher);
  }

  check(id: string, file: File) {
    return this.unfinished.check(id, file, new AbortController().signal);
  }

  list() {
    return this.unfinished.list(APP, JO);
  }

  /** The browser gives back what it held; what runs at the storage may still arrive there. */
  async crash(): Promise<void> {
    this.#isDead = true;
    this.#locks.end();
    await settled();
  }

  async #living<Answer>(act: () => Promise<Answer>): Promise<Answer> {
    if (this.#isDead) return never;
    try {
      const answer = await act();
      return this.#isDead ? never : answer;
    } catch (error) {
      return this.#isDead ? never : Promise.reject(error);
    }
  }
}
