/**
 * What the flows need from the other rooms, named by the one who needs it. `compose/` fits them together, and the
 * compiler checks the fit.
 */
import type { AccessLog } from '../contract/access-log.ts';
import type { Agreements, GiveAgreement } from '../contract/agreements.ts';
import type { AppDocument } from '../contract/app.ts';
import type { ReceiptFile } from '../contract/consent-receipt.ts';
import type {
  ExtendedWindow,
  ReportLink,
  SignInVerified,
  StartedRecipientSignIn,
  ToldSender,
} from '../contract/link-steps.ts';
import type {
  CheckedRecipient,
  CheckRecipient,
  Claimed,
  CodeState,
  Cover,
  LinkList,
  LinkPreview,
  MadeLink,
  MakeLink,
  PreviewLink,
  RenewLink,
  Verified,
} from '../contract/links.ts';
import type { Decide, Decided, MailedReceipt, ShownNotice, Withdrawn } from '../contract/notice.ts';
import type { Transforms } from '../contract/template.ts';
import type { Room, StoredFile } from '../contract/uploads.ts';
import type { Context } from '../contract/values.ts';
import type { BatchProgress, LeftBatch } from './left-batch.ts';
import type { ItemProblem } from './problem.ts';
import type { SignInCode, SignInWay } from './sign-in-way.ts';
import type { Person } from './upload-snapshot.ts';

export type { SignInCode, SignInWay } from './sign-in-way.ts';

export interface Clock {
  /** ms since epoch */
  now(): number;
  /** Calls back once after `ms`; the answer takes it back. */
  after(ms: number, act: () => void): () => void;
}

/** The public part of the broker. Fails with an UploadError. */
export interface AppSource {
  readApp(signal: AbortSignal): Promise<AppDocument>;
}

/** Who is signed in. Tokens stay behind this port. */
export interface Identity {
  /**
   * Must be called within the person's click. Fails with an UploadError of code popup_blocked, sign_in_cancelled,
   * sign_in_timeout, sign_in_refused, sign_in_lost, sign_in_mixed or sign_in_unkept. By `page` it never ends well here:
   * the page leaves, and `comeBack` ends it.
   */
  signIn(app: AppDocument, way: SignInWay, signal: AbortSignal, tell: SignInTeller): Promise<Person>;
  /** The end of a sign-in for which this page went away; null where it did not come back from one. */
  comeBack(app: AppDocument, signal: AbortSignal): Promise<Person> | null;
  /** Address of the link that way. */
  link(app: AppDocument): string;
  /** Brings the open sign-in window to the front; null where there is none. */
  showWindow(): void;
  signOut(): Promise<void>;
}

export interface SignInTeller {
  /** Nothing is heard of the window: what it shows is cut off from this page, or slow; false when it is heard of after all. */
  cutOff(isCutOff: boolean): void;
  code(shown: SignInCode): void;
}

export interface OutgoingFile {
  readonly key: string;
  readonly file: File;
  /** Folders it was chosen with, joined by '/'. */
  readonly path?: string | undefined;
  /** Bytes of what was chosen, where something else is sent in its place. */
  readonly fromSize?: number | undefined;
  /** '' where its bytes say nothing. */
  readonly sniffedType: string;
  /** The `id` of an unfinished upload whose file this is: what the storage has of it is not sent again. */
  readonly resumes?: string | undefined;
  /** Where the page was given one: kept with the record, so that the person need not choose the file again. */
  readonly handle?: FileSystemFileHandle | undefined;
}

/** An upload in parts of this person that was begun on this device and has not come to its end. */
export interface UnfinishedUpload {
  /** The broker's id of the upload. */
  readonly id: string;
  readonly name: string;
  /** Of the file in the folder that was chosen. */
  readonly path?: string | undefined;
  /** Bytes. */
  readonly size: number;
  /** Bytes of the file that was chosen, where another was made of it. */
  readonly fromSize?: number | undefined;
  /** Bytes that are known to be stored. */
  readonly sent: number;
  /** Of the file, as `File.lastModified`: tells among chosen files which one to check. */
  readonly lastModified: number;
  /** ms since epoch */
  readonly lastSentAt: number;
  /** ms since epoch */
  readonly expiresAt: number;
  /** Whether `reopen` may find the file without a choice. */
  readonly hasHandle: boolean;
  /** Another tab sends it at this moment. */
  readonly isElsewhere: boolean;
}

