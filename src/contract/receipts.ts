import * as v from 'valibot';
import { AppId, Bytes, Context, FolderPath, Id, MediaType, Reference, Sha256, Time } from './values.ts';

/** A type of its own, so that one kind of receipt can never pass for the other (RFC 8725 section 3.11). */
export const UPLOAD_RECEIPT_TYP = 'upload-receipt+jwt';

/** Claims of an upload receipt. Signed with ES256 by the broker's receipt key; keys at `{iss}/v1/receipt-keys`. */
export const UploadReceipt = v.object({
  iss: v.string(),
  sub: v.string(),
  iat: v.number(),
  exp: v.number(),
  jti: Id,
  app: AppId,
  upload: Id,
  reference: Reference,
  name: v.string(),
  path: v.optional(FolderPath),
  size: Bytes,
  type: MediaType,
  /** Composite where `part_bytes` is there, as in StoredFile. */
  sha256: Sha256,
  part_bytes: v.optional(Bytes),
  stored_at: Time,
  context: v.optional(Context),
});
export type UploadReceipt = v.InferOutput<typeof UploadReceipt>;
