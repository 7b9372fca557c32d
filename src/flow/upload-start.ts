import type { Agreement } from './agreement.ts';
import { type Closed, closedFor } from './owner-stop.ts';
import type { ItemProblem } from './problem.ts';
import { problemOf, type SignInStep } from './sign-in-step.ts';
import type { UnfinishedUploads } from './unfinished-uploads.ts';
import type { UploadBatch } from './upload-batch.ts';
import type { UploadBox } from './upload-box.ts';
import type { SendOptions } from './upload-run.ts';
import type { ItemSnapshot } from './upload-snapshot.ts';

export interface StartParts {
  readonly box: UploadBox;
  readonly batch: UploadBatch;
  readonly signIn: SignInStep;
  readonly agreement: Agreement;
  readonly unfinished: UnfinishedUploads;
}

export interface StartListener {
  changed(): void;
  /** Nothing is held back any more. */
  rest(): void;
  /** The broker no longer takes the sign-in; `why` is its code. */
  lose(why: string): void;
  /** The owner stopped the app. */
  closed(closed: Closed): void;
}

/** Between the press on "Upload" and the first byte: what has to be there first, in its order. */
export class UploadStart {
  /** "Upload" was pressed and waits for the sign-in, or for files that are still looked at. */
  isWanted = false;
  readonly #parts: StartParts;
  readonly #listener: StartListener;
  #isAgreeing = false;
  /** What was chosen is held against the uploads of earlier visits; nothing is sent meanwhile. */
  #isRecognising = false;

  constructor(parts: StartParts, listener: StartListener) {
    this.#parts = parts;
    this.#listener = listener;
  }

  get isAuto(): boolean {
    const { box, agreement } = this.#parts;
    // What is asked waits for its answer, and so for "Upload".
    return (box.settings.start ?? box.app?.start) === 'auto' && !agreement.isOpen;
  }

  /** Nobody has to press anything for the next step. */
  get isUnderWay(): boolean {
    const { batch, signIn } = this.#parts;
    const isAsked = this.isWanted || (this.isAuto && this.#maySend);
    return this.#isAgreeing || (isAsked && batch.has('ready', 'preparing') && !signIn.note);
  }

  get isDue(): boolean {
    return this.isWanted || this.isAuto;
  }

  /** A limit that the files to upload break together. */
  get broken(): ItemProblem | null {
    return this.#parts.batch.broken(this.#parts.box.app?.limits);
  }

  /** Sends what is ready, or only these of it. Files still looked at follow by themselves where "Upload" was pressed. */
  begin(only?: readonly ItemSnapshot[]): void {
    const { batch, agreement } = this.#parts;
    if (!this.#maySend || this.#isRecognising || batch.has('preparing')) return;
    this.isWanted = false;
    if (!batch.has('ready') || this.broken) return;
    // What goes on was begun with an answer.
    if (only) this.#send(only);
    else if (agreement.mayGo) this.#agreed(() => this.#send());
  }

  /** Tries one file again, or all that could not be uploaded. */
  again(key: string | undefined): void {
    if (this.#parts.agreement.press()) this.#agreed(() => this.#sendAgain(key));
  }

  /**
   * Files that were chosen before it was known whose uploads wait here. Uploaded anew, such a file would be stored, and
   * its upload would still ask for it. Resolves when each has been told apart.
   */
  async recognise(look: () => Promise<void>): Promise<void> {
    const { batch, unfinished } = this.#parts;
    this.#isRecognising = true;
    await look();
    const known = batch.items.filter(
      ({ phase, file, made, resumes }) => phase === 'ready' && !resumes && unfinished.mayKnow({ file, made }),
    );
    await Promise.all(
      known.map(async ({ key, file, made }) => {
        const found = await unfinished.recognise({ file, made });
        if (found === 'held') batch.drop(key);
        else if (found !== 'new') batch.goOnWith(key, found);
      }),
    );
    this.#isRecognising = false;
    this.#listener.rest();
  }

  get #maySend(): boolean {
    const { signIn } = this.#parts;
    return signIn.mayUpload && !signIn.back;
  }

  #send(only?: readonly ItemSnapshot[]): void {
    const { box, batch } = this.#parts;
    if (!this.#maySend || !box.may('upload') || !batch.has('ready')) return;
    box.go('uploading');
    batch.send(this.#options, only);
    this.#listener.changed();
  }

  #sendAgain(key: string | undefined): void {
    const { box, batch } = this.#parts;
    const again = box.may('retry') ? batch.failed(key) : [];
    if (again.length === 0) return;
    box.go('uploading');
    batch.sendAgain(again, this.#options);
    this.#listener.changed();
  }

  get #options(): SendOptions {
    const { settings, app } = this.#parts.box;
    const { folder, context } = settings;
    const requests = app?.storage_requests;
    return { folder, context, ...(requests && { requests }) };
  }

  /** Does this once the broker has the answers to what was shown: at once where nothing is asked. */
  #agreed(act: () => void): void {
    if (!this.#parts.agreement.isOpen) act();
    else if (!this.#isAgreeing) void this.#agree(act);
  }

  async #agree(act: () => void): Promise<void> {
    const { box, agreement } = this.#parts;
    this.#isAgreeing = true;
    this.#listener.changed();
    try {
      await agreement.give(box.settings.language ?? 'en');
    } catch (error) {
      if (!box.isClosed) this.#notAgreed(problemOf(error));
      return;
    } finally {
      this.#isAgreeing = false;
    }
    if (!box.isClosed) act();
  }

  #notAgreed(problem: ItemProblem): void {
    const closed = closedFor(problem);
    if (closed) {
      this.#listener.closed(closed);
      return;
    }
    const { code } = problem;
    if (['sign_in_ended', 'sign_in_needed', 'stronger_sign_in'].includes(code)) this.#listener.lose(code);
    // Changed words say so themselves, above the boxes.
    this.#parts.box.problem = code === 'notice_stale' ? null : problem;
    this.#listener.changed();
  }
}
