import type { Limits } from '../contract/template.ts';
import { checkFile, checkTotals, EDGE_BYTES, sniff, type Violation } from '../policy/index.ts';
import type { ItemProblem, ItemSnapshot } from './upload-snapshot.ts';

export interface Inspected {
  /** '' where the bytes say nothing. */
  readonly sniffedType: string;
  readonly problem: ItemProblem | null;
}

/** Looks at one file by the policy that the broker applies too. What its name and size rule out is not read. */
export async function inspect(
  { name, size, type, file }: ItemSnapshot,
  limits: Limits,
  earlier: readonly ItemSnapshot[],
): Promise<Inspected> {
  const refused = (problem: ItemProblem): Inspected => ({ sniffedType: '', problem });
  if (earlier.some((other) => isSame(file, other.file))) return refused({ code: 'file_duplicate' });
  const facts = { name, size, type };
  const [atOnce] = checkFile(limits, facts);
  if (atOnce) return refused(atOnce);
  const edges = await readEdges(file);
  if (!edges) return refused({ code: 'file_unreadable' });
  const [violation] = checkFile(limits, { ...facts, ...edges });
  return violation ? refused(violation) : { sniffedType: sniff(edges.head, edges.tail), problem: null };
}

/** The first rule that these files break together. */
export function checkTogether(items: readonly ItemSnapshot[], limits: Limits): Violation | null {
  const bytes = items.reduce((sum, { size }) => sum + size, 0);
  return checkTotals(limits, { files: items.length, bytes })[0] ?? null;
}

const isSame = (a: File, b: File): boolean =>
  a === b || (a.name === b.name && a.size === b.size && a.lastModified === b.lastModified);

/** Null where the browser cannot read the file: moved, changed, or a folder. */
async function readEdges(file: File): Promise<{ head: Uint8Array; tail: Uint8Array } | null> {
  try {
    const [head, tail] = await Promise.all([
      file.slice(0, EDGE_BYTES).arrayBuffer(),
      file.slice(Math.max(0, file.size - EDGE_BYTES)).arrayBuffer(),
    ]);
    return { head: new Uint8Array(head), tail: new Uint8Array(tail) };
  } catch {
    return null;
  }
}
