import { SINGLE_PUT_BYTES } from '../contract/plan.ts';
import type { StartedUpload, StoredFile } from '../contract/uploads.ts';
import { isMediaType } from '../contract/values.ts';
import { UploadError } from '../errors.ts';
import type { Journey } from './journey.ts';
import { PartsSending } from './parts-sending.ts';
import { sendWhole } from './whole-file.ts';

/** Damaged on the way, or its upload has ended: the file is started anew, so often in all. */
const STARTS = 3;
const ENDED = new Set(['upload_over', 'not_found']);

/** One file from accepted to stored. Fails with an UploadError, or with `signal.reason` when it was cancelled. */
export class Sending {
  readonly #journey: Journey;
  readonly #sniffedType: string;
  #upload: StartedUpload | null = null;

  constructor(journey: Journey, sniffedType: string) {
    this.#journey = journey;
    this.#sniffedType = sniffedType;
  }

  async run(): Promise<StoredFile> {
    const { original, turns, watcher } = this.#journey;
    const { file } = original;
    const isWhole = file.size <= SINGLE_PUT_BYTES;
    const sha256 = isWhole ? await turns.run((turn) => original.hash(file, turn)) : undefined;
    for (let starts = 1; ; starts += 1) {
      try {
        return await this.#once(sha256);
      } catch (error) {
        const wasStarted = this.#giveUp(error);
        if (!isAnew(error, isWhole) || !wasStarted || starts >= STARTS) throw error;
        watcher.sent(0);
      }
    }
  }

  async #once(sha256: string | undefined): Promise<StoredFile> {
    const { batch, original, turns, signal } = this.#journey;
    const { name, size, type } = original.file;
    await turns.free();
    const upload = await batch.start(
      { name, size, type: mediaType(type), sniffed_type: this.#sniffedType, ...(sha256 !== undefined && { sha256 }) },
      signal,
    );
    this.#upload = upload;
    const { id, grant, part_bytes: partBytes } = upload;
    if (sha256 !== undefined && grant) return sendWhole(this.#journey, { id, grant, sha256 });
    if (sha256 === undefined && partBytes) return new PartsSending(this.#journey, { id, partBytes }).run();
    throw new UploadError('broker_unexpected');
  }

  /** Gives the reserved room back, unless the broker itself ended the upload. False where none was started. */
  #giveUp(error: unknown): boolean {
    const upload = this.#upload;
    this.#upload = null;
    const isProblem = error instanceof UploadError && error.problem !== undefined;
    // One in parts stays open at the broker after a refusal, so that what differs can be sent again.
    const isOpen = upload?.part_bytes === undefined ? !isProblem : !(isProblem && ENDED.has(error.code));
    if (upload && isOpen) this.#journey.batch.abort(upload.id);
    return upload !== null;
  }
}

/** In parts, what was damaged has been sent again already. */
function isAnew(error: unknown, isWhole: boolean): boolean {
  return error instanceof UploadError && (ENDED.has(error.code) || (isWhole && error.code === 'damaged'));
}

/** Browsers may give parameters or nonsense; the contract takes a bare type or nothing. */
function mediaType(type: string): string {
  const bare = type.split(';')[0]?.trim().toLowerCase() ?? '';
  return isMediaType(bare) ? bare : '';
}
