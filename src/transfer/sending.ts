import { SINGLE_PUT_BYTES } from '../contract/single-put.ts';
import type { StartedUpload, StoredFile } from '../contract/uploads.ts';
import { isMediaType } from '../contract/values.ts';
import { UploadError } from '../errors.ts';
import { ENDED } from './ended.ts';
import type { Journey } from './journey.ts';
import type { OutgoingFile } from './ports.ts';
import { sendWhole } from './whole-file.ts';

/** Damaged on the way, or its upload has ended: the file is started anew, so often in all. */
const STARTS = 3;

/** One file from accepted to stored. Fails with an UploadError, or with `signal.reason` when it was cancelled. */
export class Sending {
  readonly #journey: Journey;
  readonly #outgoing: OutgoingFile;

  constructor(journey: Journey, outgoing: OutgoingFile) {
    this.#journey = journey;
    this.#outgoing = outgoing;
  }

  run(): Promise<StoredFile> {
    return this.#journey.original.size <= SINGLE_PUT_BYTES ? this.#whole() : this.#inParts();
  }

  async #whole(): Promise<StoredFile> {
    const { original, turns, batch, watcher } = this.#journey;
    const sha256 = await turns.run((turn) => original.hash(original.file, turn));
    for (let starts = 1; ; starts += 1) {
      const { id, grant } = await this.#start(sha256);
      try {
        if (!grant) throw new UploadError('broker_unexpected');
        return await sendWhole(this.#journey, { id, grant, sha256 });
      } catch (error) {
        const isProblem = error instanceof UploadError && error.problem !== undefined;
        // After a refusal the broker itself has ended it.
        if (!isProblem) batch.abort(id);
        const isAnew = error instanceof UploadError && (ENDED.has(error.code) || error.code === 'damaged');
        if (!isAnew || starts >= STARTS) throw error;
        watcher.sent(0);
      }
    }
  }

  /** What was damaged in parts has been sent again already. */
  async #inParts(): Promise<StoredFile> {
    const { ports, watcher } = this.#journey;
    const [{ RecordedParts, withoutRecords }, kept] = await Promise.all([loadParts(), ports.records?.()]);
    const records = kept ?? withoutRecords(ports.clock);
    let resumes = records.leftOf(this.#outgoing);
    for (let starts = 1; ; starts += 1) {
      const sending = new RecordedParts({ ...this.#journey, records }, this.#outgoing, () => this.#start());
      try {
        return await sending.run(resumes);
      } catch (error) {
        const isAnew = error instanceof UploadError && ENDED.has(error.code);
        if (!isAnew || !sending.wasBegun || starts >= STARTS) throw error;
        watcher.sent(0);
        resumes = undefined;
      }
    }
  }

  async #start(sha256?: string): Promise<StartedUpload> {
    const { batch, original, turns, signal } = this.#journey;
    const { name, size, type } = original.file;
    await turns.free();
    return batch.start(
      {
        name,
        ...(this.#outgoing.path !== undefined && { path: this.#outgoing.path }),
        size,
        type: mediaType(type),
        sniffed_type: this.#outgoing.sniffedType,
        ...(sha256 !== undefined && { sha256 }),
      },
      signal,
    );
  }
}

let parts: typeof import('./recorded-parts.ts') | null = null;

/** Most people never send a file so large. Fails with broker_down. */
export async function loadParts() {
  try {
    parts ??= await import('./recorded-parts.ts');
    return parts;
  } catch (cause) {
    throw new UploadError('broker_down', { cause });
  }
}

/** Browsers may give parameters or nonsense; the contract takes a bare type or nothing. */
function mediaType(type: string): string {
  const bare = type.split(';')[0]?.trim().toLowerCase() ?? '';
  return isMediaType(bare) ? bare : '';
}
