import * as v from 'valibot';
import { MAX_PARTS } from './plan.ts';
import { ProblemBody } from './problem-body.ts';
import { Bytes, Context, FileName, FolderPath, Id, MediaType, Reference, Sha256, Time } from './values.ts';

/** One request that storage will accept, and only with exactly these headers. Never logged, never stored. */
export const PutGrant = v.object({
  method: v.literal('PUT'),
  url: v.string(),
  headers: v.record(v.string(), v.string()),
  expires_at: Time,
});
export type PutGrant = v.InferOutput<typeof PutGrant>;

/**
 * The same as a form (multipart/form-data) with exactly these fields, and after them the bytes in the field `file`.
 * Browsers send one without asking first (Fetch: a CORS-safelisted method and content type), but tell no progress.
 */
export const PostGrant = v.object({
  method: v.literal('POST'),
  url: v.string(),
  fields: v.record(v.string(), v.string()),
  expires_at: Time,
});
export type PostGrant = v.InferOutput<typeof PostGrant>;

export const Grant = v.variant('method', [PutGrant, PostGrant]);
export type Grant = v.InferOutput<typeof Grant>;

/** Of the headers of a grant those that a page has to set: the browser writes the others, from the body and the address. */
export function headersToSet({ headers }: Pick<PutGrant, 'headers'>): Record<string, string> {
  const own = ['content-length', 'host'];
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !own.includes(name.toLowerCase())));
}

/** How many files one call may start or complete. */
export const FILES_A_CALL = 100;

export const FileToUpload = v.object({
  name: FileName,
  /** Of the folder it was chosen with. */
  path: v.optional(FolderPath),
  size: Bytes,
  /** What the browser says it is. */
  type: v.union([MediaType, v.literal('')]),
  /** What its first bytes say it is; empty if they say nothing. */
  sniffed_type: v.union([MediaType, v.literal('')]),
  /** Of the whole file: needed up to SINGLE_PUT_BYTES (plan.ts), left out above, where each part has its own. */
  sha256: v.optional(Sha256),
});
export type FileToUpload = v.InferOutput<typeof FileToUpload>;

/** `POST /v1/uploads` with an `Idempotency-Key`. Answers one entry per file, in the same order. */
export const StartUploads = v.object({
  files: v.pipe(v.array(FileToUpload), v.minLength(1), v.maxLength(FILES_A_CALL)),
  folder: v.optional(Id),
  context: v.optional(Context),
  /** Goes on with the batch (and reference) of an earlier start. */
  batch: v.optional(Id),
  /** The caller can use a grant that is a form (POST) too; without it every grant is a PUT. */
  accepts_forms: v.optional(v.boolean()),
});
export type StartUploads = v.InferOutput<typeof StartUploads>;

/** Either a `grant` for the whole file, or `part_bytes`: the size of each part but the last, to be signed in batches. */
export const StartedUpload = v.object({
  id: Id,
  expires_at: Time,
  grant: v.optional(Grant),
  part_bytes: v.optional(Bytes),
});
export type StartedUpload = v.InferOutput<typeof StartedUpload>;
/** Of one person, in bytes. What the app as a whole has left is its owner's business. */
export const Room = v.object({ cap: Bytes, left: Bytes });
export type Room = v.InferOutput<typeof Room>;
export const StartedUploads = v.object({
  batch: Id,
  reference: Reference,
  /** The person's own, with these files in it; absent where none of them was accepted. */
  room: v.optional(Room),
  files: v.array(v.union([v.object({ upload: StartedUpload }), v.object({ problem: ProblemBody })])),
});
export type StartedUploads = v.InferOutput<typeof StartedUploads>;

/**
 * `POST /v1/uploads/parts`: fresh grants, each for one length and checksum. A single-PUT upload has one part, number 1;
 * a part that is not in the plan is refused. Always PUTs: who needs a second grant has a line on which progress counts.
 */
export const SignParts = v.object({
  upload: Id,
  parts: v.pipe(
    v.array(
      v.object({
        number: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_PARTS)),
        size: Bytes,
        sha256: Sha256,
      }),
    ),
    v.minLength(1),
    v.maxLength(100),
  ),
});
export type SignParts = v.InferOutput<typeof SignParts>;
export const SignedParts = v.object({ parts: v.array(v.object({ number: v.number(), grant: PutGrant })) });
export type SignedParts = v.InferOutput<typeof SignedParts>;

/** `open`: waiting for bytes · `stored`: counted as done · `aborted`, `refused`, `expired`: gone. */
export const UploadState = v.picklist(['open', 'stored', 'aborted', 'refused', 'expired']);
export type UploadState = v.InferOutput<typeof UploadState>;

/**
 * A file that arrived, with its signed receipt (JWS, see receipts.ts). Where `part_bytes` is there, the file travelled in
 * parts of that size and `sha256` is the composite: the SHA-256 of the parts' SHA-256 in order, as S3 has it.
 */
export const StoredFile = v.object({
  id: Id,
  name: FileName,
  path: v.optional(FolderPath),
  size: Bytes,
  type: MediaType,
  sha256: Sha256,
  part_bytes: v.optional(Bytes),
  reference: Reference,
  stored_at: Time,
  delete_at: Time,
  receipt: v.string(),
  /**
   * Of a check for viruses: under way, not to be cleared, or it found one; nobody can open the file meanwhile. Absent
   * where none is made or nothing was found.
   */
  check: v.optional(v.picklist(['open', 'held', 'stopped'])),
});
export type StoredFile = v.InferOutput<typeof StoredFile>;

/** `GET /v1/uploads/{id}`. `is_in_storage` is what a HEAD says now: a lost 200 is found again here. */
export const UploadStatus = v.object({
  id: Id,
  state: UploadState,
  expires_at: Time,
  is_in_storage: v.boolean(),
  /** Parts that the storage has already, for resuming; only for an open upload in parts. */
  parts: v.optional(v.array(v.object({ number: v.number(), size: Bytes, sha256: Sha256 }))),
  file: v.optional(StoredFile),
});
export type UploadStatus = v.InferOutput<typeof UploadStatus>;

/** `POST /v1/uploads/complete` with an `Idempotency-Key`. One entry per upload, in the same order. */
export const CompleteUploads = v.object({
  uploads: v.pipe(
    v.array(
      v.object({
        id: Id,
        /** For an upload in parts: the SHA-256 of each, in order. What was stored must be exactly these. */
        parts: v.optional(v.pipe(v.array(Sha256), v.minLength(1), v.maxLength(MAX_PARTS))),
      }),
    ),
    v.minLength(1),
    v.maxLength(FILES_A_CALL),
  ),
});
export type CompleteUploads = v.InferOutput<typeof CompleteUploads>;
export const CompletedUploads = v.object({
  files: v.array(v.union([v.object({ id: Id, file: StoredFile }), v.object({ id: Id, problem: ProblemBody })])),
});
export type CompletedUploads = v.InferOutput<typeof CompletedUploads>;
