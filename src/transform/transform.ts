import type { Transforms } from '../contract/template.ts';
import { formatOf, isOtherPicture } from './dissect.ts';
import { TransformFailure } from './failure.ts';
import type { Dissected, Found } from './picture.ts';
import { shrink } from './shrink.ts';
import { Source } from './source.ts';

/** As it is seen, turned upright. Width and height in pixels; absent for what is no JPEG, PNG or WebP. */
export interface Measures {
  /** Bytes. */
  readonly size: number;
  readonly width?: number;
  readonly height?: number;
}

export interface Transformed {
  /** The same object where nothing was to be done. */
  readonly file: File;
  /** Only where there was one. */
  readonly locationRemoved: boolean;
  readonly metadataRemoved: boolean;
  /** What was taken out, for details. */
  readonly removed: readonly Found[];
  readonly before: Measures;
  readonly after: Measures;
}

/**
 * Does to a picture what the template wishes, before the limits are applied; other files pass as they are. Without
 * `max_edge`, or where the picture is small enough, its pixels, colours and orientation stay exactly as they were.
 * Fails with TransformFailure, where the original must not be sent in its place if the wish is `required`; and with the
 * signal's reason.
 */
export async function transform(file: File, wishes: Transforms, signal: AbortSignal): Promise<Transformed> {
  const asIs: Measures = { size: file.size };
  const untouched = { file, locationRemoved: false, metadataRemoved: false, removed: [], before: asIs, after: asIs };
  const { remove_metadata: isCleaned = false, max_edge: maxEdge = Number.POSITIVE_INFINITY, required = false } = wishes;
  signal.throwIfAborted();
  if (file.size === 0 || (!isCleaned && maxEdge === Number.POSITIVE_INFINITY)) return untouched;
  const source = new Source(file, signal);
  const format = await formatOf(source);
  if (!format) {
    const isRefused = required && (await isOtherPicture(source, file.type));
    if (isRefused) throw new TransformFailure(isCleaned ? 'file_metadata' : 'file_dimensions');
    return untouched;
  }
  const picture = await dissected(format.dissect(source), signal);
  const clean = isCleaned && picture.found.size > 0 ? new Blob(blobParts(picture, file), { type: file.type }) : file;
  const before = { size: file.size, ...upright(picture) };
  const isTooLarge = Math.max(picture.width, picture.height) > maxEdge;
  const small = isTooLarge ? await shrunk(clean, picture, format.type, { maxEdge, required }, signal) : null;
  const made = small ?? clean;
  const removed = small || isCleaned ? [...picture.found] : [];
  return {
    file: made === file ? file : renewed(made, file),
    locationRemoved: removed.includes('location'),
    metadataRemoved: removed.length > 0,
    removed,
    before,
    after: { size: made.size, ...(small ? scaled(upright(picture), maxEdge) : upright(picture)) },
  };
}

/** What cannot be understood cannot be cleaned. */
async function dissected(work: Promise<Dissected>, signal: AbortSignal): Promise<Dissected> {
  try {
    return await work;
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof TransformFailure ? error : new TransformFailure('file_metadata', error);
  }
}

/** Null where it stays as large as it is, because nothing demands otherwise. */
async function shrunk(
  clean: Blob,
  { isAnimated }: Dissected,
  type: string,
  { maxEdge, required }: { maxEdge: number; required: boolean },
  signal: AbortSignal,
): Promise<Blob | null> {
  let cause: unknown;
  try {
    // Drawn anew, it would stand still.
    const small = isAnimated ? null : await shrink(clean, type, maxEdge, signal);
    if (small) return small;
  } catch (error) {
    signal.throwIfAborted();
    cause = error;
  }
  if (required) throw new TransformFailure('file_dimensions', cause);
  return null;
}

/** Slices of the file: its bytes stay where they are. */
const blobParts = ({ pieces }: Dissected, file: File): BlobPart[] =>
  pieces.map((piece) => ('to' in piece ? file.slice(piece.from, piece.to) : piece));

const renewed = (made: Blob, { name, type, lastModified }: File): File =>
  new File([made], name, { type, lastModified });

const upright = ({ width, height, orientation }: Dissected) =>
  orientation >= 5 ? { width: height, height: width } : { width, height };

function scaled({ width, height }: { width: number; height: number }, maxEdge: number) {
  const scale = maxEdge / Math.max(width, height);
  const to = (edge: number): number => Math.max(1, Math.round(edge * scale));
  return { width: to(width), height: to(height) };
}
