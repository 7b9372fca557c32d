import * as v from 'valibot';
import { Bytes, Context, FileName, FolderPath, Id, MediaType, Reference, Sha256, Time } from './values.ts';

/** `POST /v1/folders` */
export const CreateFolder = v.object({ name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(120)) });
export type CreateFolder = v.InferOutput<typeof CreateFolder>;
export const Folder = v.object({ id: Id, name: v.string() });
export type Folder = v.InferOutput<typeof Folder>;

/** `GET /v1/files?folder=&cursor=`: newest first. With `files:read:app` the whole app's, else the person's own. */
export const ListedFile = v.object({
  id: Id,
  name: FileName,
  path: v.optional(FolderPath),
  size: Bytes,
  type: MediaType,
  /** Composite where `part_bytes` is there, as in StoredFile. */
  sha256: Sha256,
  part_bytes: v.optional(Bytes),
  reference: Reference,
  stored_at: Time,
  delete_at: Time,
  folder: v.optional(Id),
  context: v.optional(Context),
  /** Only with `files:read:app`. */
  uploaded_by: v.optional(v.string()),
});
export type ListedFile = v.InferOutput<typeof ListedFile>;
export const FileList = v.object({ files: v.array(ListedFile), next: v.optional(v.string()) });
export type FileList = v.InferOutput<typeof FileList>;

/** `POST /v1/files/{id}/url`: a GET as attachment, 30 to 60 seconds. */
export const FileUrl = v.object({ url: v.string(), expires_at: Time });
export type FileUrl = v.InferOutput<typeof FileUrl>;
