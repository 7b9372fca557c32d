import type { Limits } from '../contract/template.ts';
import type { Room } from '../contract/uploads.ts';
import { checkTotals } from '../policy/check-batch.ts';
import type { Guess } from '../policy/look.ts';
import type { Rules } from './inspect.ts';
import { type ChosenFile, ItemList } from './item-list.ts';
import type { KeptUpload } from './kept-upload.ts';
import type { BatchProgress } from './left-batch.ts';
import { lookAt } from './look-at.ts';
import type { Closed } from './owner-stop.ts';
import type { Clock, SignInNeed, Transfer, Transform } from './ports.ts';
import type { ItemProblem } from './problem.ts';
import { noRoom, restPhase } from './rest-phase.ts';
import { chosenFile, refusedFile, type UploadFlowEvents, uploadedFile } from './upload-events.ts';
import { isActive } from './upload-phases.ts';
import { type SendOptions, UploadRun } from './upload-run.ts';
import type { ItemPhase, ItemSnapshot, Resuming, UploadPhase, UploadSnapshot } from './upload-snapshot.ts';

interface BatchPorts {
  readonly transfer: Transfer;
  readonly transform: Transform;
  readonly guess: Guess;
  readonly clock: Clock;
}

export interface BatchListener {
  changed(): void;
  /** A file went on: of interest soon, and often. */
  moved(): void;
  signInNeeded(why: SignInNeed): void;
  /** Nothing is under way any more; the reports of it follow. */
  settled(): void;
  /** False where a listener refused. */
  tell<Name extends keyof UploadFlowEvents>(name: Name, detail: UploadFlowEvents[Name]): boolean;
}

/** The files of the box: looked at, listed, sent, told of. Knows no state of the box, and nobody who is signed in. */
export class UploadBatch {
  readonly #ports: BatchPorts;
  readonly #listener: BatchListener;
  readonly #list = new ItemList();
  #run: UploadRun;
  /** Of the person who sends, as the broker said it last. */
  #room: Room | null = null;
  /** Refused rows that a batch has left behind. */
  #leftBehind = new Set<string>();
  /** Chosen beyond what may go at once, as they stood in the list. */
  #aside: readonly ItemSnapshot[] = [];
  readonly #closing = new AbortController();

  constructor(ports: BatchPorts, listener: BatchListener) {
    this.#ports = ports;
    this.#listener = listener;
    this.#run = this.#newRun();
  }

