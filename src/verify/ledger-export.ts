import * as v from 'valibot';
import { type LedgerKeys, LedgerLine } from '../contract/ledger.ts';
import { fromBase64, type OpenedCheckpoint, openCheckpoint, parseCheckpoint } from './checkpoint.ts';
import { VerifyError } from './error.ts';
import { findExchange } from './exchanged.ts';
import { leafOf } from './ledger.ts';
import { areEqual, GrowingTree, type Hash } from './merkle.ts';

/** One thing that is wrong, by the number of the first leaf that it concerns. */
export interface LedgerFinding {
  readonly kind: 'changed' | 'missing' | 'order' | 'truncated' | 'fork' | 'extra' | 'unreadable' | 'checkpoint';
  readonly leaf: number;
  /** One plain sentence with the number of the leaf. It never repeats what is in the export. */
  readonly text: string;
}

export interface LedgerVerdict {
  readonly origin: string;
  /** Leaves that the export's checkpoint signs. */
  readonly size: number;
  /** Those whose records were there and are what was written; the others are blind: erased, or another app's. */
  readonly records: number;
  readonly findings: readonly LedgerFinding[];
}

/**
 * Checks an export line by line. `held`: checkpoints that were kept elsewhere, without which nobody can tell a history that
 * was written anew from the first one. Fails with a VerifyError where nothing can be checked: malformed (the first line or
 * a held one is no checkpoint), wrong_receipt (another log), wrong_signature, no_ed25519.
 */
export async function checkLedger(
  lines: AsyncIterable<string> | Iterable<string>,
  { keys, held = [] }: { readonly keys: LedgerKeys; readonly held?: readonly string[] },
): Promise<LedgerVerdict> {
  const known = await Promise.all(held.map((note) => openCheckpoint(note, keys)));
  let check: ExportCheck | null = null;
  for await (const line of lines) {
    if (line.trim() === '') continue;
    if (check) await check.take(line);
    else check = new ExportCheck(await headOf(line, keys), keys, known);
  }
  if (!check) throw new VerifyError('malformed');
  return await check.end();
}

async function headOf(line: string, keys: LedgerKeys): Promise<OpenedCheckpoint> {
  const first = parseLine(line);
  if (!first || !('checkpoint' in first)) throw new VerifyError('malformed');
  return openCheckpoint(first.checkpoint, keys);
}

function parseLine(line: string): LedgerLine | null {
  try {
    return v.parse(LedgerLine, JSON.parse(line));
  } catch {
    return null;
  }
}

/** Leaves since `fitting` that do not have the root which a checkpoint over `size` signs. */
interface Mismatch {
  readonly fitting: GrowingTree;
  readonly size: number;
  readonly root: Hash;
}

class ExportCheck {
  readonly #head: OpenedCheckpoint;
  readonly #keys: LedgerKeys;
  readonly #held: readonly OpenedCheckpoint[];
  readonly #heldRoots = new Map<number, Hash>();
  readonly #findings: LedgerFinding[] = [];
  /** Numbers that were passed over: deleted, unless they come later. */
  readonly #passed = new Set<number>();
  readonly #leaves: Hash[] = [];
  #tree = new GrowingTree();
  /** As it was at the last checkpoint that fitted; what came since, with the hash that a record gives. */
  #fitting = new GrowingTree();
  #byRecords: Hash[] = [];
  #mismatch: Mismatch | null = null;
  /** From here on no root can fit any more: why was said, or is the mismatch. */
  #isBroken = false;
  #next = 0;
  /** A checkpoint that stands after more or fewer leaves than it signs. */
  #miscount: { readonly from: number; readonly size: number; readonly counted: number } | null = null;
  #records = 0;

  constructor(head: OpenedCheckpoint, keys: LedgerKeys, held: readonly OpenedCheckpoint[]) {
    this.#head = head;
    this.#keys = keys;
    this.#held = held;
  }

  async take(line: string): Promise<void> {
    const parsed = parseLine(line);
    if (!parsed) {
      this.#find('unreadable', this.#next, `The line of leaf ${this.#next} cannot be read: it was changed or cut off.`);
      this.#isBroken = true;
      this.#next += 1;
    } else if ('checkpoint' in parsed) await this.#takeCheckpoint(parsed.checkpoint);
    else await this.#takeLeaf(parsed);
  }

