import type { Limits } from '../contract/template.ts';
import { checkFile, checkPath, type Look, look, sniff } from '../policy/index.ts';
import type { ItemProblem, ItemSnapshot } from './upload-snapshot.ts';

export interface Inspected {
  /** '' where the bytes say nothing. */
  readonly sniffedType: string;
  readonly problem: ItemProblem | null;
}

/** Looks at one file by the policy that the broker applies too. What its name and size rule out is not read. */
export async function inspect({ name, path, size, type, file }: ItemSnapshot, limits: Limits): Promise<Inspected> {
  const refused = (problem: ItemProblem): Inspected => ({ sniffedType: '', problem });
  const facts = { name, size, type };
  const atOnce = checkPath(path) ?? checkFile(limits, facts)[0];
  if (atOnce) return refused(atOnce);
  const seen = await lookInto(file);
  if (!seen) return refused({ code: 'file_unreadable' });
  const [violation] = checkFile(limits, { ...facts, ...seen });
  return violation ? refused(violation) : { sniffedType: sniff(seen.head, seen.tail), problem: null };
}

/** Two files of one identity are the same file, chosen twice. */
export const identityOf = ({ name, path, size, file }: ItemSnapshot): string =>
  JSON.stringify([path ?? '', name, size, file.lastModified]);

/** Null where the browser cannot read the file: moved, changed, or a folder. */
async function lookInto(file: File): Promise<Look | null> {
  try {
    return await look(async (from, to) => {
      // A slice is a thing of its own to the browser: with thousands of small files it costs as much as reading them.
      const piece = to - from === file.size ? file : file.slice(from, to);
      return new Uint8Array(await piece.arrayBuffer());
    }, file.size);
  } catch {
    return null;
  }
}
