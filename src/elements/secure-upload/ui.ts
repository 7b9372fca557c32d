import type { Draft } from '../send-link/draft.ts';

/** What the box remembers by itself: nothing that the flow must know. */
export interface Ui {
  /** Files are over the box: how many, and the kinds that are known to be unwelcome. */
  readonly drag: { readonly count: number; readonly refusedKinds: string | null } | null;
  /** The question "Stop …?" stands in this row, or under the whole list. */
  readonly asking: { readonly key: string } | 'all' | null;
  readonly filter: 'all' | 'problems';
  /** Rows whose long name is shown whole. */
  readonly wholeNames: ReadonlySet<string>;
  /** Where in the list the removed row stood. */
  readonly removedAt: number;
  /** In a long list: the row that Tab reaches. */
  readonly currentKey: string | null;
  readonly copied: 'reference' | 'details' | 'address' | null;
  /** "Choose files first" was pressed where sign-in comes first. */
  readonly choosesFirst: boolean;
  readonly isSendingLink: boolean;
  /** The links that the person has sent stand in the place of the choosing. */
  readonly isListingLinks: boolean;
  /** One of the two was asked for, and what draws them did not come. */
  readonly areLinksLost: boolean;
  /** What stands in the form for a link while somebody signs in for it. */
  readonly linkDraft: Draft | null;
  /** A folder was dropped or picked. */
  readonly hadFolder: boolean;
  /** So many files that systems hide were left out of the folders that came last. */
  readonly hiddenSkipped: number;
  /** Dropped folders are being looked through: how many files were found. */
  readonly walk: { readonly found: number; readonly stop: () => void } | null;
  /** The device held the upload while the page was out of sight; said for a while. */
  readonly isBack: boolean;
  /** "Not now" was pressed at the note about the last sign-in. */
  readonly isNoteClosed: boolean;
  /** "More about your files" is open. */
  readonly isAboutOpen: boolean;
  /** This batch takes long enough that pausing any of its files may be worth a press. */
  readonly takesLong: boolean;
  /** The page's own policy keeps the box from the storage. */
  readonly isPageBlocking: boolean;
  /** The form was submitted while files were on their way: it waits for them, or they did not all come. */
  readonly formHold: 'waiting' | 'not-sent' | null;
  /** What the browser gave back of a form that was left, until it has been looked at. */
  readonly kept?: unknown;
}

export const QUIET_UI: Ui = {
  drag: null,
  asking: null,
  filter: 'all',
  wholeNames: new Set(),
  removedAt: 0,
  currentKey: null,
  copied: null,
  choosesFirst: false,
  isSendingLink: false,
  isListingLinks: false,
  areLinksLost: false,
  linkDraft: null,
  hadFolder: false,
  hiddenSkipped: 0,
  walk: null,
  isBack: false,
  isNoteClosed: false,
  isAboutOpen: false,
  takesLong: false,
  isPageBlocking: false,
  formHold: null,
};
