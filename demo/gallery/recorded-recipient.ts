import type { RecipientSteps } from '../../src/elements/recipient-consent/recipient-consent.ts';
import { RECIPIENT_START, type RecipientSnapshot } from '../../src/flow/recipient-snapshot.ts';

/** Shows recorded snapshots and writes down what it is asked for. */
export class RecordedRecipient extends EventTarget implements RecipientSteps {
  readonly calls: unknown[][] = [];
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
  sendCode = () => this.#note('sendCode');
  submitCode = (text: string) => this.#note('submitCode', text);
  decide = (...args: ['accept' | 'decline', boolean]) => this.#note('decide', ...args);
  showDetails = () => this.#note('showDetails');
  download = (id: string) => this.#note('download', id);
  downloadAll = () => this.#note('downloadAll');
  withdraw = () => this.#note('withdraw');
  saveReceipt = () => void this.#note('saveReceipt');
  close = () => void this.#note('close');

  async #note(...call: unknown[]): Promise<void> {
    this.calls.push(call);
    if (this.next === null || call[0] === 'load') return;
    const { next } = this;
    this.next = null;
    this.show(next);
  }
}
