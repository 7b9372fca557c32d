import type { AppDocument } from '../contract/app.ts';
import type { Room, StoredFile } from '../contract/uploads.ts';
import type { Dimensions } from '../policy/dimensions.ts';
import type { AgreementSnapshot } from './agreement-snapshot.ts';
import type { LeftBatch } from './left-batch.ts';
import type { ItemProblem } from './problem.ts';
import type { SignInCode, SignInWay } from './sign-in-way.ts';
import type { UnfinishedSnapshot } from './unfinished-snapshot.ts';

/** Where the box as a whole stands. */
export type UploadPhase =
  /** The app document is on its way. */
  | 'loading'
  /** No app document: unknown app, address not on its list, broker not reachable. */
  | 'unavailable'
  /** Nothing is sent; files may be chosen, looked at and taken out. With no items: signed-out or ready, by `person`. */
  | 'choosing'
  /** The sign-in window is open. */
  | 'signing-in'
  | 'uploading'
  /** The sign-in ended while files wait. */
  | 'sign-in-again'
  | 'done'
  | 'part-done'
  | 'not-done';

/** The sign-in that is under way. */
export interface SignInSnapshot {
  /** `back`: the page went away for it and is here again. */
  readonly way: SignInWay | 'back';
  /** The window may be cut off from this page: another way is offered. */
  readonly isCutOff: boolean;
  /** Null before the broker has made it. */
  readonly code: SignInCode | null;
}

/** Why the last sign-in did not come to an end. Shown until the next act. */
export type SignInNote = 'popup-blocked' | 'not-finished' | 'refused' | 'wrong-account';

export type ItemPhase =
  /** Reading its first bytes. */
  | 'preparing'
  /** Passed the policy; waits for "Upload". */
  | 'ready'
  /** Broke a limit; `problem` says which. Never leaves the device. */
  | 'refused'
  /** In the queue, or hashing. */
  | 'waiting'
  | 'uploading'
  /** By the person; holds no request, no slot and no place in the queue. */
  | 'paused'
  /** The broker checks what was stored. */
  | 'finishing'
  | 'uploaded'
  /** Could not be uploaded; `problem` says why. May be tried again. */
  | 'not-done';

export interface ItemSnapshot {
  /** Stable for the life of the item in the list; not the broker's id. */
  readonly key: string;
  readonly file: File;
  readonly name: string;
  /** Folders it was chosen with, joined by '/'; absent where it was chosen alone. */
  readonly path?: string | undefined;
  /** Bytes, of what is sent. */
  readonly size: number;
  /** Of the file on the device. */
  readonly handle?: FileSystemFileHandle | undefined;
  /** What was done to it before it was looked at. */
  readonly made?: Made | undefined;
  /** Of a picture whose header says them, in pixels. */
  readonly dimensions?: Dimensions | undefined;
  /** What the file is, sniffed where possible; else as declared. */
  readonly type: string;
  readonly phase: ItemPhase;
  /** Bytes sent. */
  readonly sent: number;
  readonly problem?: ItemProblem | undefined;
  readonly stored?: StoredFile | undefined;
  /** It goes on with an upload that an earlier visit has begun. */
  readonly resumes?: Resuming | undefined;
}

/** A file in the place of the one that was chosen, as the template wishes it. */
export interface Made {
  /** Bytes, as it was chosen. */
  readonly fromSize: number;
  readonly locationRemoved: boolean;
  /** Drawn anew, with fewer pixels. */
  readonly isSmaller: boolean;
}

export interface Resuming {
  /** The broker's id of the upload. */
  readonly id: string;
  /** The same content, under another name than before. */
  readonly isRenamed: boolean;
}

export interface Person {
  /** The opaque `sub` of the broker's tokens: the same for every sign-in of this person to this app. */
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly string[];
}

export interface UploadSnapshot {
  readonly phase: UploadPhase;
  readonly app: AppDocument | null;
  readonly person: Person | null;
  readonly items: readonly ItemSnapshot[];
  /** A limit that the batch as a whole breaks: too_many, total_large, person_full, app_full. */
  readonly batchProblem: ItemProblem | null;
  /** Why the box is unavailable, or why a batch did not start. */
  readonly problem: ItemProblem | null;
  readonly signInNote: SignInNote | null;
  readonly signIn: SignInSnapshot | null;
  /** Where the window was blocked: address of a link that opens it. */
  readonly signInLink: string | null;
  /** Sending was asked for and begins by itself: after the sign-in, files that are looked at, an answer of the broker's. */
  readonly isStarting: boolean;
  /** While uploading: everything that could move is paused. */
  readonly isPaused: boolean;
  /** While uploading: no connection, or told to wait (until, ms since epoch). */
  readonly isOffline: boolean;
  readonly isSlow: boolean;
  readonly busyUntil: number | null;
  /** Bytes of the running (or last) batch. */
  readonly sent: number;
  readonly total: number;
  /** From four seconds of steady rate on. */
  readonly msLeft: number | null;
  readonly reference: string | null;
  /** The person's own, as the broker said it last; null before. */
  readonly room: Room | null;
  /** Files that were chosen beyond what may go at once, and are not listed: they can be uploaded next. */
  readonly aside: number;
  /** The row that was removed last, until the next act. */
  readonly removed: { readonly key: string; readonly name: string } | null;
  readonly unfinished: UnfinishedSnapshot;
  /** Batches of this person whose page has gone, the newest first; empty while nobody is signed in. */
  readonly left: readonly LeftBatch[];
  readonly agreement: AgreementSnapshot;
}
