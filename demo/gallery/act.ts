import type { UploadSnapshot } from '../../src/flow/upload-snapshot.ts';

/** What is done with a recorded state of the uploader, once it stands. */
export interface UploadAct {
  readonly from: UploadSnapshot;
  /** Pressed one after the other, as CSS finds them in the box. */
  readonly press: readonly string[];
  /** Media types of files that are held over the box. */
  readonly drag: readonly string[];
  /** Files of a dropped folder that were found so far, and its end never comes; null where none was dropped. */
  readonly foundInFolder: number | null;
  /** Whether the form for a link, which a press has brought, is filled in and sent; null where there is none. */
  readonly sendsLink: boolean | null;
  /** What is known after the presses, which have brought the links that were sent; null where nothing changes. */
  readonly later: UploadSnapshot | null;
  readonly attributes: Readonly<Record<string, string>>;
}

export const QUIET_BOX = {
  press: [],
  drag: [],
  foundInFolder: null,
  sendsLink: null,
  later: null,
  attributes: {},
} as const satisfies Omit<UploadAct, 'from'>;
