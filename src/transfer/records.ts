import type { UploadStatus } from '../contract/uploads.ts';
import { UploadError } from '../errors.ts';
import { areKept, type RecordsHere } from './kept.ts';
import type { Original } from './original.ts';
import type { Clock, OutgoingFile } from './ports.ts';
import type { Edges, RecordOwner, UploadRecord } from './record.ts';
import { RecordKeeper } from './record-keeper.ts';
import { edgesOf, provenParts } from './record-proof.ts';

export interface RecordPorts extends RecordsHere {
  /** Null while nobody is signed in. */
  owner(): RecordOwner | null;
}

/** Sums of a file as it was when they were made. */
interface Proof {
  readonly id: string;
  readonly size: number;
  readonly lastModified: number;
  readonly sums: ReadonlyMap<number, string>;
}

/** The records of uploads in parts, as the engine uses them. Where there are none, it goes without. */
export class Records {
  readonly #ports: RecordPorts | undefined;
  readonly #clock: Clock;
  readonly #proofs = new WeakMap<File, Proof>();
  /** Uploads that came to no end on this page, by their file. */
  readonly #left = new WeakMap<File, string>();

  constructor(ports: RecordPorts | undefined, clock: Clock) {
    this.#ports = ports;
    this.#clock = clock;
  }

  async areKept(): Promise<boolean> {
    return this.#ports !== undefined && areKept(this.#ports);
  }

  /** What `begin` needs to know of the file; null where nothing is kept. Fails with file_changed or file_unreadable. */
  async edges(original: Original, signal: AbortSignal): Promise<Edges | null> {
    return (await this.areKept()) ? edgesOf(original, signal) : null;
  }

  /** Writes the record, before the first byte leaves. Null where it cannot be kept. */
  async begin(
    { file, path, fromSize, handle }: OutgoingFile,
    edges: Edges,
    { id, partBytes, expiresAt }: { readonly id: string; readonly partBytes: number; readonly expiresAt: number },
  ): Promise<RecordKeeper | null> {
    const owner = this.#ports?.owner();
    if (!this.#ports || !owner) return null;
    const { store, locks } = this.#ports;
    const hold = await locks.hold(id);
    if (!hold) return null;
    const { name, size, lastModified } = file;
    const record: UploadRecord = {
      ...owner,
      id,
      name,
      size,
      lastModified,
      partBytes,
      edges,
      parts: new Map(),
      expiresAt,
      lastSentAt: this.#clock.now(),
      ...(path !== undefined && { path }),
      ...(fromSize !== undefined && { fromSize }),
      ...(handle && { handle }),
    };
    if (await store.add(record)) return new RecordKeeper(record, hold, { store, clock: this.#clock });
    await hold.release();
    return null;
  }

  /** Takes up one that was begun by the same person. Null where there is none. Fails with `elsewhere`. */
  async goOn(id: string): Promise<RecordKeeper | null> {
    if (!this.#ports) return null;
    const { store, locks } = this.#ports;
    const owner = this.#ports.owner();
    const record = await store.find(id);
    if (!record || record.app !== owner?.app || record.person !== owner.person) return null;
    const hold = await locks.hold(id);
    if (!hold) throw new UploadError('elsewhere');
    return new RecordKeeper(record, hold, { store, clock: this.#clock });
  }

  /**
   * The sums of all parts that are stored, where this is the file of the record; else null. A file that was proven
   * before is not read again. Fails with file_changed or file_unreadable.
   */
  async prove(
    record: UploadRecord,
    status: UploadStatus,
    original: Original,
    signal: AbortSignal,
  ): Promise<ReadonlyMap<number, string> | null> {
    const { file, size, lastModified } = original;
    const earlier = this.#proofs.get(file);
    const isFresh = earlier?.id === record.id && earlier.size === size && earlier.lastModified === lastModified;
    const sums = await provenParts(record, status, original, isFresh ? earlier.sums : new Map(), signal);
    if (sums) this.#remember(record.id, original, sums);
    return sums;
  }

  /** The upload stays open at the broker: the same file goes on with it when it is tried again. */
  leave({ id, parts }: UploadRecord, original: Original): void {
    this.#left.set(original.file, id);
    this.#remember(id, original, parts);
  }

  /** The upload that this file shall go on with. */
  leftOf({ file, resumes }: OutgoingFile): string | undefined {
    return resumes ?? this.#left.get(file);
  }

  #remember(id: string, { file, size, lastModified }: Original, sums: ReadonlyMap<number, string>): void {
    this.#proofs.set(file, { id, size, lastModified, sums });
  }
}
