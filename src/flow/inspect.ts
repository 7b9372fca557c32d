import type { AppDocument } from '../contract/app.ts';
import { UploadError } from '../errors.ts';
import { checkFile } from '../policy/check-file.ts';
import { measuredOf } from '../policy/check-picture.ts';
import type { Dimensions } from '../policy/dimensions.ts';
import { type Guess, type Look, look } from '../policy/look.ts';
import { checkPath } from '../policy/path.ts';
import { sniffed } from '../policy/sniff.ts';
import type { Transform } from './ports.ts';
import type { ItemProblem } from './problem.ts';
import { problemOf } from './sign-in-step.ts';
import type { ItemSnapshot, Made } from './upload-snapshot.ts';

export type Rules = Pick<AppDocument, 'limits' | 'transforms'>;

/** What looks at files, and prepares them. */
export interface Inspector {
  readonly transform: Transform;
  /** Fails with an UploadError where it cannot be loaded. */
  readonly guess: Guess;
  readonly signal: AbortSignal;
}

export interface Inspected {
  /** '' where the bytes say nothing. */
  readonly sniffedType: string;
  readonly problem: ItemProblem | null;
  /** What goes on in the place of what was chosen. */
  readonly file: File;
  readonly made?: Made | undefined;
  /** Of a picture whose header says them. */
  readonly dimensions?: Dimensions;
}

interface Prepared {
  readonly file: File;
  readonly made?: Made;
  /** Why the original must not go on. */
  readonly failure?: ItemProblem;
}

/**
 * Does to one file what the template wishes, and then looks at it by the policy that the broker applies too. What its
 * name and size rule out is not read.
 */
export async function inspect(item: ItemSnapshot, rules: Rules, inspector: Inspector): Promise<Inspected> {
  const { name, path, size, type } = item;
  const refused = (problem: ItemProblem): Inspected => ({ sniffedType: '', problem, file: item.file });
  const { max_edge, remove_metadata } = rules.transforms ?? {};
  const mayShrink = max_edge !== undefined || remove_metadata === true;
  const atOnce = checkFile(rules.limits, { name, size, type }).find(({ code }) => !mayShrink || code !== 'file_large');
  const wrong = checkPath(path) ?? atOnce;
  if (wrong) return refused(wrong);
  const { file, made, failure } = await prepare(item.file, rules, inspector);
  const seen = await lookInto(file, inspector.guess);
  if ('code' in seen) return refused(seen);
  const facts = { name, size: file.size, type, ...seen };
  const [violation] = checkFile(rules.limits, facts);
  const problem = violation ?? failure ?? (await metadataIn(seen, rules));
  if (problem) return refused(problem);
  const sniffedType = sniffed(seen.content);
  const dimensions = measuredOf(seen, sniffedType);
  return { sniffedType, problem: null, file, ...(made && { made }), ...(dimensions && { dimensions }) };
}

/** Two files of one identity are the same file, chosen twice. */
export const identityOf = ({ name, path, size, file, made }: ItemSnapshot): string =>
  JSON.stringify([path ?? '', name, made?.fromSize ?? size, file.lastModified]);

/** Where the template demands it, a failure never lets the original through. */
async function prepare(file: File, { transforms }: Rules, { transform, signal }: Inspector): Promise<Prepared> {
  if (!transforms) return { file };
  try {
    const { file: made, locationRemoved, before, after } = await transform(file, transforms, signal);
    if (made === file) return { file };
    const isSmaller = (after.width ?? 0) < (before.width ?? 0);
    return { file: made, made: { fromSize: file.size, locationRemoved, isSmaller } };
  } catch (error) {
    return transforms.required ? { file, failure: problemOf(error) } : { file };
  }
}

/** What looks for it comes with the first app that demands it; while it does not come, nothing goes on. */
async function metadataIn(seen: Look, { transforms }: Rules): Promise<ItemProblem | null> {
  if (!transforms?.remove_metadata || !transforms.required) return null;
  try {
    const { checkMetadata } = await import('../policy/metadata.ts');
    return checkMetadata(transforms, seen);
  } catch (cause) {
    return problemOf(new UploadError('broker_down', { cause }));
  }
}

/** A problem where the browser cannot read the file: moved, changed, or a folder; or where nobody here can tell its kind. */
async function lookInto(file: File, guess: Guess): Promise<Look | ItemProblem> {
  try {
    return await look(
      async (from, to) => {
        // A slice is a thing of its own to the browser: with thousands of small files it costs as much as reading them.
        const piece = to - from === file.size ? file : file.slice(from, to);
        return new Uint8Array(await piece.arrayBuffer());
      },
      file.size,
      guess,
    );
  } catch (error) {
    return error instanceof UploadError ? problemOf(error) : { code: 'file_unreadable' };
  }
}
