import type { Agreements, GiveAgreement } from '../../src/contract/index.ts';
import type { AgreementCalls } from '../../src/flow/ports.ts';

/** A broker's side of what is asked, which a test answers by hand. */
export class ScriptedAgreements implements AgreementCalls {
  readonly given: GiveAgreement[] = [];
  reads = 0;
  onRead: () => Promise<Agreements> = () => Promise.reject(new TypeError('Nothing is asked'));
  onGive: (agreement: GiveAgreement) => Promise<Agreements> = () => Promise.reject(new TypeError('Nothing is asked'));

  read(): Promise<Agreements> {
    this.reads += 1;
    return this.onRead();
  }

  give(agreement: GiveAgreement): Promise<Agreements> {
    this.given.push(agreement);
    return this.onGive(agreement);
  }
}