/**
 * What a chosen file is to an unfinished upload. `renamed`: the same content under another name. `other`: another
 * content. `elsewhere`: another tab sends it. `over`: it has ended at the broker, and its record is erased.
 */
export type Sameness = 'same' | 'renamed' | 'other' | 'elsewhere' | 'over';

/** Uploads that outlived their page. Where the browser keeps nothing for us there are none, and nothing fails. */
export interface Unfinished {
  /** Whether the browser lets us keep records here: it does not in foreign frames, sandboxes and some private windows. */
  isAvailable(): Promise<boolean>;
  /** On this device for this app, whoever's they are: may be asked before anybody has signed in. */
  count(app: string): Promise<number>;
  /** Those of this person, the newest first, without those that this page sends. */
  list(app: string, person: Person): Promise<readonly UnfinishedUpload[]>;
  /**
   * Proves by hash that this is the file, as it is sent: its head, its tail and every part that is stored. Reads as much as is stored,
   * and sends nothing of it. Fails with an UploadError (file_unreadable, file_changed, a problem of the broker), or with
   * `signal.reason`.
   */
  check(id: string, file: File, signal: AbortSignal): Promise<Sameness>;
  /** The file of a kept handle; null where it is gone or the person does not allow it. Within the person's click. */
  reopen(id: string): Promise<File | null>;
  /** Takes the upload from the tab that sends it: there it ends with `elsewhere`. */
  moveHere(id: string): Promise<void>;
  /** Erases the record, and lets the broker delete what was sent. */
  forget(id: string): Promise<void>;
  /** Forgets all of this person's, except what another tab sends: at sign-out, before the session ends. */
  forgetAll(app: string, person: Person): Promise<void>;
}

/** Whose batch it is, and for which app. */
export interface BatchOwner {
  readonly app: string;
  /** The `id` of a Person. */
  readonly person: string;
}

/**
 * How far batches came, also after their page was thrown away: two numbers, and nothing of any file. Where the browser
 * keeps nothing for us there are none, and nothing fails.
 */
export interface BatchRecords {
  /** Of the batch of this page. Without an owner it is still that of whoever began it. */
  keep(progress: BatchProgress, owner: BatchOwner | null): void;
  /** It is at its end: kept only until the page can be seen. */
  end(progress: BatchProgress): void;
  /** Those whose page has gone, the newest first; of everybody where `person` is null. Asks `again` when one more has. */
  find(app: string, person: Person | null, again: () => void): Promise<readonly LeftBatch[]>;
  forget(ids: readonly string[]): void;
  /** The element has left the page for good; what it kept stays. */
  close(): void;
}

/** The session is over, or a call wants a stronger or a fresher one (RFC 9470). */
export type SignInNeed = 'sign_in_ended' | 'stronger_sign_in';

/** What the transfer tells while it works. `sent` is in bytes. Calls come at most ten times a second per file. */
export interface TransferWatcher {
  waiting(key: string): void;
  progress(key: string, sent: number): void;
  finishing(key: string): void;
  stored(key: string, file: StoredFile): void;
  notDone(key: string, problem: ItemProblem): void;
  /** The broker took files in; `room` is what the person has with them in it. */
  reference(reference: string, room?: Room): void;
  /** Told to wait (Retry-After), until this time; null when it goes on. */
  busy(until: number | null): void;
  offline(isOffline: boolean): void;
  slow(isSlow: boolean): void;
  /** No token can be had any more, or none that is good enough; the queue stands still until `signedIn()`. */
  signInNeeded(why: SignInNeed): void;
}

/** Owns files from accepted to stored. */
export interface Transfer {
  /**
   * Sends the files as one batch; more calls while one runs join it, and so do those with `continuesBatch` after it.
   * Resolves when none of these files is left.
   */
  send(
    files: readonly OutgoingFile[],
    options: {
      folder?: string | undefined;
      context?: Context | undefined;
      continuesBatch?: boolean | undefined;
      /** How many may go to the storage at a time. */
      requests?: number | undefined;
    },
    watcher: TransferWatcher,
  ): Promise<void>;
  cancel(key: string): void;
  cancelAll(): void;
  /** The same, but uploads that have a record stay as they are, to be gone on with. */
  leaveAll(): void;
  /** Stops one file and frees what it held, until `resume`. */
  pause(key: string): void;
  resume(key: string): void;
  /** Tries again at once what waits for a connection. */
  tryNow(): void;
  /** Goes on after `signInNeeded`. */
  signedIn(): void;
  /** Stops everything without aborting what is stored; the element has left the page for good. */
  close(): void;
}

