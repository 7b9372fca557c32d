import type { AppDocument } from '../contract/app.ts';
import type { Room } from '../contract/uploads.ts';
import type { Guess } from '../policy/look.ts';
import { Agreement } from './agreement.ts';
import { ChangeTeller } from './change-teller.ts';
import type { ChosenFile } from './item-list.ts';
import type { KeptUpload } from './kept-upload.ts';
import { LeftBatches } from './left-batches.ts';
import { type Closed, closedBy, closedFor } from './owner-stop.ts';
import type {
  AgreementCalls,
  AppSource,
  BatchRecords,
  Clock,
  Identity,
  SignInNeed,
  SignInWay,
  Transfer,
  Transform,
  Unfinished,
} from './ports.ts';
import { problemOf, type SignInEnd, SignInStep } from './sign-in-step.ts';
import { UnfinishedUploads } from './unfinished-uploads.ts';
import { UploadBatch } from './upload-batch.ts';
import { UploadBox, type UploadSettings } from './upload-box.ts';
import type { UploadFlowEvents } from './upload-events.ts';
import type { Verb } from './upload-phases.ts';
import type { ItemSnapshot, UploadSnapshot } from './upload-snapshot.ts';
import { UploadStart } from './upload-start.ts';

export interface UploadPorts {
  readonly apps: AppSource;
  readonly identity: Identity;
  readonly transfer: Transfer;
  readonly unfinished: Unfinished;
  readonly batches: BatchRecords;
  readonly agreements: AgreementCalls;
  readonly transform: Transform;
  /** What kind a file is whose bytes are of none that the policy knows itself. */
  readonly guess: Guess;
  /** Of whoever is signed in; fails where it cannot be had. */
  readonly readRoom: () => Promise<Room>;
  readonly clock: Clock;
}

/** Of a file that was chosen with its folder in an input for folders: its name stands at the end of the path there. */
const folderOf = ({ webkitRelativePath: path }: File): string | undefined =>
  path?.slice(0, path.lastIndexOf('/')) || undefined;

/** From choosing files to the receipt. Dispatches `change` after each change of its snapshot, and `UploadFlowEvents`. */
export class UploadFlow extends EventTarget {
  /** Uploads of earlier visits, with verbs of their own. */
  readonly unfinished: UnfinishedUploads;
  readonly #ports: UploadPorts;
  readonly #box = new UploadBox(() => this.#changed());
  readonly #batch: UploadBatch;
  readonly #left: LeftBatches;
  readonly #signIn: SignInStep;
  readonly #agreement: Agreement;
  readonly #start: UploadStart;
  #loading: Promise<void> | null = null;
  #snapshot: UploadSnapshot | null = null;
  readonly #teller: ChangeTeller;

