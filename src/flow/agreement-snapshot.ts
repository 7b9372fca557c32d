import type { AgreementAnswer, Asking, Purpose } from '../contract/agreements.ts';

export interface AgreementSnapshot {
  /** What this person is to be asked before the next upload: all they have not answered as it stands now. */
  readonly asking: Asking | null;
  /** Ids of the boxes that are ticked. */
  readonly ticked: ReadonlySet<string>;
  /** Id of the needed one that "Upload" was pressed without, until it is ticked. */
  readonly missing: string | null;
  /** The words were changed after they were shown: all boxes are empty again. */
  readonly isChanged: boolean;
  /** Counts up whenever the person must look here before anything is sent. */
  readonly calls: number;
  /** What this person has agreed to, for the receipt. */
  readonly agreed: readonly AgreedPurpose[];
}

export type AgreedPurpose = Purpose & AgreementAnswer;

export const NO_AGREEMENT: AgreementSnapshot = Object.freeze({
  asking: null,
  ticked: new Set<string>(),
  missing: null,
  isChanged: false,
  calls: 0,
  agreed: [],
});
