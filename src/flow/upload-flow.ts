import type { AppDocument } from '../contract/app.ts';
import type { Guess } from '../policy/index.ts';
import { Agreement } from './agreement.ts';
import { ChangeTeller } from './change-teller.ts';
import type { ChosenFile } from './item-list.ts';
import type {
  AgreementCalls,
  AppSource,
  Clock,
  Identity,
  SignInNeed,
  SignInWay,
  Transfer,
  Transform,
  Unfinished,
} from './ports.ts';
import type { ItemProblem } from './problem.ts';
import { problemOf, type SignInEnd, SignInStep } from './sign-in-step.ts';
import { UnfinishedUploads } from './unfinished-uploads.ts';
import { UploadBatch } from './upload-batch.ts';
import type { UploadFlowEvents } from './upload-events.ts';
import { PHASES, VERBS, type Verb } from './upload-phases.ts';
import type { SendOptions } from './upload-run.ts';
import type { ItemSnapshot, UploadPhase, UploadSnapshot } from './upload-snapshot.ts';

export interface UploadPorts {
  readonly apps: AppSource;
  readonly identity: Identity;
  readonly transfer: Transfer;
  readonly unfinished: Unfinished;
  readonly agreements: AgreementCalls;
  readonly transform: Transform;
  /** What kind a file is whose bytes are of none that the policy knows itself. */
  readonly guess: Guess;
  readonly clock: Clock;
}

export interface UploadSettings {
  /** Id of a folder made with `POST /v1/folders`. */
  folder?: string | undefined;
  /** A label for the builder's own use; never authority. */
  context?: Record<string, string> | undefined;
  /** Where absent, the app document decides. */
  start?: 'button' | 'auto' | undefined;
  /** What the words before an upload are shown in. */
  language?: string | undefined;
  isDisabled?: boolean | undefined;
  /** Signing in takes the page away and back, where nothing is chosen yet. */
  signIn?: 'redirect' | undefined;
}

/** Of a file that was chosen with its folder in an input for folders: its name stands at the end of the path there. */
const folderOf = ({ webkitRelativePath: path }: File): string | undefined =>
  path?.slice(0, path.lastIndexOf('/')) || undefined;

/** From choosing files to the receipt. Dispatches `change` after each change of its snapshot, and `UploadFlowEvents`. */
export class UploadFlow extends EventTarget {
  /** Uploads of earlier visits, with verbs of their own. */
  readonly unfinished: UnfinishedUploads;
  readonly #ports: UploadPorts;
  readonly #batch: UploadBatch;
  readonly #signIn: SignInStep;
  readonly #agreement: Agreement;
  readonly #closing = new AbortController();
  #settings: UploadSettings = {};
  #phase: UploadPhase = 'loading';
  #app: AppDocument | null = null;
  #problem: ItemProblem | null = null;
  #loading: Promise<void> | null = null;
  /** "Upload" was pressed and waits for the sign-in, or for files that are still looked at. */
  #isUploadWanted = false;
  #isAgreeing = false;
  /** What was chosen is held against the uploads of earlier visits; nothing is sent meanwhile. */
  #isRecognising = false;
  #snapshot: UploadSnapshot | null = null;
  readonly #teller: ChangeTeller;

