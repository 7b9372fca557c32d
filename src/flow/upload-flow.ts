import type { AppDocument } from '../contract/app.ts';
import { changeTeller } from './change-teller.ts';
import { checkTogether } from './inspect.ts';
import { ItemList } from './item-list.ts';
import { lookAt } from './look-at.ts';
import type { AppSource, Clock, Identity, Transfer } from './ports.ts';
import { noRoom, restPhase } from './rest-phase.ts';
import { problemOf, type SignInEnd, SignInStep } from './sign-in-step.ts';
import { chosenFile, refusedFile, type UploadFlowEvents, uploadedFile } from './upload-events.ts';
import { isActive, PHASES, VERBS, type Verb } from './upload-phases.ts';
import { UploadRun } from './upload-run.ts';
import type { ItemProblem, ItemSnapshot, UploadPhase, UploadSnapshot } from './upload-snapshot.ts';

export interface UploadPorts {
  readonly apps: AppSource;
  readonly identity: Identity;
  readonly transfer: Transfer;
  readonly clock: Clock;
}

export interface UploadSettings {
  /** Id of a folder made with `POST /v1/folders`. */
  folder?: string | undefined;
  /** A label for the builder's own use; never authority. */
  context?: Record<string, string> | undefined;
  /** Where absent, the app document decides. */
  start?: 'button' | 'auto' | undefined;
  isDisabled?: boolean | undefined;
}

/** From choosing files to the receipt. Dispatches `change` after each change of its snapshot, and `UploadFlowEvents`. */
export class UploadFlow extends EventTarget {
  readonly #ports: UploadPorts;
  readonly #list = new ItemList();
  readonly #signIn: SignInStep;
  readonly #closing = new AbortController();
  #settings: UploadSettings = {};
  #run: UploadRun;
  #phase: UploadPhase = 'loading';
  #app: AppDocument | null = null;
  #problem: ItemProblem | null = null;
  #loading: Promise<void> | null = null;
  /** "Upload" was pressed and waits for the sign-in, or for files that are still looked at. */
  #isUploadWanted = false;
  /** Refused rows that a batch has left behind. */
  #leftBehind = new Set<string>();
  #snapshot: UploadSnapshot | null = null;
  readonly #tellChange = changeTeller(this);

  constructor(ports: UploadPorts) {
    super();
    this.#ports = ports;
    this.#signIn = new SignInStep(ports.identity);
    this.#run = this.#newRun();
  }

