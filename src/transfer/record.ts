import { bytesOfPart } from '../contract/plan.ts';

/** What stays on the device of an upload in parts, so that another page can go on with it. No byte of the file. */
export interface UploadRecord {
  /** The broker's id of the upload. */
  readonly id: string;
  readonly app: string;
  /** The `sub` of whoever began it: only to them its name is shown. */
  readonly person: string;
  readonly name: string;
  readonly path?: string | undefined;
  /** Bytes. */
  readonly size: number;
  /** Bytes of the file that was chosen, where another was made of it: that one is what a person can choose again. */
  readonly fromSize?: number | undefined;
  readonly lastModified: number;
  /** The plan it was begun with: bytes of each part but the last. */
  readonly partBytes: number;
  readonly edges: Edges;
  /** SHA-256 in base64 of each part that is known to be stored, by its number. */
  readonly parts: ReadonlyMap<number, string>;
  /** ms since epoch */
  readonly expiresAt: number;
  /** ms since epoch */
  readonly lastSentAt: number;
  readonly handle?: FileSystemFileHandle | undefined;
}

/** SHA-256 in base64 of the first and the last 64 KiB: they tell most other files apart at once. */
export interface Edges {
  readonly head: string;
  readonly tail: string;
}

/** Where records stay. Nothing here fails: where the browser keeps nothing for us there are none. */
export interface RecordStore {
  isAvailable(): Promise<boolean>;
  /** False where it could not be kept. */
  add(record: UploadRecord): Promise<boolean>;
  /** One that was erased meanwhile stays so. */
  change(id: string, change: Pick<UploadRecord, 'parts' | 'lastSentAt'>): Promise<void>;
  find(id: string): Promise<UploadRecord | null>;
  ofApp(app: string): Promise<readonly UploadRecord[]>;
  erase(id: string): Promise<void>;
}

/** An upload that is this page's alone. */
export interface Hold {
  /** Aborts when another page takes it. */
  readonly lost: AbortSignal;
  /** Resolves when another page can have it. */
  release(): Promise<void>;
}

/** Which page sends an upload. Nothing here fails. */
export interface UploadLocks {
  isAvailable(): Promise<boolean>;
  /** Null where somebody else has it. */
  hold(id: string): Promise<Hold | null>;
  /** What this page holds, and what others do. */
  held(): Promise<{ readonly here: ReadonlySet<string>; readonly elsewhere: ReadonlySet<string> }>;
  /** Takes it from another page, and lets it go. */
  free(id: string): Promise<void>;
}

/** Who sends, and for which app. */
export interface RecordOwner {
  readonly app: string;
  readonly person: string;
}

/** Bytes of the file that are known to be stored. */
export function storedBytes({ size, partBytes, parts }: UploadRecord): number {
  let bytes = 0;
  for (const number of parts.keys()) bytes += bytesOfPart(size, partBytes, number);
  return bytes;
}