  async end(): Promise<LedgerVerdict> {
    const { origin, size } = this.#head;
    if (this.#next === size) await this.#compare(this.#head);
    for (const [from, to] of runs([...this.#passed]))
      this.#find('missing', from, `${these(from, to)} missing: deleted.`);
    const counted = this.#next + this.#renumbered();
    if (counted < size) this.#find('truncated', this.#next, this.#endText());
    if (counted > size) this.#find('extra', size, `Leaf ${size} and what follows it are under no checkpoint.`);
    if (this.#mismatch) await this.#explain(this.#mismatch);
    for (const held of this.#held) this.#compareHeld(held);
    this.#findings.sort((a, b) => a.leaf - b.leaf);
    return { origin, size, records: this.#records, findings: this.#findings };
  }

  /** How many were deleted (below 0: put in) so that the numbers tell nothing of it. */
  #renumbered(): number {
    if (!this.#miscount) return 0;
    const { from, size, counted } = this.#miscount;
    if ([...this.#passed].some((leaf) => leaf >= from && leaf < size)) return 0;
    const leaf = oneOf(from, Math.max(size, counted) - 1);
    if (size > counted) this.#find('missing', from, `${leaf} is missing: deleted, and what follows renumbered.`);
    else this.#find('extra', from, `${leaf} was put in: the checkpoint there signs ${size} leaves.`);
    return size - counted;
  }

  #endText(): string {
    const { size } = this.#head;
    const cut = `The export ends before leaf ${this.#next}: ${size - this.#next} of ${size} signed leaves were cut off`;
    return this.#byRecords.length === 0
      ? `${cut}.`
      : `${cut}, or deleted after leaf ${this.#fitting.size} with the others renumbered.`;
  }

  async #takeLeaf(line: Exclude<LedgerLine, { checkpoint: string }>): Promise<void> {
    const { leaf } = line;
    const given = fromBase64(line.leaf_hash) ?? new Uint8Array();
    const byRecord = 'record' in line ? await leafOf(line.record, fromBase64(line.key) ?? new Uint8Array(1)) : given;
    if (!areEqual(given, byRecord))
      this.#find('changed', leaf, `Leaf ${leaf} was changed: its record is not what the leaf commits to.`);
    else if ('record' in line) this.#records += 1;
    if (leaf !== this.#next) this.#misplaced(leaf);
    this.#next = Math.max(this.#next, Math.min(leaf, this.#head.size) + 1);
    this.#leaves.push(given);
    if (this.#isBroken) return;
    this.#byRecords.push(byRecord);
    await this.#tree.add(given);
    const { size } = this.#tree;
    if (this.#held.some((held) => held.size === size)) this.#heldRoots.set(size, await this.#tree.rootWith());
  }

  #misplaced(leaf: number): void {
    if (leaf >= this.#head.size) this.#find('extra', leaf, `Leaf ${leaf} is under no checkpoint.`);
    else if (leaf > this.#next) for (let n = this.#next; n < leaf; n++) this.#passed.add(n);
    else if (this.#passed.delete(leaf))
      this.#find('order', leaf, `Leaf ${leaf} stands after leaf ${this.#next - 1}: the order was changed.`);
    else this.#find('extra', leaf, `Leaf ${leaf} is there more than once.`);
    this.#isBroken = true;
  }

  async #takeCheckpoint(note: string): Promise<void> {
    if (this.#isBroken) return;
    const parsed = parseCheckpoint(note);
    const isFitting = parsed?.size === this.#tree.size && areEqual(await this.#tree.rootWith(), parsed.root);
    // The head signs the same leaves: only where something does not fit must this signature tell what was changed.
    if (isFitting) return this.#fits();
    try {
      await this.#compare(await openCheckpoint(note, this.#keys));
    } catch (error) {
      if (!(error instanceof VerifyError) || error.code === 'no_ed25519') throw error;
      this.#find('checkpoint', this.#next, `The checkpoint before leaf ${this.#next} was changed: no key signed it.`);
    }
  }

  #fits(): void {
    this.#fitting = this.#tree.copy();
    this.#byRecords = [];
  }

  /** Holds the leaves so far against a signed checkpoint. */
  async #compare({ size, root }: OpenedCheckpoint): Promise<void> {
    if (this.#isBroken) return;
    const from = this.#fitting.size;
    if (size !== this.#tree.size) {
      this.#miscount = { from, size, counted: this.#tree.size };
    } else if (areEqual(await this.#tree.rootWith(), root)) {
      return this.#fits();
    } else if (areEqual(await this.#fitting.rootWith(...this.#byRecords), root)) {
      // Only leaf hashes were changed, which their records have told: what follows can still be checked.
      for (const leaf of this.#byRecords) await this.#fitting.add(leaf);
      this.#tree = this.#fitting;
      return this.#fits();
    } else this.#mismatch = { fitting: this.#fitting, size, root };
    this.#isBroken = true;
  }

  async #explain({ fitting, size, root }: Mismatch): Promise<void> {
    const from = fitting.size;
    if (this.#findings.some(({ leaf }) => leaf >= from && leaf < size)) return;
    const pair = await findExchange(fitting, this.#leaves, size, root);
    if (pair) this.#find('order', pair[0], `Leaves ${pair[0]} and ${pair[1]} were exchanged: the order was changed.`);
    else
      this.#find('changed', from, `${oneOf(from, size - 1)} was changed: the signed root of ${size} leaves differs.`);
  }

  #compareHeld({ size, root }: OpenedCheckpoint): void {
    const ours = this.#heldRoots.get(size);
    if (size > this.#head.size)
      this.#find(
        'truncated',
        this.#head.size,
        `The export ends before leaf ${this.#head.size}: the checkpoint that you hold signs ${size} leaves.`,
      );
    else if (ours && !this.#isBroken && !areEqual(ours, root))
      this.#find('fork', 0, `Fork: ${oneOf(0, size - 1)} is not the one that the checkpoint you hold signs.`);
  }

  #find(kind: LedgerFinding['kind'], leaf: number, text: string): void {
    this.#findings.push({ kind, leaf, text });
  }
}

const these = (from: number, to: number): string => (from === to ? `Leaf ${from} is` : `Leaves ${from} to ${to} are`);
const oneOf = (from: number, to: number): string => (from >= to ? `Leaf ${from}` : `One of leaves ${from} to ${to}`);

/** Numbers that follow each other, as first and last. */
function runs(numbers: readonly number[]): [number, number][] {
  const all: [number, number][] = [];
  for (const n of numbers) {
    const last = all.at(-1);
    if (last && last[1] === n - 1) last[1] = n;
    else all.push([n, n]);
  }
  return all;
}
