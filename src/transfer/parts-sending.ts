import { bytesOfPart, partCount } from '../contract/plan.ts';
import type { StoredFile, UploadStatus } from '../contract/uploads.ts';
import { UploadError } from '../errors.ts';
import { deliver } from './delivery.ts';
import type { Journey } from './journey.ts';
import { PartSigner } from './part-signer.ts';
import type { RecordKeeper } from './record-keeper.ts';

/** A started file that goes in parts. The plan is the broker's, kept with the upload. */
export interface StartedParts {
  readonly id: string;
  /** Bytes of each part but the last. */
  readonly partBytes: number;
}

/** Completions that find a part missing or with other bytes, before it is believed. */
const SETTLINGS = 3;
const MENDABLE = new Set(['damaged', 'not_stored_yet']);

interface Part {
  readonly number: number;
  readonly size: number;
  /** base64; once hashed it stays, so that a changed file is found out. */
  sha256: string | null;
  isStored: boolean;
}

/** One file in parts: each hashed, signed and sent on its own, and all completed together. */
export class PartsSending {
  readonly #journey: Journey;
  readonly #started: StartedParts;
  readonly #parts: readonly Part[];
  readonly #keeper: RecordKeeper | null;
  #storedBytes = 0;
  /** Bytes of the requests that run. */
  readonly #moving = new Map<Part, number>();
  #found: StoredFile | undefined;

  constructor(journey: Journey, started: StartedParts, keeper: RecordKeeper | null = null) {
    this.#journey = journey;
    this.#started = started;
    this.#keeper = keeper;
    const { size } = journey.original.file;
    this.#parts = Array.from({ length: partCount(size, started.partBytes) }, (_, i) => {
      const number = i + 1;
      const bytes = bytesOfPart(size, started.partBytes, number);
      return { number, size: bytes, sha256: null, isStored: false };
    });
  }

  /**
   * Goes on where an earlier page stopped. `sums` are those of the parts that are stored, made of this very file; where
   * the storage has something else under one of their numbers, that part is sent again.
   */
  goOn(status: UploadStatus, sums: ReadonlyMap<number, string>): void {
    for (const part of this.#parts) part.sha256 = sums.get(part.number) ?? null;
    if (this.#take(status)) for (const part of this.#parts) this.#mark(part, true);
    this.#tell();
  }

  /** Sends what is missing until the broker has settled the file. Fails with an UploadError, or with `signal.reason`. */
  async run(): Promise<StoredFile> {
    const { turns, watcher, signal } = this.#journey;
    for (let tries = 1; ; tries += 1) {
      await turns.run((turn) => this.#sendMissing(turn));
      if (this.#found) return this.#found;
      watcher.finishing();
      try {
        return await this.#settle();
      } catch (error) {
        if (!isMendable(error) || tries >= SETTLINGS) throw error;
        const isAllThere = this.#take(await this.#status(signal));
        if (this.#found) return this.#found;
        if (isAllThere) throw error;
        this.#tell();
      }
    }
  }

  #settle(): Promise<StoredFile> {
    const parts = this.#parts.map(({ sha256 }) => {
      if (sha256 === null) throw new TypeError('A part was not hashed');
      return sha256;
    });
    return this.#journey.batch.settle({ id: this.#started.id, parts }, this.#journey.signal);
  }

  /** The first part that cannot be sent stops the others. */
  async #sendMissing(turn: AbortSignal): Promise<void> {
    const stopping = new AbortController();
    const stop = () => stopping.abort(turn.reason);
    turn.addEventListener('abort', stop, { once: true });
    const missing = this.#parts.filter(({ isStored }) => !isStored);
    const signer = this.#signer(missing.length, stopping.signal);
    const queue = missing.values();
    const send = async () => {
      try {
        for (const part of queue) {
          await this.#journey.ports.window.with(
            () => this.#send(part, signer, stopping.signal),
            stopping.signal,
            this.#journey.original,
          );
        }
      } catch (error) {
        stopping.abort(error);
      }
    };
    await Promise.all(Array.from({ length: this.#journey.ports.window.count }, send));
    turn.removeEventListener('abort', stop);
    stopping.signal.throwIfAborted();
  }

  async #send(part: Part, signer: PartSigner, signal: AbortSignal): Promise<void> {
    const { original } = this.#journey;
    const body = this.#slice(part);
    const { number, size } = part;
    const sha256 = part.sha256 ?? (await original.hash(body, signal));
    // After a pause, or where the storage has other bytes, the file must still be the one that was begun.
    if (part.sha256 !== null) await original.compare(body, sha256, signal);
    part.sha256 = sha256;
    const wanted = { number, size, sha256 };
    const grant = await signer.ahead(wanted);
    let isTaken = false;
    const taken = () => {
      if (!isTaken) signer.taken();
      isTaken = true;
    };
    const sent = (bytes: number) => {
      this.#moving.set(part, bytes);
      this.#tell();
    };
    try {
      await deliver(
        this.#journey,
        {
          body,
          sha256,
          grant,
          sign: () => signer.now(wanted),
          isStored: async () => {
            const isAllThere = this.#take(await signer.look(), part);
            return isAllThere || part.isStored;
          },
          taken,
          sent,
        },
        signal,
      );
      this.#mark(part, true);
    } finally {
      taken();
      signer.done();
      this.#moving.delete(part);
      this.#tell();
    }
  }

  #slice({ number, size }: Part): Blob {
    const from = (number - 1) * this.#started.partBytes;
    return this.#journey.original.file.slice(from, from + size);
  }

  #signer(count: number, signal: AbortSignal): PartSigner {
    const { ports, batch } = this.#journey;
    const { grants, steady } = ports;
    const upload = this.#started.id;
    return new PartSigner(
      count,
      {
        sign: (parts) => {
          const body = { upload, parts: [...parts] };
          return steady.call(() => grants.signParts(body, { trace: batch.trace, signal }), signal);
        },
        look: () => this.#status(signal),
      },
      signal,
    );
  }

  #status(signal: AbortSignal): Promise<UploadStatus> {
    const { grants, steady } = this.#journey.ports;
    return steady.call(() => grants.uploadStatus(this.#started.id, signal), signal);
  }

  /** Believes the broker about all parts, or about one. False where one is missing. Fails with upload_over. */
  #take(status: UploadStatus, only?: Part): boolean {
    this.#found = status.file;
    if (status.file) return true;
    if (status.is_in_storage) return true; // Put together already, and not settled yet.
    if (status.state !== 'open') throw new UploadError('upload_over');
    const there = new Map(status.parts?.map(({ number, size, sha256 }) => [number, `${size} ${sha256}`]));
    for (const part of only ? [only] : this.#parts) {
      this.#mark(part, there.get(part.number) === `${part.size} ${part.sha256}`);
    }
    return this.#parts.every(({ isStored }) => isStored);
  }

  #mark(part: Part, isStored: boolean): void {
    if (part.isStored === isStored) return;
    part.isStored = isStored;
    this.#storedBytes += isStored ? part.size : -part.size;
    if (isStored && part.sha256 !== null) this.#keeper?.stored(part.number, part.sha256);
  }

  #tell(): void {
    let bytes = this.#storedBytes;
    for (const moving of this.#moving.values()) bytes += moving;
    this.#journey.watcher.sent(bytes);
  }
}

/** What sending some parts again may help. */
const isMendable = (error: unknown): boolean => error instanceof UploadError && MENDABLE.has(error.code);
