import type { Sameness, Unfinished, UnfinishedUpload } from './ports.ts';
import type { ItemProblem } from './problem.ts';
import { problemOf } from './sign-in-step.ts';
import { NO_UNFINISHED, type UnfinishedItem, type UnfinishedSnapshot } from './unfinished-snapshot.ts';
import type { ItemSnapshot, Made, Person, Resuming } from './upload-snapshot.ts';

const DAY_MS = 24 * 60 * 60_000;

/** A file as it was chosen, or what was made of it already. */
interface Choice {
  readonly file: File;
  readonly made?: Made | undefined;
}

export interface UnfinishedListener {
  changed(): void;
  /** Does to a file what the template wishes. Fails with an UploadError. */
  prepare(file: File, signal: AbortSignal): Promise<File>;
  /** This file is proven to be the one of that upload, which goes on at once. */
  resume(file: File, resumes: Resuming): void;
  /** This file has nothing to do with any of them. */
  acceptNew(file: File): void;
}

/** Uploads that outlived their page, and the way back into each: choose the file, prove that it is the same, go on. */
export class UnfinishedUploads {
  readonly #port: Unfinished;
  readonly #listener: UnfinishedListener;
  #count = 0;
  #isKeptNowhere = false;
  #items: readonly UnfinishedItem[] = [];
  /** What was chosen for an upload, while the person decides. */
  readonly #chosen = new Map<string, File>();
  readonly #checks = new Map<string, AbortController>();
  /** The look that counts; an earlier one that answers late does not. */
  #looks = 0;
  #isLooking = false;

  constructor(port: Unfinished, listener: UnfinishedListener) {
    this.#port = port;
    this.#listener = listener;
  }