  constructor(ports: UploadPorts) {
    super();
    this.#ports = ports;
    this.#teller = new ChangeTeller(this, ports.clock);
    this.#signIn = new SignInStep(ports.identity, () => this.#changed());
    this.#agreement = new Agreement(ports.agreements, () => this.#changed());
    this.#left = new LeftBatches(ports.batches, () => this.#changed());
    this.#batch = new UploadBatch(ports, {
      changed: () => this.#changed(),
      moved: () => this.#moved(),
      signInNeeded: (why) => this.#needSignIn(why),
      settled: () => {
        if (this.#batch.closed) this.#stop(this.#batch.closed);
        else this.#rest();
        // What was missing then has been sent since, or was not missed.
        if (this.#batch.progress.arrived > 0) this.#left.forget();
        void this.#lookForUnfinished();
        // The broker asks for something that this page did not know of.
        if (this.#batch.failed(undefined).some(({ problem }) => problem?.code === 'consent_needed')) {
          void this.#agreement.look();
        }
      },
      tell: (name, detail) => this.#tell(name, detail),
    });
    this.unfinished = new UnfinishedUploads(ports.unfinished, {
      changed: () => this.#changed(),
      prepare: async (file, signal) => {
        const transforms = this.#box.app?.transforms;
        return transforms ? (await ports.transform(file, transforms, signal)).file : file;
      },
      resume: (file, resumes) => void this.#takeUp({ file, resumes }),
      acceptNew: (file) => void this.#join([{ file }]),
    });
    this.#start = new UploadStart(
      {
        box: this.#box,
        batch: this.#batch,
        signIn: this.#signIn,
        agreement: this.#agreement,
        unfinished: this.unfinished,
      },
      {
        changed: () => this.#changed(),
        rest: () => this.#rest(),
        lose: (why) => this.#lose(why),
        closed: (closed) => this.#stop(closed),
      },
    );
  }

  get snapshot(): UploadSnapshot {
    this.#snapshot ??= Object.freeze({
      phase: this.#box.phase,
      app: this.#box.app,
      person: this.#signIn.person,
      ...this.#batch.figures(this.#box.app?.limits),
      problem: this.#box.problem,
      signInNote: this.#signIn.note,
      signIn: this.#signIn.snapshot,
      signInLink: this.#signInLink,
      unfinished: this.#left.counted(this.unfinished.snapshot(this.#signIn.person !== null, this.#batch.items)),
      left: this.#left.shownTo(this.#signIn.person),
      isStarting: this.#start.isUnderWay,
      agreement: this.#agreement.snapshot,
    });
    return this.#snapshot;
  }

  configure(settings: UploadSettings): void {
    this.#box.settings = settings;
    this.#changed();
  }

  /**
   * Fetches the app document. Where the box cannot be used, `phase` becomes unavailable and `problem` says why. Files
   * that were chosen before stay so.
   */
  load(): Promise<void> {
    if (!this.#box.may('load')) return Promise.resolve();
    this.#loading ??= this.#load().finally(() => {
      this.#loading = null;
    });
    return this.#loading;
  }

  /** The one way in for button, drop and paste. Resolves when every file has been looked at. */
  async accept(files: readonly (File | ChosenFile)[]): Promise<void> {
    if (this.#loading) await this.#loading;
    const chosen = files.map((one) => (one instanceof File ? { file: one, path: folderOf(one) } : one));
    const known = chosen.filter(({ file }) => this.#signIn.person && this.unfinished.mayKnow({ file }));
    const unknown = known.length > 0 ? chosen.filter((one) => !known.includes(one)) : chosen;
    await Promise.all([this.#join(unknown), ...known.map((one) => this.#joinKnown(one))]);
  }

  /** Files that a form held when its page was left. They are stored, so nobody is asked about them. */
  restore(kept: readonly KeptUpload[]): void {
    this.#batch.restore(kept);
    this.#rest();
  }

  remove(key: string): void {
    if (this.#batch.isActive(key)) this.cancel(key);
    else this.#do('remove', () => this.#batch.remove(key));
  }

  undoRemove(): void {
    if (!this.#box.may('undoRemove')) return;
    this.#batch.undoRemove();
    this.#rest();
  }

  removeRefused(): void {
    this.#do('removeRefused', () => this.#batch.dropAll('refused'));
  }

  /** Where too many were chosen: keeps the first ones that can be uploaded, and sets the others aside. */
  keepFirst(count: number): void {
    this.#do('keepFirst', () => this.#batch.keepFirst(count));
  }

  /** Within the person's click. Opens the sign-in window in the same task where nobody is signed in, and goes on by itself. */
  upload(): void {
    if (!this.#box.may('upload') || this.#box.settings.isDisabled) return;
    this.#act();
    const isAgain = this.#box.phase === 'sign-in-again';
    if (!isAgain && (!this.#batch.has('ready', 'preparing') || this.#start.broken)) return;
    if (!isAgain && !this.#agreement.press()) return;
    this.#start.isWanted = !isAgain;
    if (this.#signIn.mayUpload) this.#start.begin();
    else this.signIn();
  }

  /**
   * Within the person's click, as `upload`: sends what was set aside, at most as many as may go at once. `isBeside`: what
   * is in stays listed.
   */
  uploadNext(isBeside: boolean): void {
    const { app, settings } = this.#box;
    if (!app || settings.isDisabled || !this.#box.may('uploadNext') || this.snapshot.aside === 0) return;
    this.#act();
    if (!isBeside) this.#batch.clearList();
    this.#bringBack(app, app.limits.max_files);
    this.#rest();
    this.upload();
  }

  /** A box beside what the person is asked before the first upload. */
  tick(id: string, isTicked: boolean): void {
    if (this.#box.may('tick')) this.#agreement.tick(id, isTicked);
  }

  /**
   * Within the person's click. Whoever is signed in is replaced when it succeeds. While a sign-in is open this goes on in
   * another way; files that are chosen stay, but for `page`.
   */
  signIn(way: SignInWay = this.#usualWay): void {
    const app = this.#box.app;
    if (!app || !this.#box.may('signIn') || this.#signIn.snapshot?.way === way) return;
    const back = this.#signIn.back ?? this.#box.phase;
    const isUploadWanted = this.#start.isWanted;
    this.#act();
    this.#start.isWanted = isUploadWanted;
    this.#signIn.drop();
    this.#box.go('signing-in');
    this.#awaitSignIn(this.#signIn.open(app, back, way));
  }

  cancelSignIn(): void {
    if (this.#box.may('cancelSignIn')) this.#signIn.cancel();
  }

  showSignInWindow(): void {
    this.#ports.identity.showWindow();
  }

  async signOut(): Promise<void> {
    if (!this.#signIn.person) return;
    this.#act();
    this.#batch.stopAll();
    this.#left.forget();
    this.#batch.forgetRoom();
    const { person } = this.#signIn;
    this.#signIn.person = null;
    this.#agreement.forget();
    this.#rest();
    this.#tell('signed-out', null);
    if (this.#box.app && person) await this.unfinished.forgetAll(this.#box.app.app, person);
    await this.#ports.identity.signOut();
  }

  /** Holds one file back; what is stored of it stays. */
  pause(key: string): void {
    this.#do('pause', () => this.#batch.pause(key));
  }

  resume(key: string): void {
    this.#do('resume', () => this.#batch.resume(key));
  }

  pauseAll(): void {
    this.#do('pauseAll', () => this.#batch.pauseAll());
  }

  resumeAll(): void {
    this.#do('resumeAll', () => this.#batch.resumeAll());
  }

  /** Without a connection: tries at once, whatever the browser says about the network. */
  tryNow(): void {
    if (this.#box.may('tryNow')) this.#ports.transfer.tryNow();
  }

  /** Stops one file; its row can be brought back, and then waits for "Upload" again. */
  cancel(key: string): void {
    this.#do('cancel', () => this.#batch.cancel(key));
  }

  /** Stops everything that is under way; the files stay chosen. */
  cancelAll(): void {
    this.#do('cancelAll', () => this.#batch.stopAll());
  }

  /** Instead of another sign-in: stops, and what was sent stays where it can be gone on with. The files stay chosen. */
  finishLater(): void {
    this.#do('finishLater', () => this.#batch.leaveAll());
  }

  /** Tries one file again, or all that could not be uploaded. */
  retry(key?: string): void {
    if (!this.#box.may('retry') || this.#box.settings.isDisabled || this.#batch.failed(key).length === 0) return;
    this.#act();
    this.#start.again(key);
  }

  /** What was told of batches whose page had gone has been read. */
  forgetLeft(): void {
    this.#left.forget();
  }

  /** Takes out what could not be uploaded. */
  leaveOut(): void {
    this.#do('leaveOut', () => this.#batch.dropAll('not-done'));
  }

  /** An empty box. Whoever is signed in stays so. */
  reset(): void {
    this.#do('reset', () => {
      this.#signIn.drop();
      this.#start.isWanted = false;
      this.#batch.clear();
      this.#agreement.clear();
    });
  }

  /** The element has left the page for good. */
  close(): void {
    this.#box.close();
    this.#signIn.drop();
    this.unfinished.close();
    this.#left.close();
    this.#batch.close();
    this.#teller.close();
  }

  async #load(): Promise<void> {
    if (this.#box.phase === 'unavailable') this.#box.go('loading');
    // What was said of it holds until something else is known.
    const before = closedFor(this.#box.problem);
    try {
      this.#box.app = await this.#ports.apps.readApp(this.#box.closing);
      this.#agreement.ask(this.#box.app);
      this.#box.problem = closedBy(this.#box.app);
    } catch (error) {
      if (this.#box.isClosed) return;
      this.#box.problem = before ?? problemOf(error);
    }
    this.#box.go(this.#box.problem ? 'unavailable' : 'choosing');
    if (this.#box.app && !this.#box.problem) this.#opened(this.#box.app);
    else void this.#lookForUnfinished();
  }

  #opened(app: AppDocument): void {
    this.#rest();
    this.#goOn();
    this.#comeBack(app);
  }

  /** The owner stopped the app. What is chosen stays, and nothing more is asked of the broker by itself. */
  #stop(closed: Closed): void {
    this.#signIn.drop();
    this.#start.isWanted = false;
    if (this.#batch.isRunning) this.#batch.leaveAll();
    this.#box.problem = closed;
    this.#box.go('unavailable');
  }

  /** This page was away for a sign-in. */
  #comeBack(app: AppDocument): void {
    const coming = this.#signIn.comeBack(app, this.#box.phase);
    if (!coming) return;
    this.#box.go('signing-in');
    this.#awaitSignIn(coming);
  }

  #awaitSignIn(ending: Promise<SignInEnd | null>): void {
    void ending.then((end) => {
      if (end && !this.#box.isClosed) this.#signInEnded(end);
    });
  }

  /** What is chosen would be lost with the page. */
  get #usualWay(): SignInWay {
    return this.#box.settings.signIn === 'redirect' && this.#batch.items.length === 0 ? 'page' : 'window';
  }

  get #signInLink(): string | null {
    return this.#box.app && this.#signIn.note === 'popup-blocked' ? this.#ports.identity.link(this.#box.app) : null;
  }

  /** Resolves when each has been looked at. */
  async #join(chosen: readonly ChosenFile[]): Promise<readonly ItemSnapshot[]> {
    const app = this.#box.app;
    if (!app || this.#box.settings.isDisabled || chosen.length === 0 || !this.#box.may('accept')) return [];
    this.#act();
    const added = this.#batch.add(chosen);
    this.#rest();
    await this.#look(added, app);
    return added;
  }

  async #look(added: readonly ItemSnapshot[], app: AppDocument): Promise<void> {
    await this.#batch.look(added, app);
    if (this.#start.isDue) this.#start.begin();
    this.#rest();
  }

  #bringBack(app: AppDocument, count: number): void {
    const unseen = this.#batch.bringBack(count);
    if (unseen.length > 0) void this.#look(unseen, app);
  }

  /** A file that may belong to an unfinished upload is proven to before it joins the list. */
  async #joinKnown(chosen: ChosenFile): Promise<void> {
    const found = await this.unfinished.recognise({ file: chosen.file });
    if (found !== 'held') await this.#join([found === 'new' ? chosen : { ...chosen, resumes: found }]);
  }

  /** Goes on at once: "Upload" was pressed for it on the earlier visit. */
  async #takeUp(chosen: ChosenFile): Promise<void> {
    const [joined] = await this.#join([chosen]);
    const item = this.#batch.items.find(({ key }) => key === joined?.key);
    if (item?.phase === 'ready') this.#start.begin([item]);
  }

  async #lookForUnfinished(): Promise<void> {
    const { app, phase } = this.#box;
    if (!app || phase === 'unavailable') return;
    const { person } = this.#signIn;
    await this.unfinished.look(app.app, person);
    if (person !== this.#signIn.person || this.#box.isClosed) return;
    const unfinished = this.unfinished.snapshot(person !== null, this.#batch.items);
    await this.#left.look(app.app, person, unfinished, () => void this.#lookForUnfinished());
  }

  /** Of all there is to keep before the page may go. */
  #followBatch(): void {
    const { person } = this.#signIn;
    const { app } = this.#box;
    const owner = app && person ? { app: app.app, person: person.id } : null;
    this.#left.follow(this.#batch.isRunning, this.#batch.progress, owner);
  }

  #signInEnded({ isSignedIn, back, problem }: SignInEnd): void {
    const { person, mayUpload } = this.#signIn;
    const isIn = isSignedIn && mayUpload;
    if (isSignedIn && person) this.#tell('signed-in', { name: person.name });
    if (isSignedIn && person) this.#agreement.meet(person.id);
    if (isIn && !this.#start.isWanted && this.#agreement.isOpen) void this.#agreement.look();
    if (isIn) this.#ports.transfer.signedIn();
    if (isIn) void this.#learnRoom();
    // Who was turned away still wants to upload; who pressed "Cancel" may not.
    else if (this.#signIn.note === 'not-finished') this.#start.isWanted = false;
    const closed = closedFor(problem);
    if (closed) {
      this.#stop(closed);
      return;
    }
    this.#box.problem = problem;
    this.#box.go(isIn && back === 'sign-in-again' ? 'uploading' : back);
    if (isIn) this.#goOn();
    else if (isSignedIn) void this.#lookForUnfinished();
  }

  /** Without an answer it is as before: the broker says what does not fit when it is sent. */
  async #learnRoom(): Promise<void> {
    const { person } = this.#signIn;
    const room = await this.#ports.readRoom().catch(() => null);
    if (!room || this.#signIn.person !== person || this.#box.isClosed) return;
    this.#batch.learnRoom(room);
    this.#changed();
  }

  /** Sends what may go by itself, once it is known what of it was begun on an earlier visit. */
  #goOn(): void {
    const goOn = () => {
      if (this.#start.isDue) this.#start.begin();
    };
    if (this.#signIn.mayUpload && this.unfinished.mayBeSome && this.#batch.has('ready')) {
      void this.#start.recognise(() => this.#lookForUnfinished()).then(goOn);
    } else {
      void this.#lookForUnfinished();
      goOn();
    }
  }

  #lose(why: string): void {
    if (why === 'stronger_sign_in') {
      this.#signIn.isStrongerNeeded = true;
      return;
    }
    if (this.#signIn.person) this.#tell('signed-out', null);
    this.#signIn.person = null;
  }

  #needSignIn(why: SignInNeed): void {
    this.#lose(why);
    if (why === 'stronger_sign_in') this.#box.problem = { code: why };
    if (this.#signIn.back) this.#signIn.returnTo('sign-in-again');
    else this.#box.go('sign-in-again');
  }

  /** Where the box comes to rest, from what is in its list. */
  #rest(): void {
    const { app } = this.#box;
    // Nobody would see them any more.
    if (app && this.#batch.items.length === 0) this.#bringBack(app, Number.POSITIVE_INFINITY);
    this.#changed();
    if (this.#signIn.back) {
      const isAgain = this.#signIn.back === 'sign-in-again' && this.#batch.isRunning;
      if (!isAgain) this.#signIn.returnTo(this.#batch.restPhase);
      return;
    }
    if (this.#batch.isRunning || this.#box.phase === 'loading' || this.#box.phase === 'unavailable') return;
    this.#box.go(this.#batch.restPhase);
  }

  #do(verb: Verb, act: () => void): void {
    if (!this.#box.may(verb)) return;
    this.#act();
    act();
    this.#rest();
  }

  /** A person did something: what was said about the last act has been read. */
  #act(): void {
    if (this.#signIn.note) this.#start.isWanted = false;
    this.#signIn.note = null;
    this.#box.problem = null;
    this.#batch.forgetRemoved();
    this.#changed();
  }

  #changed(): void {
    this.#followBatch();
    this.#snapshot = null;
    this.#teller.now();
  }

  #moved(): void {
    this.#followBatch();
    this.#snapshot = null;
    this.#teller.soon();
  }

  /** False where a listener refused. */
  #tell<Name extends keyof UploadFlowEvents>(name: Name, detail: UploadFlowEvents[Name]): boolean {
    return this.dispatchEvent(new CustomEvent(name, { detail, cancelable: name === 'accepted' }));
  }
}
