import { randomFillSync } from 'node:crypto';
import {
  closeSync,
  existsSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const KIB = 1024;
const MIB = 1024 * KIB;

export interface FilesFacts {
  readonly count: number;
  /** Bytes of each. */
  readonly size: number;
  /** `random`: on the disk in full, so that reading and hashing cost what they cost. `sparse`: a hole of any size. */
  readonly content: 'random' | 'sparse';
}

/** Paths of files on the disk. They are made once and stay in the system's folder for temporary files. */
export function chosenFiles({ count, size, content }: FilesFacts): string[] {
  const folder = join(tmpdir(), 'secure-upload-bench-files');
  mkdirSync(folder, { recursive: true });
  const paths = Array.from({ length: count }, (_, i) => join(folder, `${content}-${size}-${i}.bin`));
  for (const path of paths) {
    if (!existsSync(path) || statSync(path).size !== size) make(path, size, content);
    // In the memory of the system for every page alike, the first one too.
    if (content === 'random') read(path);
  }
  return paths;
}

function make(path: string, size: number, content: FilesFacts['content']): void {
  const half = `${path}.${process.pid}`;
  const file = openSync(half, 'w');
  if (content === 'sparse') ftruncateSync(file, size);
  else {
    const block = Buffer.allocUnsafe(Math.min(size, MIB));
    for (let at = 0; at < size; at += block.length) {
      writeSync(file, randomFillSync(block), 0, Math.min(block.length, size - at));
    }
  }
  closeSync(file);
  renameSync(half, path);
}

function read(path: string): void {
  const file = openSync(path, 'r');
  const block = Buffer.allocUnsafe(4 * MIB);
  while (readSync(file, block) > 0);
  closeSync(file);
}
