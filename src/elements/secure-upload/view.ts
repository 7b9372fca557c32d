import type { TemplateResult } from 'lit';
import type { LinkMaker } from '../../flow/ports.ts';
import type { UploadFlow } from '../../flow/upload-flow.ts';
import type { ItemSnapshot, UploadSnapshot } from '../../flow/upload-snapshot.ts';
import type { FirstFormats } from '../../i18n/first-format.ts';
import type { Formats } from '../../i18n/format.ts';
import type { UploadCatalogue } from '../../i18n/upload-catalogue.ts';
import type { UploadWords } from '../../i18n/upload-en.ts';
import type { FirstUploadWords } from '../../i18n/upload-first-en.ts';
import type { UnfinishedActs } from './unfinished-acts.ts';

export type App = NonNullable<UploadSnapshot['app']>;

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

/** The file inputs of the box. */
export type Input = 'files' | 'photo' | 'folder';

/** What a press may do while nothing is chosen. */
export interface FirstActs {
  pick(input: Input): void;
  closeAbout(): void;
  chooseFirst(): void;
  signIn(): void;
  signOut(): void;
  patch(ui: Partial<Ui>): void;
}

/** What a press in the box may do beyond the verbs of the flow. */
export interface Acts extends FirstActs {
  readonly unfinished: UnfinishedActs;
  chooseOther(): void;
  remove(item: ItemSnapshot): void;
  pauseOrCarryOn(item: ItemSnapshot): void;
  pauseAll(): void;
  carryOn(): void;
  undoRemove(): void;
  cancel(item: ItemSnapshot): void;
  cancelAll(): void;
  /** Cancels without asking. */
  stop(key: string): void;
  /** "Keep going" at the question of this row, or of all. */
  keepGoing(key: string | null): void;
  /** "Not now" at a note about the sign-in. */
  closeNote(): void;
  removeRefused(): void;
  uploadFirst(count: number): void;
  uploadFitting(count: number): void;
  upload(): void;
  useAnotherAccount(): void;
  uploadMore(): void;
  sendToSomeone(): void;
  closeLinkSender(): void;
  /** Of the page where null. */
  copyAddress(address: string | null): void;
  copyReference(): void;
  copyDetails(): void;
  saveReceipt(): void;
  saveTechnicalCopy(): void;
}

/** The templates that are loaded after the first paint, bound to a view. */
export interface LateTemplates {
  /** In the place of everything: the owner stopped it; null where the app is open. */
  stopped(): TemplateResult | null;
  /** Between what is promised and the zone. */
  notes(): TemplateResult;
  about(): TemplateResult;
  drag(): TemplateResult;
  /** In the place of the choosing; null while nothing is chosen. */
  phase(): TemplateResult | null;
  /** A note has the one filled button of the screen. */
  leadsOn(): boolean;
}

/** What the first paint draws from. */
export interface FirstView {
  readonly snapshot: UploadSnapshot;
  readonly app: App;
  readonly acts: FirstActs;
  readonly ui: Ui;
  readonly words: FirstUploadWords;
  /** Families of an app's limits, as a hint names them. */
  readonly families: Readonly<Record<string, string>>;
  readonly formats: FirstFormats;
  readonly lang: string;
  /** A finger and no mouse. */
  readonly isTouch: boolean;
  /** Has a name and stands in a form. */
  readonly isInForm: boolean;
  /** The page goes away to sign in, and with it what is chosen. */
  readonly leavesToSignIn: boolean;
  /** Null before they are loaded. */
  readonly late: LateTemplates | null;
}

/** Everything the templates draw from. */
export interface View extends FirstView {
  readonly flow: UploadFlow;
  readonly links: LinkMaker;
  readonly acts: Acts;
  readonly catalogue: UploadCatalogue;
  readonly words: UploadWords;
  readonly formats: Formats;
  /** ms since epoch */
  readonly now: number;
  /** The hosted page of the app; null where the attributes lead nowhere. */
  readonly uploadPage: string | null;
  /** In a frame, which may forbid windows. */
  readonly isFramed: boolean;
  /** Another app shows the page. */
  readonly isInApp: boolean;
  /** The screen is kept on. */
  readonly isAwake: boolean;
}

export function itemsIn(snapshot: UploadSnapshot, ...phases: readonly ItemSnapshot['phase'][]): ItemSnapshot[] {
  return snapshot.items.filter((item) => phases.includes(item.phase));
}

/** What "Upload" would send. */
export function acceptedItems(snapshot: UploadSnapshot): ItemSnapshot[] {
  return itemsIn(snapshot, 'preparing', 'ready');
}

export function sumOfSizes(items: readonly ItemSnapshot[]): number {
  return items.reduce((sum, item) => sum + item.size, 0);
}

/** The families an app takes: `Photos and images`, or `photos or images`. */
export function familyList(view: Pick<FirstView, 'app' | 'families' | 'formats'>, kind: 'and' | 'or'): string {
  const names = view.app.limits.accepts.map((family) => view.families[family.name] ?? family.name);
  return view.formats.list(names, kind === 'and' ? 'conjunction' : 'disjunction');
}

export function providerName(view: Pick<FirstView, 'app' | 'formats'>): string {
  const names = view.app.providers.map((provider) => provider.name);
  return names.length > 0 ? view.formats.list(names, 'disjunction') : view.app.org.name;
}

/** Whether the person must, or better should, sign in before choosing. */
export function signsInFirst(view: FirstView): boolean {
  const isFirst = view.app.sign_in === 'first' || view.isTouch || view.leavesToSignIn;
  return isFirst && view.snapshot.person === null && !view.ui.choosesFirst;
}

export function maySendLinks(view: View): boolean {
  const scopes = view.snapshot.person?.scopes ?? [];
  return view.app.links !== null && scopes.some((scope) => scope.startsWith('links:create'));
}
