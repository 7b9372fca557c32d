import {
  type AgreementAnswer,
  type Agreements,
  type Asking,
  agreementNotice,
  type Purpose,
} from '../contract/agreements.ts';
import { canonical } from '../contract/canonical.ts';
import { toBase64 } from '../contract/values.ts';
import { UploadError } from '../errors.ts';
import type { AgreementSnapshot } from './agreement-snapshot.ts';
import type { AgreementCalls } from './ports.ts';

/** What an uploader is asked before the first upload: shown with empty boxes, answered once, asked again where it changes. */
export class Agreement {
  readonly #calls: AgreementCalls;
  readonly #changed: () => void;
  #asking: Asking | null = null;
  #answers: readonly AgreementAnswer[] = [];
  #ticked: ReadonlySet<string> = new Set();
  #missing: string | null = null;
  #isChanged = false;
  #callsToLook = 0;
  #person: string | null = null;
  /** Grows with every question to the broker: only the newest answer counts. */
  #turn = 0;
  #snapshot: AgreementSnapshot | null = null;

  constructor(calls: AgreementCalls, changed: () => void) {
    this.#calls = calls;
    this.#changed = changed;
  }

  get snapshot(): AgreementSnapshot {
    this.#snapshot ??= {
      asking: this.#asking && this.isOpen ? { ...this.#asking, purposes: this.#open } : null,
      ticked: this.#ticked,
      missing: this.#missing,
      isChanged: this.#isChanged,
      calls: this.#callsToLook,
      agreed: (this.#asking?.purposes ?? []).flatMap((purpose) => {
        const answer = this.#answerTo(purpose);
        return answer?.agreed ? [{ ...purpose, ...answer }] : [];
      }),
    };
    return this.#snapshot;
  }

  /** Something is asked that this person has not answered yet. */
  get isOpen(): boolean {
    return this.#open.length > 0;
  }

  /** No box that is needed is empty. */
  get mayGo(): boolean {
    return this.#firstMissing === null;
  }

  /** As the app document says it. */
  ask({ app, org, purposes }: Omit<Asking, 'purposes'> & { readonly purposes?: readonly Purpose[] | undefined }): void {
    this.#asking = purposes ? { app, org, purposes } : null;
    this.#change();
  }

  tick(id: string, isTicked: boolean): void {
    const ticked = new Set(this.#ticked);
    if (isTicked) ticked.add(id);
    else ticked.delete(id);
    this.#ticked = ticked;
    if (isTicked && this.#missing === id) this.#missing = null;
    this.#change();
  }

  /** "Upload" was pressed. False where a box that is needed is empty: `missing` names the first. */
  press(): boolean {
    this.#missing = this.#firstMissing;
    if (this.#missing !== null) this.#callsToLook += 1;
    this.#change();
    return this.#missing === null;
  }

  /** Whoever has signed in; the ticks of somebody else are not theirs. */
  meet(person: string): void {
    if (this.#person !== null && this.#person !== person) this.forget();
    this.#person = person;
  }

  /** Nobody is signed in any more. */
  forget(): void {
    this.#turn += 1;
    this.#person = null;
    this.#answers = [];
    this.clear();
  }

  /** Empty boxes; what was answered stays answered. */
  clear(): void {
    this.#ticked = new Set();
    this.#missing = null;
    this.#isChanged = false;
    this.#change();
  }

  /** Asks the broker what is asked now, and what this person has said to it. Where that fails, all of it is asked. */
  async look(): Promise<void> {
    const turn = ++this.#turn;
    try {
      this.#take(turn, await this.#calls.read());
    } catch {
      // The next upload asks the broker again.
    }
  }

  /**
   * Tells the broker what was shown, each tick and each empty box. Fails with an UploadError; with notice_stale where the
   * words have changed, which are then shown anew.
   */
  async give(language: string): Promise<void> {
    const asking = this.snapshot.asking;
    if (!asking) return;
    const turn = ++this.#turn;
    const ticked = this.#ticked;
    const ids = asking.purposes.map(({ id }) => id);
    const notice = agreementNotice(asking, new Set(ids), language);
    const bytes = new TextEncoder().encode(canonical(notice));
    try {
      const answer = await this.#calls.give({
        notice_sha256: toBase64(await crypto.subtle.digest('SHA-256', bytes)),
        language: notice.language,
        purposes: ids.map((id) => ({ id, agreed: ticked.has(id) })),
      });
      if (this.#take(turn, answer)) this.clear();
    } catch (error) {
      if (error instanceof UploadError && error.code === 'notice_stale') await this.#showAnew();
      throw error;
    }
  }

  async #showAnew(): Promise<void> {
    await this.look();
    this.clear();
    this.#isChanged = true;
    this.#callsToLook += 1;
    this.#change();
  }

  get #open(): readonly Purpose[] {
    return (this.#asking?.purposes ?? []).filter((purpose) => {
      const answer = this.#answerTo(purpose);
      return !answer || (purpose.needed && !answer.agreed);
    });
  }

  get #firstMissing(): string | null {
    return this.#open.find(({ id, needed }) => needed && !this.#ticked.has(id))?.id ?? null;
  }

  #answerTo({ id }: Purpose): AgreementAnswer | undefined {
    return this.#answers.find((answer) => answer.id === id);
  }

  /** False where something newer was asked meanwhile. */
  #take(turn: number, { app, org, purposes, answers }: Agreements): boolean {
    if (turn !== this.#turn) return false;
    this.#asking = { app, org, purposes };
    this.#answers = answers;
    if (this.mayGo) this.#missing = null;
    this.#change();
    return true;
  }

  #change(): void {
    this.#snapshot = null;
    this.#changed();
  }
}
