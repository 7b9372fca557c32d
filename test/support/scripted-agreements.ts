import type { Agreements, GiveAgreement } from '../../src/contract/index.ts';
import type { AgreementCalls } from '../../src/flow/ports.ts';
import { settled } from './page-clock.ts';

/** A broker's side of what is asked, which a test answers by hand. */
export class ScriptedAgreements implements AgreementCalls {
  readonly given: GiveAgreement[] = [];
  reads = 0;
  onRead: () => Promise<Agreements> = () => Promise.reject(new TypeError('Nothing is asked'));
  onGive: (agreement: GiveAgreement) => Promise<Agreements> = () => Promise.reject(new TypeError('Nothing is asked'));

  /** Resolves when so many answers have come and what follows is done: each is hashed by another thread first. */
  async has(count: number): Promise<void> {
    while (this.given.length < count) await new Promise((next) => setImmediate(next));
    await settled();
  }

  read(): Promise<Agreements> {
    this.reads += 1;
    return this.onRead();
  }

  give(agreement: GiveAgreement): Promise<Agreements> {
    this.given.push(agreement);
    return this.onGive(agreement);
  }
}
