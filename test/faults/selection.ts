import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { partBytesFor, partCount } from '../../src/contract/plan.ts';
import { SINGLE_PUT_BYTES } from '../../src/contract/single-put.ts';
import { Dice } from './random.ts';

const KIB = 1024;
const MIB = 1024 * KIB;

/** A file that somebody chooses. */
export interface Choice {
  readonly name: string;
  /** Bytes. Empty files are refused before anything is sent. */
  readonly size: number;
  readonly seed: number;
  /** 0 for one that goes whole. */
  readonly parts: number;
}

export interface ChosenFile extends Choice {
  readonly path: string;
  /** base64, of all bytes. */
  readonly sha256: string;
  /** base64: as the broker keeps it, composite for one in parts. */
  readonly kept: string;
}

/** Several small ones and mostly one in parts; now and then an empty one, one of a single byte, one at the limit. */
export function choose(dice: Dice, isShort: boolean): Choice[] {
  const sizes = Array.from({ length: dice.between(2, isShort ? 5 : 8) }, () => small(dice));
  if (dice.chance(0.3)) sizes.push(0);
  if (dice.chance(0.3)) sizes.push(1);
  if (dice.chance(0.85)) sizes.push(dice.between(SINGLE_PUT_BYTES + 1, isShort ? 26 * MIB : 40 * MIB));
  if (!isShort && dice.chance(0.2)) sizes.push(dice.of([SINGLE_PUT_BYTES, SINGLE_PUT_BYTES + 1, 24 * MIB]));
  return sizes.map((size, i) => {
    const parts = size > SINGLE_PUT_BYTES ? partCount(size, partBytesFor(size)) : 0;
    return { name: `file-${i + 1}.txt`, size, seed: dice.between(0, 2 ** 31), parts };
  });
}

function small(dice: Dice): number {
  return dice.chance(0.2) ? dice.between(1 * MIB, 6 * MIB) : dice.between(2, 400 * KIB);
}

/** The files of one run on disk, where a page can choose them. */
export class Selection {
  readonly files: readonly ChosenFile[];
  readonly #folder = mkdtempSync(join(tmpdir(), 'secure-upload-faults-'));

  constructor(choices: readonly Choice[]) {
    this.files = choices.map((choice) => {
      const bytes = lettersOf(choice);
      const path = join(this.#folder, choice.name);
      writeFileSync(path, bytes);
      return { ...choice, path, sha256: sha256(bytes).toString('base64'), kept: keptOf(choice, bytes) };
    });
  }

  /** What must arrive. */
  get sendable(): readonly ChosenFile[] {
    return this.files.filter(({ size }) => size > 0);
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Plain text, which needs no form of its own to be what its name says; every piece of it differs. */
function lettersOf({ size, seed }: Choice): Buffer {
  const letters = new Dice(seed).bytes(size);
  for (let i = 0; i < letters.length; i++) letters[i] = 97 + ((letters[i] ?? 0) & 15);
  return letters;
}

function keptOf({ size, parts }: Choice, bytes: Buffer): string {
  if (parts === 0) return sha256(bytes).toString('base64');
  const each = partBytesFor(size);
  const sums = Array.from({ length: parts }, (_, i) => sha256(bytes.subarray(i * each, (i + 1) * each)));
  return sha256(Buffer.concat(sums)).toString('base64');
}

const sha256 = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest();
