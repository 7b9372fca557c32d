import type { StartedUpload, StoredFile, UploadStatus } from '../contract/uploads.ts';
import { UploadError } from '../errors.ts';
import { ENDED } from './ended.ts';
import type { Journey } from './journey.ts';
import { PartsSending, type StartedParts } from './parts-sending.ts';
import type { Clock, OutgoingFile } from './ports.ts';
import type { RecordKeeper } from './record-keeper.ts';
import { Records } from './records.ts';

/** With the records of this page's uploads. */
type RecordedJourney = Journey & { readonly records: Records };

export const withoutRecords = (clock: Clock): Records => new Records(undefined, clock);

/** Another try may meet it otherwise: what is stored waits for that. */
const PASSING = new Set([
  'offline',
  'broker_down',
  'store_down',
  'store_unreachable',
  'internal',
  'slow_down',
  'idempotency_busy',
  'grant_refused',
  'not_stored_yet',
]);

interface Begun {
  readonly started: StartedParts;
  readonly keeper: RecordKeeper | null;
  /** Where it goes on: what is there already. */
  readonly earlier?: { readonly status: UploadStatus; readonly sums: ReadonlyMap<number, string> };
}

/** One upload of a file in parts, begun or gone on with, and its record: kept for as long as it can be gone on with. */
export class RecordedParts {
  readonly #journey: RecordedJourney;
  readonly #outgoing: OutgoingFile;
  readonly #start: () => Promise<StartedUpload>;
  #id: string | null = null;
  #keeper: RecordKeeper | null = null;

  constructor(journey: RecordedJourney, outgoing: OutgoingFile, start: () => Promise<StartedUpload>) {
    this.#journey = journey;
    this.#outgoing = outgoing;
    this.#start = start;
  }

  /** Whether there was an upload that could fail. */
  get wasBegun(): boolean {
    return this.#id !== null;
  }

  /**
   * Goes on with `resumes` where there is such an upload, else begins one. Fails with an UploadError (file_changed where
   * it goes on with another file's, `elsewhere` where another page sends it), or with `signal.reason`.
   */
  async run(resumes: string | undefined): Promise<StoredFile> {
    try {
      const begun = (resumes !== undefined && (await this.#goOn(resumes))) || (await this.#begin());
      const stored = begun.earlier?.status.file ?? (await this.#send(begun));
      await this.#keeper?.erase();
      return stored;
    } catch (error) {
      await this.#giveUp(error);
      throw error;
    }
  }

  async #begin(): Promise<Begun> {
    const { records, original, turns } = this.#journey;
    const edges = await turns.run((turn) => records.edges(original, turn));
    const { id, part_bytes: partBytes, expires_at } = await this.#start();
    this.#id = id;
    if (!partBytes) throw new UploadError('broker_unexpected');
    const started = { id, partBytes };
    const plan = { ...started, expiresAt: Date.parse(expires_at) };
    this.#keeper = edges && (await records.begin(this.#outgoing, edges, plan));
    return { started, keeper: this.#keeper };
  }

  /** Null where there is nothing to go on with. */
  async #goOn(id: string): Promise<Begun | null> {
    const { records, original, turns, watcher } = this.#journey;
    const keeper = await records.goOn(id);
    if (!keeper) return null;
    const { record } = keeper;
    try {
      const status = await turns.run((turn) => this.#status(id, turn));
      if (status.state !== 'open' && !status.file) {
        await keeper.erase();
        return null;
      }
      const sums = await turns.run((turn) => records.prove(record, status, original, turn));
      if (!sums) return await this.#dropOther(keeper);
      this.#id = id;
      this.#keeper = keeper;
      if (status.file) {
        watcher.sent(record.size);
        watcher.finishing();
      }
      return { started: { id, partBytes: record.partBytes }, keeper, earlier: { status, sums } };
    } catch (error) {
      if (isEnded(error)) {
        await keeper.erase();
        return null;
      }
      await keeper.keep();
      throw error;
    }
  }

  /** It is another file's by now. Fails with file_changed where it was to go on with just that upload. */
  async #dropOther(keeper: RecordKeeper): Promise<null> {
    const { id } = keeper.record;
    if (id === this.#outgoing.resumes) throw new UploadError('file_changed');
    this.#journey.batch.abort(id);
    await keeper.erase();
    return null;
  }

  #status(id: string, signal: AbortSignal): Promise<UploadStatus> {
    const { grants, steady } = this.#journey.ports;
    return steady.call(() => grants.uploadStatus(id, signal), signal);
  }

  /** Stops where another page takes the upload. */
  async #send({ started, keeper, earlier }: Begun): Promise<StoredFile> {
    const { turns, signal } = this.#journey;
    const ending = new AbortController();
    const stop = () => ending.abort(signal.reason);
    const lose = () => {
      const reason = new UploadError('elsewhere');
      turns.end(reason);
      ending.abort(reason);
    };
    if (signal.aborted) stop();
    if (keeper?.lost.aborted) lose();
    signal.addEventListener('abort', stop, { once: true });
    keeper?.lost.addEventListener('abort', lose, { once: true });
    try {
      const sending = new PartsSending({ ...this.#journey, signal: ending.signal }, started, keeper);
      if (earlier) sending.goOn(earlier.status, earlier.sums);
      return await sending.run();
    } finally {
      signal.removeEventListener('abort', stop);
      keeper?.lost.removeEventListener('abort', lose);
    }
  }

  /** Gives the reserved room back, unless somebody can go on with the upload. */
  async #giveUp(error: unknown): Promise<void> {
    const { ports, records, batch, original, turns } = this.#journey;
    if (this.#id === null) return;
    const mayGoOn = turns.isLeft || isPassing(error) || isUnreadable(error);
    if (this.#keeper && (ports.leaving.aborted || mayGoOn || isCode(error, 'elsewhere'))) {
      if (mayGoOn) records.leave(this.#keeper.record, original);
      await this.#keeper.keep();
      return;
    }
    if (!isEnded(error)) batch.abort(this.#id);
    await this.#keeper?.erase();
  }
}

const isCode = (error: unknown, code: string): boolean => error instanceof UploadError && error.code === code;
const isPassing = (error: unknown): boolean => error instanceof UploadError && PASSING.has(error.code);
/** WebKit, leaving a page, takes its files away before it tells the page: no reason to take an upload's parts away. */
const isUnreadable = (error: unknown): boolean => isCode(error, 'file_changed') || isCode(error, 'file_unreadable');
/** As the broker says; a person's `cancelled` is none. */
const isEnded = (error: unknown): boolean =>
  error instanceof UploadError && error.problem !== undefined && ENDED.has(error.code);
