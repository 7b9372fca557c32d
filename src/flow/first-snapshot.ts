import type { UploadSnapshot } from './upload-snapshot.ts';

/** What the first paint draws from. A flow's own snapshot is one, too. */
export interface FirstSnapshot extends Pick<UploadSnapshot, 'phase' | 'app' | 'person' | 'items' | 'problem'> {
  readonly unfinished: Pick<UploadSnapshot['unfinished'], 'count'>;
}

/** Before there is a flow, and where there cannot be one. */
export const NOTHING_YET: FirstSnapshot = {
  phase: 'loading',
  app: null,
  person: null,
  items: [],
  problem: null,
  unfinished: { count: 0 },
};