  constructor(ports: UploadPorts) {
    super();
    this.#ports = ports;
    this.#teller = new ChangeTeller(this, ports.clock);
    this.#signIn = new SignInStep(ports.identity, () => this.#changed());
    this.#agreement = new Agreement(ports.agreements, () => this.#changed());
    this.#batch = new UploadBatch(ports, {
      changed: () => this.#changed(),
      moved: () => this.#moved(),
      signInNeeded: (why) => this.#needSignIn(why),
      settled: () => {
        this.#rest();
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
      resume: (file, resumes) => void this.#takeUp({ file, resumes }),
      acceptNew: (file) => void this.#join([{ file }]),
    });
  }

  get snapshot(): UploadSnapshot {
    this.#snapshot ??= Object.freeze({
      phase: this.#phase,
      app: this.#app,
      person: this.#signIn.person,
      ...this.#batch.figures(this.#app?.limits),
      problem: this.#problem,
      signInNote: this.#signIn.note,
      signIn: this.#signIn.snapshot,
      signInLink: this.#signInLink,
      unfinished: this.unfinished.snapshot(this.#signIn.person !== null, this.#batch.items),
      agreement: this.#agreement.snapshot,
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
  async accept(files: readonly (File | ChosenFile)[]): Promise<void> {
    if (this.#loading) await this.#loading;
    const chosen = files.map((one) => (one instanceof File ? { file: one, path: folderOf(one) } : one));
    const known = chosen.filter(({ file }) => this.#signIn.person && this.unfinished.mayKnow(file));
    const unknown = known.length > 0 ? chosen.filter((one) => !known.includes(one)) : chosen;
    await Promise.all([this.#join(unknown), ...known.map((one) => this.#joinKnown(one))]);
  }

  remove(key: string): void {
    if (this.#batch.isActive(key)) this.cancel(key);
    else this.#do('remove', () => this.#batch.remove(key));
  }

  undoRemove(): void {
    if (!this.#may('undoRemove')) return;
    this.#batch.undoRemove();
    this.#rest();
  }

  removeRefused(): void {
    this.#do('removeRefused', () => this.#batch.dropAll('refused'));
  }

  /** Where too many were chosen: keeps the first ones that can be uploaded. */
  keepFirst(count: number): void {
    this.#do('keepFirst', () => this.#batch.keepFirst(count));
  }

  /** Within the person's click. Opens the sign-in window in the same task where nobody is signed in, and goes on by itself. */
  upload(): void {
    if (!this.#may('upload') || this.#settings.isDisabled) return;
    this.#act();
    const isAgain = this.#phase === 'sign-in-again';
    if (!isAgain && (!this.#batch.has('ready', 'preparing') || this.#broken())) return;
    if (!isAgain && !this.#agreement.press()) return;
    this.#isUploadWanted = !isAgain;
    if (this.#signIn.mayUpload) this.#begin();
    else this.signIn();
  }

  /** A box beside what the person is asked before the first upload. */
  tick(id: string, isTicked: boolean): void {
    if (this.#may('tick')) this.#agreement.tick(id, isTicked);
  }

  /**
   * Within the person's click. Whoever is signed in is replaced when it succeeds. While a sign-in is open this goes on in
   * another way; files that are chosen stay, but for `page`.
   */
  signIn(way: SignInWay = this.#usualWay): void {
    const app = this.#app;
    if (!app || !this.#may('signIn') || this.#signIn.snapshot?.way === way) return;
    const back = this.#signIn.back ?? this.#phase;
    const isUploadWanted = this.#isUploadWanted;
    this.#act();
    this.#isUploadWanted = isUploadWanted;
    this.#signIn.drop();
    this.#go('signing-in');
    this.#awaitSignIn(this.#signIn.open(app, back, way));
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
    this.#batch.stopAll();
    this.#batch.forgetRoom();
    const { person } = this.#signIn;
    this.#signIn.person = null;
    this.#agreement.forget();
    this.#rest();
    this.#tell('signed-out', null);
    if (this.#app && person) await this.unfinished.forgetAll(this.#app.app, person);
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
    if (this.#may('tryNow')) this.#ports.transfer.tryNow();
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
    if (!this.#may('retry') || this.#settings.isDisabled || this.#batch.failed(key).length === 0) return;
    this.#act();
    if (this.#agreement.press()) this.#agreed(() => this.#sendAgain(key));
  }

  /** Takes out what could not be uploaded. */
  leaveOut(): void {
    this.#do('leaveOut', () => this.#batch.dropAll('not-done'));
  }

  /** An empty box. Whoever is signed in stays so. */
  reset(): void {
    this.#do('reset', () => {
      this.#signIn.drop();
      this.#isUploadWanted = false;
      this.#batch.clear();
      this.#agreement.clear();
    });
  }

  /** The element has left the page for good. */
  close(): void {
    this.#closing.abort();
    this.#signIn.drop();
    this.unfinished.close();
    this.#batch.close();
    this.#teller.close();
  }

  async #load(): Promise<void> {
    if (this.#phase === 'unavailable') this.#go('loading');
    this.#problem = null;
    try {
      this.#app = await this.#ports.apps.readApp(this.#closing.signal);
      this.#agreement.ask(this.#app);
      const closed = { paused: 'app_paused', closed: 'app_closed', live: null, test: null }[this.#app.mode];
      if (closed) this.#problem = { code: closed };
    } catch (error) {
      if (this.#closing.signal.aborted) return;
      this.#problem = problemOf(error);
    }
    this.#go(this.#problem ? 'unavailable' : 'choosing');
    void this.#lookForUnfinished();
    if (this.#app && !this.#problem) this.#comeBack(this.#app);
  }

  /** This page was away for a sign-in. */
  #comeBack(app: AppDocument): void {
    const coming = this.#signIn.comeBack(app, this.#phase);
    if (!coming) return;
    this.#go('signing-in');
    this.#awaitSignIn(coming);
  }

  #awaitSignIn(ending: Promise<SignInEnd | null>): void {
    void ending.then((end) => {
      if (end && !this.#closing.signal.aborted) this.#signInEnded(end);
    });
  }

  /** What is chosen would be lost with the page. */
  get #usualWay(): SignInWay {
    return this.#settings.signIn === 'redirect' && this.#batch.items.length === 0 ? 'page' : 'window';
  }

  get #signInLink(): string | null {
    return this.#app && this.#signIn.note === 'popup-blocked' ? this.#ports.identity.link(this.#app) : null;
  }

  /** Resolves when each has been looked at. */
  async #join(chosen: readonly ChosenFile[]): Promise<readonly ItemSnapshot[]> {
    const app = this.#app;
    if (!app || this.#settings.isDisabled || chosen.length === 0 || !this.#may('accept')) return [];
    this.#act();
    const added = this.#batch.add(chosen);
    this.#rest();
    await this.#batch.look(added, app);
    if (this.#isUploadWanted || this.#isAuto) this.#begin();
    this.#rest();
    return added;
  }

  /** A file that may belong to an unfinished upload is proven to before it joins the list. */
  async #joinKnown(chosen: ChosenFile): Promise<void> {
    const found = await this.unfinished.recognise(chosen.file);
    if (found !== 'held') await this.#join([found === 'new' ? chosen : { ...chosen, resumes: found }]);
  }

  /** Goes on at once: "Upload" was pressed for it on the earlier visit. */
  async #takeUp(chosen: ChosenFile): Promise<void> {
    const [joined] = await this.#join([chosen]);
    const item = this.#batch.items.find(({ key }) => key === joined?.key);
    if (item?.phase === 'ready') this.#begin([item]);
  }

  async #lookForUnfinished(): Promise<void> {
    if (this.#app && this.#phase !== 'unavailable') await this.unfinished.look(this.#app.app, this.#signIn.person);
  }

  /**
   * Files that were chosen before it was known whose uploads wait here. Uploaded anew, such a file would be stored, and
   * its upload would still ask for it.
   */
  async #recogniseChosen(): Promise<void> {
    this.#isRecognising = true;
    await this.#lookForUnfinished();
    const known = this.#batch.items.filter(
      ({ phase, file, resumes }) => phase === 'ready' && !resumes && this.unfinished.mayKnow(file),
    );
    await Promise.all(
      known.map(async ({ key, file }) => {
        const found = await this.unfinished.recognise(file);
        if (found === 'held') this.#batch.drop(key);
        else if (found !== 'new') this.#batch.goOnWith(key, found);
      }),
    );
    this.#isRecognising = false;
    this.#rest();
  }

  #signInEnded({ isSignedIn, back, problem }: SignInEnd): void {
    const { person, mayUpload } = this.#signIn;
    const isIn = isSignedIn && mayUpload;
    if (isSignedIn && person) this.#tell('signed-in', { name: person.name });
    if (isSignedIn && person) this.#agreement.meet(person.id);
    if (isIn && !this.#isUploadWanted && this.#agreement.isOpen) void this.#agreement.look();
    if (isIn) this.#ports.transfer.signedIn();
    // Who was turned away still wants to upload; who pressed "Cancel" may not.
    else if (this.#signIn.note === 'not-finished') this.#isUploadWanted = false;
    this.#problem = problem;
    this.#go(isIn && back === 'sign-in-again' ? 'uploading' : back);
    const goOn = () => {
      if (isIn && (this.#isUploadWanted || this.#isAuto)) this.#begin();
    };
    if (isIn && this.unfinished.mayBeSome && this.#batch.has('ready')) void this.#recogniseChosen().then(goOn);
    else {
      if (isSignedIn) void this.#lookForUnfinished();
      goOn();
    }
  }

  get #isAuto(): boolean {
    // What is asked waits for its answer, and so for "Upload".
    return (this.#settings.start ?? this.#app?.start) === 'auto' && !this.#agreement.isOpen;
  }

  /** Sends what is ready, or only these of it. Files still looked at follow by themselves where "Upload" was pressed. */
  #begin(only?: readonly ItemSnapshot[]): void {
    if (!this.#signIn.mayUpload || this.#signIn.back || this.#isRecognising || this.#batch.has('preparing')) return;
    this.#isUploadWanted = false;
    if (!this.#batch.has('ready') || this.#broken()) return;
    // What goes on was begun with an answer.
    if (only) this.#send(only);
    else if (this.#agreement.mayGo) this.#agreed(() => this.#send());
  }

  #send(only?: readonly ItemSnapshot[]): void {
    if (!this.#signIn.mayUpload || this.#signIn.back || !this.#may('upload') || !this.#batch.has('ready')) return;
    this.#go('uploading');
    this.#batch.send(this.#sendOptions, only);
    this.#changed();
  }

  #sendAgain(key: string | undefined): void {
    const again = this.#may('retry') ? this.#batch.failed(key) : [];
    if (again.length === 0) return;
    this.#go('uploading');
    this.#batch.sendAgain(again, this.#sendOptions);
    this.#changed();
  }

  /** Does this once the broker has the answers to what was shown: at once where nothing is asked. */
  #agreed(act: () => void): void {
    if (!this.#agreement.isOpen) act();
    else if (!this.#isAgreeing) void this.#agree(act);
  }

  async #agree(act: () => void): Promise<void> {
    this.#isAgreeing = true;
    try {
      await this.#agreement.give(this.#settings.language ?? 'en');
    } catch (error) {
      if (!this.#closing.signal.aborted) this.#notAgreed(problemOf(error));
      return;
    } finally {
      this.#isAgreeing = false;
    }
    if (!this.#closing.signal.aborted) act();
  }

  #notAgreed(problem: ItemProblem): void {
    if (['sign_in_ended', 'sign_in_needed', 'stronger_sign_in'].includes(problem.code)) this.#lose(problem.code);
    // Changed words say so themselves, above the boxes.
    this.#problem = problem.code === 'notice_stale' ? null : problem;
    this.#changed();
  }

  #lose(why: string): void {
    if (why === 'stronger_sign_in') {
      this.#signIn.isStrongerNeeded = true;
      return;
    }
    if (this.#signIn.person) this.#tell('signed-out', null);
    this.#signIn.person = null;
  }

  get #sendOptions(): SendOptions {
    const { folder, context } = this.#settings;
    const requests = this.#app?.storage_requests;
    return { folder, context, ...(requests && { requests }) };
  }

  #needSignIn(why: SignInNeed): void {
    this.#lose(why);
    if (why === 'stronger_sign_in') this.#problem = { code: why };
    if (this.#signIn.back) this.#signIn.returnTo('sign-in-again');
    else this.#go('sign-in-again');
  }

  /** Where the box comes to rest, from what is in its list. */
  #rest(): void {
    this.#changed();
    if (this.#signIn.back) {
      const isAgain = this.#signIn.back === 'sign-in-again' && this.#batch.isRunning;
      if (!isAgain) this.#signIn.returnTo(this.#batch.restPhase);
      return;
    }
    if (this.#batch.isRunning || this.#phase === 'loading' || this.#phase === 'unavailable') return;
    this.#go(this.#batch.restPhase);
  }

  /** A limit that the files to upload break together. */
  #broken(): ItemProblem | null {
    return this.#batch.broken(this.#app?.limits);
  }

  #do(verb: Verb, act: () => void): void {
    if (!this.#may(verb)) return;
    this.#act();
    act();
    this.#rest();
  }

  /** A person did something: what was said about the last act has been read. */
  #act(): void {
    if (this.#signIn.note) this.#isUploadWanted = false;
    this.#signIn.note = null;
    this.#problem = null;
    this.#batch.forgetRemoved();
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
    this.#teller.now();
  }

  #moved(): void {
    this.#snapshot = null;
    this.#teller.soon();
  }

  /** False where a listener refused. */
  #tell<Name extends keyof UploadFlowEvents>(name: Name, detail: UploadFlowEvents[Name]): boolean {
    return this.dispatchEvent(new CustomEvent(name, { detail, cancelable: name === 'accepted' }));
  }
}