  /** Without those that rows of the box go on with. Before sign-in a number is all that is told. */
  snapshot(isSignedIn: boolean, rows: readonly ItemSnapshot[]): UnfinishedSnapshot {
    if (this.#count === 0 && this.#items.length === 0 && !this.#isKeptNowhere) return NO_UNFINISHED;
    const items = this.#items.filter(({ id }) => !rows.some(({ resumes }) => resumes?.id === id));
    const count = isSignedIn ? items.length : this.#count;
    return { count, items: isSignedIn ? items : [], isKeptNowhere: this.#isKeptNowhere };
  }

  /** Whether something was left on this device. Until a look is over, nobody knows that nothing was. */
  get mayBeSome(): boolean {
    return this.#isLooking || this.#count > 0;
  }

  /** Reads the records anew: a number while nobody is signed in, else those of this person. */
  async look(app: string, person: Person | null): Promise<void> {
    this.#looks += 1;
    const look = this.#looks;
    this.#isLooking = true;
    const [isAvailable, found] = await Promise.all([
      this.#port.isAvailable(),
      person ? this.#port.list(app, person) : this.#port.count(app),
    ]).catch(() => [true, 0] as const);
    if (look !== this.#looks) return;
    this.#isLooking = false;
    this.#isKeptNowhere = !isAvailable;
    this.#count = typeof found === 'number' ? found : found.length;
    const items = typeof found === 'number' ? [] : found.map((upload) => this.#kept(upload.id) ?? itemOf(upload));
    for (const id of this.#checks.keys()) if (!items.some((item) => item.id === id)) this.#letGo(id);
    this.#items = items;
    this.#listener.changed();
  }

  /** The person chose this file for that upload, which goes on where it is the same one. */
  async choose(id: string, file: File): Promise<void> {
    const item = this.#item(id);
    if (item?.phase === 'over') {
      this.#drop(id);
      this.#listener.acceptNew(file);
    } else if (item && item.phase !== 'checking') {
      const found = await this.#check(id, { file });
      if (found === 'same' || found === 'renamed') {
        this.#rest(id);
        this.#listener.resume(file, { id, isRenamed: found === 'renamed' });
      } else if (found === 'remade') {
        void this.delete(id);
        this.#listener.acceptNew(file);
      } else if (found) this.#set(id, { phase: found });
    }
  }

  /** Whether a file that was chosen among others may be the one of an upload: it looks like it, and nobody is busy with that. */
  mayKnow(choice: Choice): boolean {
    return this.#candidate(choice) !== undefined;
  }

  /** How such a file goes on; `new` where it is none of them after all, `held` where its row says what stands in the way. */
  async recognise(choice: Choice): Promise<Resuming | 'new' | 'held'> {
    const id = this.#candidate(choice)?.id;
    if (id === undefined) return 'new';
    const found = await this.#check(id, choice);
    if (found === 'elsewhere') {
      this.#set(id, { phase: 'elsewhere' });
      return 'held';
    }
    if (found === 'remade') void this.delete(id);
    else if (found === 'over') this.#drop(id);
    else this.#rest(id, this.#item(id)?.problem);
    // Uploaded anew, a file that nobody could compare now would be stored twice in the end.
    if (this.#item(id)?.problem) return 'held';
    return found === 'same' || found === 'renamed' ? { id, isRenamed: found === 'renamed' } : 'new';
  }

  cancelCheck(id: string): void {
    if (this.#item(id)?.phase !== 'checking') return;
    this.#rest(id);
  }

  /** Within the person's click: opens the file where the browser still knows it. */
  async carryOn(id: string): Promise<void> {
    if (this.#item(id)?.phase !== 'waiting') return;
    const file = await this.#port.reopen(id).catch(() => null);
    if (file) await this.choose(id, file);
    else this.#set(id, { hasHandle: false });
  }

  /** Takes it from the other tab, and goes on where its file was chosen already. */
  async moveHere(id: string): Promise<void> {
    if (this.#item(id)?.phase !== 'elsewhere') return;
    try {
      await this.#port.moveHere(id);
    } catch (error) {
      this.#set(id, { problem: problemOf(error) });
      return;
    }
    this.#set(id, { phase: 'waiting', problem: undefined });
    const file = this.#chosen.get(id);
    if (file) await this.choose(id, file);
  }

  /** The other file is uploaded as any; the upload waits on. */
  uploadAsNew(id: string): void {
    const file = this.#chosen.get(id);
    if (!file || this.#item(id)?.phase !== 'other') return;
    this.#rest(id);
    this.#listener.acceptNew(file);
  }

  /** Deletes what was sent. Where that cannot be done the row comes back and says why. */
  async delete(id: string): Promise<void> {
    const item = this.#item(id);
    if (!item) return;
    this.#drop(id);
    try {
      await this.#port.forget(id);
    } catch (error) {
      this.#items = [...this.#items, { ...item, phase: 'waiting', problem: problemOf(error) }];
      this.#listener.changed();
    }
  }

  /** At sign-out, while the session still serves. Never fails. */
  async forgetAll(app: string, person: Person): Promise<void> {
    for (const { id } of this.#items) this.#letGo(id);
    this.#looks += 1;
    this.#isLooking = false;
    this.#items = [];
    this.#count = 0;
    this.#listener.changed();
    await this.#port.forgetAll(app, person).catch(() => {});
  }

  close(): void {
    for (const check of this.#checks.values()) check.abort();
  }

  #item(id: string): UnfinishedItem | undefined {
    return this.#items.find((item) => item.id === id);
  }

  #candidate(choice: Choice): UnfinishedItem | undefined {
    const { file } = choice;
    const isLike = (item: UnfinishedItem) =>
      isOfSize(item, choice) && (item.name === file.name || item.lastModified === file.lastModified);
    return this.#items.find((item) => (item.phase === 'waiting' || item.phase === 'elsewhere') && isLike(item));
  }

  /**
   * Null where the check was ended, or could not be made: the row then says why. `remade`: it is the file, but the browser
   * makes something else of it today.
   */
  async #check(id: string, choice: Choice): Promise<Sameness | 'remade' | null> {
    const checking = new AbortController();
    const { file, made } = choice;
    const item = this.#item(id);
    this.#checks.set(id, checking);
    this.#chosen.set(id, file);
    this.#set(id, { phase: 'checking', problem: undefined });
    try {
      const isPrepared = made !== undefined || item?.fromSize === undefined;
      const sent = isPrepared ? file : await this.#listener.prepare(file, checking.signal);
      const found = await this.#port.check(id, sent, checking.signal);
      if (checking.signal.aborted) return null;
      return found === 'other' && item && isOriginal(item, choice) ? 'remade' : found;
    } catch (error) {
      if (!checking.signal.aborted) this.#rest(id, problemOf(error));
      return null;
    } finally {
      if (this.#checks.get(id) === checking) this.#checks.delete(id);
    }
  }

  /** It waits for its file again. */
  #rest(id: string, problem?: ItemProblem): void {
    this.#letGo(id);
    this.#set(id, { phase: 'waiting', problem });
  }

  /** What the person is busy with stays as it stands. */
  #kept(id: string): UnfinishedItem | undefined {
    const item = this.#item(id);
    return item && this.#chosen.has(id) ? item : undefined;
  }

  #set(id: string, change: Partial<UnfinishedItem>): void {
    this.#items = this.#items.map((item) => (item.id === id ? { ...item, ...change } : item));
    this.#listener.changed();
  }

  #drop(id: string): void {
    this.#letGo(id);
    this.#items = this.#items.filter((item) => item.id !== id);
    this.#listener.changed();
  }

  /** What was chosen for it, and the check of that. */
  #letGo(id: string): void {
    this.#checks.get(id)?.abort();
    this.#checks.delete(id);
    this.#chosen.delete(id);
  }
}

/** By what was chosen: what was made of it is known once that has been done again. */
const isOfSize = ({ fromSize, size }: UnfinishedItem, { file, made }: Choice): boolean =>
  (made?.fromSize ?? file.size) === (fromSize ?? size);

/** As far as can be told of a file that was not sent as it was. */
const isOriginal = (item: UnfinishedItem, choice: Choice): boolean =>
  item.fromSize !== undefined &&
  isOfSize(item, choice) &&
  item.name === choice.file.name &&
  item.lastModified === choice.file.lastModified;

function itemOf({ path: _path, expiresAt, isElsewhere, ...upload }: UnfinishedUpload): UnfinishedItem {
  const days = Math.max(1, Math.ceil((expiresAt - upload.lastSentAt) / DAY_MS));
  return { ...upload, days, phase: isElsewhere ? 'elsewhere' : 'waiting' };
}
