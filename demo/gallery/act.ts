import type { UploadSnapshot } from '../../src/flow/upload-snapshot.ts';

/** What is around a box, where it is not a visitor's own window on a page by https. */
export interface Surroundings {
  readonly place: string;
  readonly isFramed: boolean;
  readonly isInApp: boolean;
  readonly isSecure: boolean;
  /** False: a sandboxed frame, whose origin is no address. */
  readonly hasOrigin: boolean;
  /** Whether the broker answers. */
  readonly isReached: boolean;
}

/** What is done with a recorded state of the uploader, once it stands. */
export interface UploadAct {
  readonly from: UploadSnapshot;
  /** Pressed one after the other, as CSS finds them in the box. */
  readonly press: readonly string[];
  /** Media types of files that are held over the box. */
  readonly drag: readonly string[];
  /** A dropped folder: files that were found so far, and its end never comes; or files that systems hide, and no others. */
  readonly folder: { readonly found: number } | { readonly hidden: number } | null;
  /** Whether the form for a link, which a press has brought, is filled in and sent; null where there is none. */
  readonly sendsLink: boolean | null;
  /** What draws links does not come. */
  readonly losesLinks: boolean;
  /** The form around the box: not there, there, asked whether it may be sent, or submitted. */
  readonly form: 'none' | 'around' | 'asked' | 'submitted';
  /** A second box with the same name stands in the form. */
  readonly isTwice: boolean;
  /** The device falls asleep for a while, and somebody wakes it. */
  readonly sleeps: boolean;
  /** What is known after all that; null where nothing changes. */
  readonly later: UploadSnapshot | null;
  readonly attributes: Readonly<Record<string, string>>;
  /** Null: a visitor's. */
  readonly around: Partial<Surroundings> | null;
}

export const QUIET_BOX = {
  press: [],
  drag: [],
  folder: null,
  sendsLink: null,
  losesLinks: false,
  form: 'none',
  isTwice: false,
  sleeps: false,
  later: null,
  attributes: {},
  around: null,
} as const satisfies Omit<UploadAct, 'from'>;