  get snapshot(): UploadSnapshot {
    this.#snapshot ??= Object.freeze({
      phase: this.#phase,
      app: this.#app,
      person: this.#signIn.person,
      items: this.#list.all,
      batchProblem: this.#broken() ?? noRoom(this.#list.all),
      problem: this.#problem,
      signInNote: this.#signIn.note,
      isPaused: this.#run.isPaused,
      isOffline: this.#run.isOffline,
      isSlow: this.#run.isSlow,
      busyUntil: this.#run.busyUntil,
      sent: this.#run.sent,
      total: this.#run.total,
      msLeft: this.#run.msLeft,
      reference: this.#run.lastReference,
      removed: this.#list.removed,
    });
    return this.#snapshot;
  }

  configure(settings: UploadSettings): void {
    this.#settings = settings;
    this.#changed();
  }

  /** Fetches the app document. Where the box cannot be used, `phase` becomes unavailable and `problem` says why. */
  load(): Promise<void> {
    if (!this.#may('load')) return Promise.resolve();
    this.#loading ??= this.#load().finally(() => {
      this.#loading = null;
    });
    return this.#loading;
  }

  /** The one way in for button, drop and paste. Resolves when every file has been looked at. */
  async accept(files: readonly File[]): Promise<void> {
    if (this.#loading) await this.#loading;
    const limits = this.#app?.limits;
    if (!limits || this.#settings.isDisabled || files.length === 0 || !this.#may('accept')) return;
    this.#act();
    const added = this.#list.add(files);
    this.#rest();
    await lookAt(added, this.#list, limits, () => this.#changed());
    this.#tellLookedAt(added.map(({ key }) => key));
    if (this.#isUploadWanted || this.#isAuto) this.#begin();
    this.#rest();
  }

  remove(key: string): void {
    const item = this.#list.get(key);
    if (item && isActive(item.phase)) this.cancel(key);
    else this.#do('remove', () => this.#list.remove(key));
  }

  undoRemove(): void {
    if (!this.#may('undoRemove')) return;
    this.#list.undoRemove();
    this.#rest();
  }

  removeRefused(): void {
    this.#do('removeRefused', () => this.#list.dropAll('refused'));
  }

  /** Where too many were chosen: keeps the first ones that can be uploaded. */
  keepFirst(count: number): void {
    const rest = this.#list.in('ready', 'preparing').slice(count);
    this.#do('keepFirst', () => this.#list.drop(rest.map(({ key }) => key)));
  }

  /** Within the person's click. Opens the sign-in window in the same task where nobody is signed in, and goes on by itself. */
  upload(): void {
    if (!this.#may('upload') || this.#settings.isDisabled) return;
    this.#act();
    const isAgain = this.#phase === 'sign-in-again';
    if (!isAgain && (this.#list.in('ready', 'preparing').length === 0 || this.#broken())) return;
    this.#isUploadWanted = !isAgain;
    if (this.#signIn.mayUpload) this.#begin();
    else this.signIn();
  }

  /** Within the person's click. Whoever is signed in is replaced when it succeeds. */
  signIn(): void {
    const app = this.#app;
    if (!app || !this.#may('signIn')) return;
    this.#act();
    const back = this.#phase;
    this.#go('signing-in');
    void this.#signIn.open(app, back).then((end) => {
      if (end && !this.#closing.signal.aborted) this.#signInEnded(end);
    });
  }

  cancelSignIn(): void {
    if (this.#may('cancelSignIn')) this.#signIn.cancel();
  }

  showSignInWindow(): void {
    this.#ports.identity.showWindow();
  }

  async signOut(): Promise<void> {
    if (!this.#signIn.person) return;
    this.#act();
    this.#stopAll();
    this.#signIn.person = null;
    this.#rest();
    this.#tell('signed-out', null);
    await this.#ports.identity.signOut();
  }

  /** Holds one file back; what is stored of it stays. */
  pause(key: string): void {
    this.#do('pause', () => this.#run.pause(key));
  }

  resume(key: string): void {
    this.#do('resume', () => this.#run.resume(key));
  }

  pauseAll(): void {
    this.#do('pauseAll', () => this.#run.pause(...this.#run.items.map(({ key }) => key)));
  }

  resumeAll(): void {
    this.#do('resumeAll', () => this.#run.resume(...this.#run.items.map(({ key }) => key)));
  }

  /** Without a connection: tries at once, whatever the browser says about the network. */
  tryNow(): void {
    if (this.#may('tryNow')) this.#ports.transfer.tryNow();
  }

  /** Stops one file; its row can be brought back, and then waits for "Upload" again. */
  cancel(key: string): void {
    this.#do('cancel', () => {
      this.#ports.transfer.cancel(key);
      if (this.#run.stop(key)) this.#list.remove(key);
    });
  }

  /** Stops everything that is under way; the files stay chosen. */
  cancelAll(): void {
    this.#do('cancelAll', () => this.#stopAll());
  }

  /** Tries one file again, or all that could not be uploaded. */
  retry(key?: string): void {
    if (!this.#may('retry') || this.#settings.isDisabled) return;
    const again = this.#list.in('not-done').filter((item) => key === undefined || item.key === key);
    if (again.length === 0) return;
    this.#act();
    this.#start(again);
  }

  /** Takes out what could not be uploaded. */
  leaveOut(): void {
    this.#do('leaveOut', () => this.#list.dropAll('not-done'));
  }

  /** An empty box. Whoever is signed in stays so. */
  reset(): void {
    this.#do('reset', () => {
      this.#signIn.drop();
      this.#isUploadWanted = false;
      this.#ports.transfer.cancelAll();
      this.#list.clear();
      this.#run = this.#newRun();
    });
  }

  /** The element has left the page for good. */
  close(): void {
    this.#closing.abort();
    this.#signIn.drop();
    this.#ports.transfer.close();
  }

  async #load(): Promise<void> {
    if (this.#phase === 'unavailable') this.#go('loading');
    this.#problem = null;
    try {
      this.#app = await this.#ports.apps.readApp(this.#closing.signal);
      const closed = { paused: 'app_paused', closed: 'app_closed', live: null, test: null }[this.#app.mode];
      if (closed) this.#problem = { code: closed };
    } catch (error) {
      if (this.#closing.signal.aborted) return;
      this.#problem = problemOf(error);
    }
    this.#go(this.#problem ? 'unavailable' : 'choosing');
  }

  #signInEnded({ isSignedIn, back, problem }: SignInEnd): void {
    const { person, mayUpload } = this.#signIn;
    const isIn = isSignedIn && mayUpload;
    if (isSignedIn && person) this.#tell('signed-in', { name: person.name });
    if (isIn) this.#ports.transfer.signedIn();
    else this.#isUploadWanted = false;
    this.#problem = problem;
    this.#go(isIn && back === 'sign-in-again' ? 'uploading' : back);
    if (isIn && (this.#isUploadWanted || this.#isAuto)) this.#begin();
  }

  get #isAuto(): boolean {
    return (this.#settings.start ?? this.#app?.start) === 'auto';
  }

  /** Sends what is ready. Files still looked at follow by themselves where "Upload" was pressed. */
  #begin(): void {
    if (!this.#signIn.mayUpload || this.#signIn.back || this.#list.in('preparing').length > 0) return;
    this.#isUploadWanted = false;
    const ready = this.#list.in('ready');
    if (ready.length === 0 || this.#broken()) return;
    if (!this.#run.isRunning) this.#run = this.#newRun();
    this.#leftBehind = new Set(this.#list.in('refused').map(({ key }) => key));
    this.#start(ready);
  }

  #start(items: readonly ItemSnapshot[]): void {
    const { folder, context } = this.#settings;
    this.#go('uploading');
    this.#run.start(items, { folder, context });
    this.#changed();
  }

  #stopAll(): void {
    this.#ports.transfer.cancelAll();
    for (const { key } of this.#run.items) this.#run.stop(key);
  }

  #newRun(): UploadRun {
    const run: UploadRun = new UploadRun(
      { list: this.#list, transfer: this.#ports.transfer, clock: this.#ports.clock },
      {
        changed: () => this.#changed(),
        progress: () => this.#tell('progress', { sent: run.sent, total: run.total }),
        signInNeeded: () => this.#needSignIn(),
        settled: () => this.#settled(run),
      },
    );
    return run;
  }

  #needSignIn(): void {
    if (this.#signIn.person) this.#tell('signed-out', null);
    this.#signIn.person = null;
    if (this.#signIn.back) this.#signIn.returnTo('sign-in-again');
    else this.#go('sign-in-again');
  }

  #settled(run: UploadRun): void {
    if (run !== this.#run || this.#closing.signal.aborted) return;
    this.#rest();
    const done = run.report('uploaded').flatMap(uploadedFile);
    const failed = run.report('not-done').map(refusedFile);
    const reference = run.lastReference ?? this.#list.in('uploaded').at(-1)?.stored?.reference ?? '';
    if (done.length > 0) this.#tell('done', { reference, files: done });
    if (failed.length > 0) this.#tell('failed', { files: failed });
  }

  /** Where the box comes to rest, from what is in its list. */
  #rest(): void {
    this.#changed();
    if (this.#signIn.back) {
      const isAgain = this.#signIn.back === 'sign-in-again' && this.#run.isRunning;
      if (!isAgain) this.#signIn.returnTo(restPhase(this.#list.all, this.#leftBehind));
      return;
    }
    if (this.#run.isRunning || this.#phase === 'loading' || this.#phase === 'unavailable') return;
    this.#go(restPhase(this.#list.all, this.#leftBehind));
  }

  /** A limit that the files to upload break together. */
  #broken(): ItemProblem | null {
    return this.#app && checkTogether(this.#list.in('ready', 'preparing'), this.#app.limits);
  }

  #tellLookedAt(keys: readonly string[]): void {
    const items = this.#list.all.filter(({ key }) => keys.includes(key));
    const ready = items.filter(({ phase }) => phase === 'ready');
    const refused = items.filter(({ phase }) => phase === 'refused');
    if (ready.length > 0 && !this.#tell('accepted', { files: ready.map(chosenFile) })) {
      this.#list.drop(ready.map(({ key }) => key));
    }
    if (refused.length > 0) this.#tell('rejected', { files: refused.map(refusedFile) });
  }

  #do(verb: Verb, act: () => void): void {
    if (!this.#may(verb)) return;
    this.#act();
    act();
    this.#rest();
  }

  /** A person did something: what was said about the last act has been read. */
  #act(): void {
    this.#signIn.note = null;
    this.#problem = null;
    this.#list.forgetRemoved();
    this.#changed();
  }

  #may(verb: Verb): boolean {
    const phases: readonly UploadPhase[] = VERBS[verb];
    return phases.includes(this.#phase) && !this.#closing.signal.aborted;
  }

  #go(phase: UploadPhase): void {
    if (phase !== this.#phase && !PHASES[this.#phase].includes(phase)) {
      throw new TypeError(`No way from ${this.#phase} to ${phase}`);
    }
    this.#phase = phase;
    this.#changed();
  }

  #changed(): void {
    this.#snapshot = null;
    this.#tellChange();
  }

  /** False where a listener refused. */
  #tell<Name extends keyof UploadFlowEvents>(name: Name, detail: UploadFlowEvents[Name]): boolean {
    return this.dispatchEvent(new CustomEvent(name, { detail, cancelable: name === 'accepted' }));
  }
}
