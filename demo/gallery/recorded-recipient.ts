import type { RecipientSteps } from '../../src/elements/recipient-consent/recipient-consent.ts';
import { RECIPIENT_START, type RecipientSnapshot } from '../../src/flow/recipient-snapshot.ts';

/** Shows recorded snapshots and writes down what it is asked for. */
export class RecordedRecipient extends EventTarget implements RecipientSteps {
  readonly calls: unknown[][] = [];
  /** Languages that it was told of, one after the other. */
  readonly spoken: string[] = [];
  #snapshot: RecipientSnapshot = RECIPIENT_START;
  /** What the next verb leads to. */
  next: RecipientSnapshot | null = null;

  get snapshot(): RecipientSnapshot {
    return this.#snapshot;
  }

  show(snapshot: RecipientSnapshot): void {
    this.#snapshot = snapshot;
    this.dispatchEvent(new Event('change'));
  }

  tell(name: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  load = () => this.#note('load');
  speak = async (language: string) => void this.spoken.push(language);
  sendCode = (isTrusted: boolean) => this.#note('sendCode', isTrusted);
  signIn = (provider: string, isTrusted: boolean) => this.#note('signIn', provider, isTrusted);
  stopSignIn = () => void this.#note('stopSignIn');
  askForLink = (isTrusted: boolean) => this.#note('askForLink', isTrusted);
  report = (...args: ['not_for_me' | 'not_me', boolean]) => this.#note('report', ...args);
  choose = (purpose: string, isAgreed: boolean) => void this.#note('choose', purpose, isAgreed);
  submitCode = (text: string) => this.#note('submitCode', text);
  decide = (...args: ['accept' | 'decline', boolean]) => this.#note('decide', ...args);
  showDetails = () => this.#note('showDetails');
  download = (id: string) => this.#note('download', id);
  downloadAll = () => this.#note('downloadAll');
  check = (id: string, copy: Blob) => this.#note('check', id, copy.size);
  extend = () => this.#note('extend');
  withdraw = (isTrusted: boolean) => this.#note('withdraw', isTrusted);
  saveReceipt = () => this.#note('saveReceipt');
  mailReceipt = () => this.#note('mailReceipt');
  readLog = () => this.#note('readLog');
  close = () => void this.#note('close');

  async #note(...call: unknown[]): Promise<void> {
    this.calls.push(call);
    if (this.next === null || call[0] === 'load') return;
    const { next } = this;
    this.next = null;
    this.show(next);
  }
}
