import type { Grant, StartedUpload, StoredFile } from '../contract/uploads.ts';
import { isMediaType } from '../contract/values.ts';
import { UploadError } from '../errors.ts';
import type { Batch } from './batch.ts';
import type { Conditions } from './conditions.ts';
import { Patience } from './patience.ts';
import type { Clock, Grants, Hasher, Put, PutOutcome, Random } from './ports.ts';
import type { Slots } from './slots.ts';
import type { Steady } from './steady.ts';

export interface SendingPorts {
  readonly grants: Grants;
  readonly hasher: Hasher;
  readonly put: Put;
  readonly clock: Clock;
  readonly random: Random;
  readonly steady: Steady;
  readonly conditions: Conditions;
  readonly slots: Slots;
}

export interface SendingWatcher {
  /** Bytes of the file. */
  sent(bytes: number): void;
  finishing(): void;
}

/** How a file travels. One part for now; a multipart plan would list several, each with a hash of its own. */
interface Plan {
  readonly part: { readonly number: 1; readonly size: number; readonly sha256: string };
}

/** Damaged on the way, or its upload has ended: the file is started anew, so often in all. */
const STARTS = 3;
const STARTS_ANEW = new Set(['damaged', 'upload_over', 'not_found']);
/** A grant that ends within this time is not worth a request. */
const GRANT_MARGIN_MS = 5000;
/** Refusals of fresh grants by the storage, before it is believed. */
const REFUSALS = 3;

/** One file from accepted to stored. Fails with an UploadError, or with `signal.reason` when it was cancelled. */
export class Sending {
  readonly #ports: SendingPorts;
  readonly #batch: Batch;
  readonly #file: File;
  readonly #sniffedType: string;
  readonly #watcher: SendingWatcher;
  readonly #signal: AbortSignal;
  #upload: StartedUpload | null = null;

  constructor(
    ports: SendingPorts,
    batch: Batch,
    file: { readonly file: File; readonly sniffedType: string },
    watcher: SendingWatcher,
    signal: AbortSignal,
  ) {
    this.#ports = ports;
    this.#batch = batch;
    this.#file = file.file;
    this.#sniffedType = file.sniffedType;
    this.#watcher = watcher;
    this.#signal = signal;
  }

  async run(): Promise<StoredFile> {
    const sha256 = await this.#ports.hasher.hash(this.#file, this.#signal);
    const plan: Plan = { part: { number: 1, size: this.#file.size, sha256 } };
    for (let starts = 1; ; starts += 1) {
      try {
        return await this.#once(plan);
      } catch (error) {
        const wasStarted = this.#giveUp(error);
        const isAnew = error instanceof UploadError && STARTS_ANEW.has(error.code);
        if (!isAnew || !wasStarted || starts >= STARTS) throw error;
        this.#watcher.sent(0);
      }
    }
  }

  /** Gives the reserved room back, unless the broker itself ended the upload. False where none was started. */
  #giveUp(error: unknown): boolean {
    const upload = this.#upload;
    this.#upload = null;
    const isBrokers = error instanceof UploadError && error.problem !== undefined;
    if (upload && !isBrokers) this.#batch.abort(upload.id);
    return upload !== null;
  }

  async #once(plan: Plan): Promise<StoredFile> {
    const { name, size, type } = this.#file;
    const upload = await this.#batch.start(
      { name, size, type: mediaType(type), sniffed_type: this.#sniffedType, sha256: plan.part.sha256 },
      this.#signal,
    );
    this.#upload = upload;
    const found = await this.#send(upload, plan);
    this.#watcher.sent(size);
    this.#watcher.finishing();
    return found ?? this.#settle(upload.id);
  }

  /** Null when the bytes are in the storage; the file where the broker has settled it already. */
  async #send(upload: StartedUpload, plan: Plan): Promise<StoredFile | null> {
    const { steady, random } = this.#ports;
    const patience = new Patience(random);
    let grant: Grant | null = upload.grant;
    let refusals = 0;
    let isTaken = false;
    const taken = () => {
      if (!isTaken) this.#batch.taken();
      isTaken = true;
    };
    try {
      for (;;) {
        const outcome = await this.#put(upload.id, plan, grant, taken);
        if (outcome.kind === 'stored') return null;
        this.#watcher.sent(0);
        if (outcome.kind === 'busy') {
          if (!(await steady.waitOut(patience, outcome.retryAfterMs, this.#signal)))
            throw new UploadError('store_down');
          continue;
        }
        await this.#checkReadable();
        // A page cannot read most refusals, and a lost 200 comes back as 412 on our own key: the broker can look.
        const status = await steady.call(() => this.#ports.grants.uploadStatus(upload.id, this.#signal), this.#signal);
        if (status.file) return status.file;
        if (status.is_in_storage) return null;
        if (status.state !== 'open') throw new UploadError('upload_over');
        if (outcome.kind === 'refused') refusals += 1;
        if (refusals >= REFUSALS) throw refusal(outcome);
        if (!(await steady.waitOut(patience, undefined, this.#signal))) throw refusal(outcome);
        grant = null;
      }
    } finally {
      taken();
    }
  }

  #put(id: string, plan: Plan, grant: Grant | null, taken: () => void): Promise<PutOutcome> {
    return this.#ports.slots.with(async () => {
      taken();
      const fresh = grant && this.#isFresh(grant) ? grant : await this.#sign(id, plan);
      const watcher = {
        sent: (bytes: number) => this.#watcher.sent(bytes),
        slow: (isSlow: boolean) => this.#ports.conditions.slow(isSlow),
      };
      return this.#ports.put(fresh, this.#file, watcher, this.#signal);
    }, this.#signal);
  }

  #isFresh(grant: Grant): boolean {
    return Date.parse(grant.expires_at) - GRANT_MARGIN_MS > this.#ports.clock.now();
  }

  async #sign(id: string, plan: Plan): Promise<Grant> {
    const { grants, steady } = this.#ports;
    const body = { upload: id, parts: [plan.part] };
    const options = { trace: this.#batch.trace, signal: this.#signal };
    const [grant] = await steady.call(() => grants.signParts(body, options), this.#signal);
    if (!grant) throw new UploadError('broker_unexpected');
    return grant;
  }

  async #settle(id: string): Promise<StoredFile> {
    const patience = new Patience(this.#ports.random);
    for (;;) {
      try {
        return await this.#batch.settle(id, this.#signal);
      } catch (error) {
        if (!(error instanceof UploadError) || error.code !== 'not_stored_yet') throw error;
        if (!(await this.#ports.steady.waitOut(patience, error.retryAfterMs, this.#signal))) throw error;
      }
    }
  }

  /** A file that was moved or changed cannot be read any more; the request then fails like a lost network. */
  async #checkReadable(): Promise<void> {
    try {
      await this.#file.slice(0, 1).arrayBuffer();
    } catch (cause) {
      throw new UploadError('file_unreadable', { cause });
    }
  }
}

function refusal(outcome: PutOutcome): UploadError {
  if (outcome.kind !== 'refused') return new UploadError('store_unreachable');
  // 400: the bytes are not those of the signed checksum or length.
  return new UploadError(outcome.status === 400 ? 'damaged' : 'grant_refused');
}

/** Browsers may give parameters or nonsense; the contract takes a bare type or nothing. */
function mediaType(type: string): string {
  const bare = type.split(';')[0]?.trim().toLowerCase() ?? '';
  return isMediaType(bare) ? bare : '';
}
