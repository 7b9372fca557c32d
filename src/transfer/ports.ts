/** What the transfer needs from other rooms, and what it tells. `compose/` fits them together. */
import type { ProblemFigures } from '../contract/problems.ts';
import type {
  CompletedUploads,
  CompleteUploads,
  Grant,
  PutGrant,
  Room,
  SignParts,
  StartedUploads,
  StartUploads,
  StoredFile,
  UploadStatus,
} from '../contract/uploads.ts';

export interface Clock {
  /** ms since epoch */
  now(): number;
  /** Calls back once after `ms`; the answer takes it back. */
  after(ms: number, act: () => void): () => void;
}

/** 0 to 1, as `Math.random`. */
export type Random = () => number;

/** Whether the device has a network, as the browser sees it. */
export interface Connection {
  isOnline(): boolean;
  /** Calls back once when it is back; the answer takes it back. */
  whenOnline(act: () => void): () => void;
}

interface BatchCall {
  readonly idempotencyKey: string;
  readonly trace: string;
  readonly signal?: AbortSignal | undefined;
}

/** The broker's upload calls. They fail with an UploadError. */
export interface Grants {
  newTrace(): string;
  startUploads(body: StartUploads, batch: BatchCall): Promise<StartedUploads>;
  /** In the order of the parts. */
  signParts(body: SignParts, options: { trace: string; signal?: AbortSignal | undefined }): Promise<PutGrant[]>;
  completeUploads(uploads: readonly CompleteUploads['uploads'][number][], batch: BatchCall): Promise<CompletedUploads>;
  uploadStatus(id: string, signal?: AbortSignal): Promise<UploadStatus>;
  abortUpload(id: string): Promise<void>;
}

/** SHA-256 in base64. Fails with file_unreadable or file_changed. */
export interface Hasher {
  /** What waits takes turns by `lane`: one per file. */
  hash(blob: Blob, signal: AbortSignal, lane?: object): Promise<string>;
  close(): void;
}

/** What became of one request to the storage. A page learns little: most refusals come without CORS headers. */
export type PutOutcome =
  | { readonly kind: 'stored' }
  | { readonly kind: 'busy'; readonly retryAfterMs: number | undefined }
  | { readonly kind: 'refused'; readonly status: number }
  /** No readable answer, or none for 30 s. */
  | { readonly kind: 'lost' };

export interface PutWatcher {
  /** Bytes of the body. */
  sent(bytes: number): void;
  slow(isSlow: boolean): void;
}

/** Sends the body with exactly the grant's headers, or after its fields. Fails only with `signal.reason`. */
export type Put = (grant: Grant, body: Blob, watcher: PutWatcher, signal: AbortSignal) => Promise<PutOutcome>;

export interface OutgoingFile {
  readonly key: string;
  readonly file: File;
  /** Folders it was chosen with, joined by '/'. */
  readonly path?: string | undefined;
  /** Bytes of what was chosen, where something else is sent in its place. */
  readonly fromSize?: number | undefined;
  readonly sniffedType: string;
  /** Id of the upload to go on with. */
  readonly resumes?: string | undefined;
  readonly handle?: FileSystemFileHandle | undefined;
}

/** An upload in parts that was begun on this device and has not come to its end. Sizes in bytes, times in ms since epoch. */
export interface UnfinishedUpload {
  readonly id: string;
  readonly name: string;
  readonly path?: string | undefined;
  readonly size: number;
  /** Of the file that was chosen, where another was made of it. */
  readonly fromSize?: number | undefined;
  /** Known to be stored. */
  readonly sent: number;
  /** Of the file. */
  readonly lastModified: number;
  readonly lastSentAt: number;
  readonly expiresAt: number;
  readonly hasHandle: boolean;
  /** Another tab sends it at this moment. */
  readonly isElsewhere: boolean;
}

/** What a chosen file is to an unfinished upload. */
export type Sameness = 'same' | 'renamed' | 'other' | 'elsewhere' | 'over';

/** Uploads that outlived their page. */
export interface Unfinished {
  isAvailable(): Promise<boolean>;
  count(app: string): Promise<number>;
  list(app: string, person: { readonly id: string }): Promise<readonly UnfinishedUpload[]>;
  check(id: string, file: File, signal: AbortSignal): Promise<Sameness>;
  reopen(id: string): Promise<File | null>;
  moveHere(id: string): Promise<void>;
  forget(id: string): Promise<void>;
  forgetAll(app: string, person: { readonly id: string }): Promise<void>;
}

/** Files of a batch. */
export interface BatchProgress {
  readonly arrived: number;
  readonly of: number;
  readonly reference: string | null;
}

export interface BatchOwner {
  readonly app: string;
  readonly person: string;
}

/** A batch whose page has gone. Times in ms since epoch. */
export interface LeftBatch extends BatchProgress {
  readonly id: string;
  readonly begunAt: number;
  readonly at: number;
}

export interface ItemProblem {
  readonly code: string;
  readonly figures?: ProblemFigures | undefined;
}

/** The session is over, or a call wants a stronger or a fresher one (RFC 9470). */
export type SignInNeed = 'sign_in_ended' | 'stronger_sign_in';

/** Told while the transfer works. `sent` is in bytes; at most ten times a second per file. */
export interface TransferWatcher {
  waiting(key: string): void;
  progress(key: string, sent: number): void;
  finishing(key: string): void;
  stored(key: string, file: StoredFile): void;
  notDone(key: string, problem: ItemProblem): void;
  /** The broker took files in; `room` is what the person has with them in it. */
  reference(reference: string, room?: Room): void;
  busy(until: number | null): void;
  offline(isOffline: boolean): void;
  slow(isSlow: boolean): void;
  signInNeeded(why: SignInNeed): void;
}
