import type { Limits } from '../contract/template.ts';
import { checkFile, EDGE_BYTES, sniff } from '../policy/index.ts';
import type { ItemProblem, ItemSnapshot } from './upload-snapshot.ts';

export interface Inspected {
  /** '' where the bytes say nothing. */
  readonly sniffedType: string;
  readonly problem: ItemProblem | null;
}

/** Looks at one file by the policy that the broker applies too. What its name and size rule out is not read. */
export async function inspect({ name, size, type, file }: ItemSnapshot, limits: Limits): Promise<Inspected> {
  const refused = (problem: ItemProblem): Inspected => ({ sniffedType: '', problem });
  const facts = { name, size, type };
  const [atOnce] = checkFile(limits, facts);
  if (atOnce) return refused(atOnce);
  const edges = await readEdges(file);
  if (!edges) return refused({ code: 'file_unreadable' });
  const [violation] = checkFile(limits, { ...facts, ...edges });
  return violation ? refused(violation) : { sniffedType: sniff(edges.head, edges.tail), problem: null };
}

/** Two files of one identity are the same file, chosen twice. */
export const identityOf = ({ name, path, size, file }: ItemSnapshot): string =>
  JSON.stringify([path ?? '', name, size, file.lastModified]);

/** Null where the browser cannot read the file: moved, changed, or a folder. */
async function readEdges(file: File): Promise<{ head: Uint8Array; tail: Uint8Array } | null> {
  try {
    const head = new Uint8Array(await file.slice(0, EDGE_BYTES).arrayBuffer());
    // Reading is most of what looking at thousands of small files costs.
    if (file.size <= EDGE_BYTES) return { head, tail: head };
    return { head, tail: new Uint8Array(await file.slice(file.size - EDGE_BYTES).arrayBuffer()) };
  } catch {
    return null;
  }
}