/** What was made of a file. */
export interface Transformed {
  /** The same object where nothing was to be done. */
  readonly file: File;
  readonly locationRemoved: boolean;
  /** Pixels of a picture, turned upright. */
  readonly before: { readonly width?: number };
  readonly after: { readonly width?: number };
}

/**
 * Does to a picture what the template wishes; other files pass as they are. Fails with an UploadError of code
 * file_metadata, file_dimensions, file_unreadable, or broker_down where what does it cannot be loaded.
 */
export type Transform = (file: File, wishes: Transforms, signal: AbortSignal) => Promise<Transformed>;

/** What a person agrees to before they upload. Both fail with an UploadError. */
export interface AgreementCalls {
  read(): Promise<Agreements>;
  /** Fails with notice_stale where the broker asks something else by now. */
  give(agreement: GiveAgreement): Promise<Agreements>;
}

/** Sending files by link, and what became of it. All fail with an UploadError. */
export interface LinkMaker {
  /** A repeat with the same key and the same link sends no second mail. */
  makeLink(link: MakeLink, idempotencyKey: string): Promise<MadeLink>;
  /** What sending to an address would need. */
  checkRecipient(asked: CheckRecipient): Promise<CheckedRecipient>;
  /** What the recipient would see. */
  previewLink(link: PreviewLink): Promise<LinkPreview>;
  /** Newest first; the cursor is the `next` of the page before. */
  listLinks(cursor?: string): Promise<LinkList>;
  renewLink(id: string, wish: RenewLink): Promise<MadeLink>;
  /** Leaves a link as it is although somebody asked or reported. */
  keepLink(id: string): Promise<void>;
  takeBackLink(id: string): Promise<void>;
}

/** The recipient's calls. The token of the link is given once, when the port is made. */
export interface RecipientCalls {
  notice(signal?: AbortSignal): Promise<Cover>;
  sendCode(isTrusted: boolean): Promise<CodeState>;
  /** Makes the page's key, proves the code, keeps the recipient token behind this port. */
  verify(code: string): Promise<Verified>;
  /** Proves with an account instead: where the browser goes, and how that ended. */
  startSignIn(provider: string, isTrusted: boolean): Promise<StartedRecipientSignIn>;
  verifySignIn(signIn: string): Promise<SignInVerified>;
  /** The sender is asked for a new link. */
  ask(isTrusted: boolean): Promise<ToldSender>;
  report(what: ReportLink['what'], isTrusted: boolean): Promise<ToldSender>;
  /** The notice as it stands now, in this language. */
  show(language: string): Promise<ShownNotice>;
  decide(decision: Decide): Promise<Decided>;
  claim(): Promise<Claimed>;
  extend(): Promise<ExtendedWindow>;
  withdraw(isTrusted: boolean): Promise<Withdrawn>;
  /** Of the standing answer. */
  receipt(): Promise<ReceiptFile>;
  mailReceipt(): Promise<MailedReceipt>;
  log(): Promise<AccessLog>;
  /**
   * Reads one file whole and answers its bytes and their SHA-256 (base64), composite of parts of `partBytes` where that
   * is given. Fails with UploadError store_unreachable.
   */
  download(
    url: string,
    watch: (received: number) => void,
    signal: AbortSignal,
    partBytes?: number | undefined,
  ): Promise<{ blob: Blob; sha256: string }>;
  /** SHA-256 (base64) of a file of this device, whole or composite of parts. */
  sum(file: Blob, partBytes?: number | undefined): Promise<string>;
}

/** How a file gets from the recipient's page into the downloads of the device. */
export interface Saver {
  /** Whether the page may read a file of this size (bytes), check it and then save it; else the browser fetches it. */
  canRead(size: number): boolean;
  save(blob: Blob, name: string): void;
  /** Sends the browser to the address itself: an attachment, so the page stays. */
  open(url: string): void;
}
