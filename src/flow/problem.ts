import type { ProblemFigures } from '../contract/problems.ts';

/** What went wrong with a file, a batch or the whole, as a snapshot tells it: words for it come from the catalogue. */
export interface ItemProblem {
  readonly code: string;
  readonly figures?: ProblemFigures | undefined;
}