  /** What a snapshot of the box says about its files. */
  figures(limits: Limits | undefined) {
    return {
      items: this.#list.all,
      batchProblem: this.broken(limits) ?? (this.has('ready', 'preparing') ? null : noRoom(this.#list.all)),
      isPaused: this.#run.isPaused,
      isOffline: this.#run.isOffline,
      isSlow: this.#run.isSlow,
      busyUntil: this.#run.busyUntil,
      sent: this.#run.sent,
      total: this.#run.total,
      msLeft: this.#run.msLeft,
      reference: this.#run.lastReference,
      removed: this.#list.removed,
      room: this.#room,
      aside: this.#aside.length,
    } satisfies Partial<UploadSnapshot>;
  }

  get isRunning(): boolean {
    return this.#run.isRunning;
  }

  /** Of the running batch, or the last one. */
  get progress(): BatchProgress {
    const { filesArrived: arrived, filesOfAll: of, lastReference: reference } = this.#run;
    return { arrived, of, reference };
  }

  /** The owner stopped the app while the batch was under way. */
  get closed(): Closed | null {
    return this.#run.closed;
  }

  /** Where the box comes to rest while nothing is under way. */
  get restPhase(): UploadPhase {
    return restPhase(this.#list.all, this.#leftBehind);
  }

  has(...phases: readonly ItemPhase[]): boolean {
    return this.#list.tally.files(...phases) > 0;
  }

  isActive(key: string): boolean {
    const phase = this.#list.get(key)?.phase;
    return phase !== undefined && isActive(phase);
  }

  /** A limit that the files to upload break together. */
  broken(limits: Limits | undefined): ItemProblem | null {
    if (!limits) return null;
    const { tally } = this.#list;
    const totals = { files: tally.files('ready', 'preparing'), bytes: tally.bytes('ready', 'preparing') };
    return checkTotals(limits, totals, this.#room?.left)[0] ?? null;
  }

  add(files: readonly ChosenFile[]): readonly ItemSnapshot[] {
    return this.#list.add(files);
  }

  restore(kept: readonly KeptUpload[]): void {
    this.#list.restore(kept);
  }

  /** Resolves when each has been looked at, and that has been told. */
  async look(added: readonly ItemSnapshot[], rules: Rules): Promise<void> {
    const { transform, guess } = this.#ports;
    const inspector = { transform, guess, signal: this.#closing.signal };
    await lookAt(added, this.#list, { rules, inspector }, () => this.#listener.moved());
    const items = added.flatMap(({ key }) => this.#list.get(key) ?? []);
    const ready = items.filter(({ phase }) => phase === 'ready');
    const refused = items.filter(({ phase }) => phase === 'refused');
    if (ready.length > 0 && !this.#listener.tell('accepted', { files: ready.map(chosenFile) })) {
      this.#list.drop(ready.map(({ key }) => key));
    }
    if (refused.length > 0) this.#listener.tell('rejected', { files: refused.map(refusedFile) });
  }

  remove(key: string): void {
    this.#list.remove(key);
  }

  undoRemove(): void {
    this.#list.undoRemove();
  }

  forgetRemoved(): void {
    this.#list.forgetRemoved();
  }

  dropAll(phase: 'refused' | 'not-done'): void {
    this.#list.dropAll(phase);
  }

  /** Of those that can be uploaded; the others are set aside. */
  keepFirst(count: number): void {
    const rest = this.#list.in('ready', 'preparing').slice(count);
    this.#aside = [...rest, ...this.#aside];
    this.#list.drop(rest.map(({ key }) => key));
  }

  /** Of those that were set aside. The answer is those of them that nobody has looked at to the end. */
  bringBack(count: number): readonly ItemSnapshot[] {
    const next = this.#aside.slice(0, count);
    this.#aside = this.#aside.slice(count);
    this.#list.bringBack(next);
    return next.filter(({ phase }) => phase === 'preparing');
  }

  /** A file that waits for "Upload" goes on with an upload of an earlier visit. */
  goOnWith(key: string, resumes: Resuming): void {
    this.#list.setResumes(key, resumes);
  }

  /** Takes a file out for good. */
  drop(key: string): void {
    this.#list.drop([key]);
  }

  get items(): readonly ItemSnapshot[] {
    return this.#list.all;
  }

  /** Sends all that is ready, or of it only these: with what runs, or as a batch of its own. */
  send(options: SendOptions, only?: readonly ItemSnapshot[]): void {
    if (!this.#run.isRunning) this.#beginRun();
    this.#leftBehind = new Set(this.#list.in('refused').map(({ key }) => key));
    const ready = this.#list.in('ready');
    this.#run.start(only ? ready.filter(({ key }) => only.some((item) => item.key === key)) : ready, options);
  }

  /** One file that could not be uploaded, or all of them. */
  failed(key: string | undefined): readonly ItemSnapshot[] {
    return this.#list.in('not-done').filter((item) => key === undefined || item.key === key);
  }

  /** As part of the batch they belonged to. */
  sendAgain(items: readonly ItemSnapshot[], options: SendOptions): void {
    this.#run.start(items, options);
  }

  pause(key: string): void {
    this.#run.pause(key);
  }

  resume(key: string): void {
    this.#run.resume(key);
  }

  pauseAll(): void {
    this.#run.pause(...this.#run.items.map(({ key }) => key));
  }

  resumeAll(): void {
    this.#run.resume(...this.#run.items.map(({ key }) => key));
  }

  /** Stops one file; its row can be brought back. */
  cancel(key: string): void {
    this.#ports.transfer.cancel(key);
    if (this.#run.stop(key)) this.#list.remove(key);
  }

  /** Stops everything that is under way; the files stay chosen. */
  stopAll(): void {
    this.#ports.transfer.cancelAll();
    this.#run.stopAll();
  }

  /** The same, and nothing that was sent is deleted where it can be gone on with. */
  leaveAll(): void {
    this.#ports.transfer.leaveAll();
    this.#run.stopAll(true);
  }

  /** What was set aside stays so. */
  clearList(): void {
    this.#ports.transfer.cancelAll();
    this.#list.clear();
    this.#beginRun();
  }

  clear(): void {
    this.#aside = [];
    this.clearList();
  }

  /** As it was before anything was sent; what a start of a batch has said meanwhile is newer. */
  learnRoom(room: Room): void {
    this.#room ??= room;
  }

  /** Somebody else may come. */
  forgetRoom(): void {
    this.#room = null;
  }

  /** Stops everything, and nobody is told. */
  close(): void {
    this.#closing.abort();
    this.#run.leave();
    this.#ports.transfer.close();
  }

  #beginRun(): void {
    this.#run.leave();
    this.#run = this.#newRun();
  }

  #newRun(): UploadRun {
    const run: UploadRun = new UploadRun(
      { list: this.#list, ...this.#ports },
      {
        changed: () => this.#listener.changed(),
        moved: () => this.#listener.moved(),
        progress: () => this.#listener.tell('progress', { sent: run.sent, total: run.total }),
        room: (room) => {
          this.#room = room;
        },
        signInNeeded: (why) => this.#listener.signInNeeded(why),
        settled: () => this.#settled(run),
      },
    );
    return run;
  }

  #settled(run: UploadRun): void {
    if (run !== this.#run || this.#closing.signal.aborted) return;
    this.#listener.settled();
    const done = run.report('uploaded').flatMap(uploadedFile);
    const failed = run.report('not-done').map(refusedFile);
    const reference = run.lastReference ?? this.#list.in('uploaded').at(-1)?.stored?.reference ?? '';
    if (done.length > 0) this.#listener.tell('done', { reference, files: done });
    if (failed.length > 0) this.#listener.tell('failed', { files: failed });
  }
}
