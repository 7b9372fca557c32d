import type { BatchProgress, LeftBatch } from './left-batch.ts';
import type { BatchOwner, BatchRecords } from './ports.ts';
import type { UnfinishedSnapshot } from './unfinished-snapshot.ts';
import type { Person } from './upload-snapshot.ts';

/** More than these nobody remembers; they are forgotten with them. */
const MOST_SHOWN = 3;

const NONE: readonly LeftBatch[] = [];

/**
 * Keeps how far the batch of this page has come, and tells whoever comes back how far those came whose page has gone. A
 * file in parts has a record of its own, which is told by itself: where those say all that is missing, this says nothing.
 */
export class LeftBatches {
  readonly #records: BatchRecords;
  readonly #changed: () => void;
  /** Of somebody: known before anybody has signed in. */
  #count = 0;
  #found = NONE;
  #shown = NONE;
  /** Null where that was before sign-in. */
  #foundFor: string | null = null;
  /** The look that counts; an earlier one that answers late does not. */
  #looks = 0;

  constructor(records: BatchRecords, changed: () => void) {
    this.#records = records;
    this.#changed = changed;
  }

  /** Theirs, the newest first; none while nobody is signed in. */
  shownTo(person: Person | null): readonly LeftBatch[] {
    return person && person.id === this.#foundFor ? this.#shown : NONE;
  }

  /** Before sign-in all there is, of whatever kind, is one number. */
  counted(unfinished: UnfinishedSnapshot): UnfinishedSnapshot {
    return unfinished.count > 0 || this.#count === 0 ? unfinished : { ...unfinished, count: this.#count };
  }

  /** The batch of this page: on its way, or at its end. */
  follow(isRunning: boolean, progress: BatchProgress, owner: BatchOwner | null): void {
    if (isRunning) this.#records.keep(progress, owner);
    else this.#records.end(progress);
  }

  /** `unfinished`: what was found of files in parts. `isBack` is asked when the page of another batch ends. */
  async look(app: string, person: Person | null, unfinished: UnfinishedSnapshot, again: () => void): Promise<void> {
    this.#looks += 1;
    const look = this.#looks;
    const found = await this.#records.find(app, person, again).catch(() => NONE);
    if (look !== this.#looks) return;
    // Once it is on the screen it stays, whatever becomes of the files that have a record.
    const before = this.shownTo(person);
    const isTold = (batch: LeftBatch) =>
      person !== null && !before.some(({ id }) => id === batch.id) && isToldByRecords(batch, unfinished);
    const told = found.filter(isTold);
    if (told.length > 0) this.#records.forget(told.map(({ id }) => id));
    this.#foundFor = person?.id ?? null;
    this.#found = found.filter((batch) => !told.includes(batch));
    this.#shown = this.#found.slice(0, MOST_SHOWN);
    this.#count = person ? 0 : found.filter(({ arrived, of }) => arrived < of).length;
    this.#changed();
  }

  /** It has been read, or made up for; or whoever it is told to signs out. */
  forget(): void {
    if (!this.#foundFor || this.#found.length === 0) return;
    this.#records.forget(this.#found.map(({ id }) => id));
    this.#looks += 1;
    this.#found = NONE;
    this.#shown = NONE;
    this.#changed();
  }

  close(): void {
    this.#looks += 1;
    this.#records.close();
  }
}

/** By the time of their last byte: a record does not say which batch its file was in. */
function isToldByRecords({ arrived, of, begunAt }: LeftBatch, { items }: UnfinishedSnapshot): boolean {
  const withRecord = items.filter(({ lastSentAt }) => lastSentAt >= begunAt).length;
  return arrived < of && of - arrived <= withRecord;
}
