import type { FilesFacts } from './chosen-files.ts';
import type { LineFacts } from './net/line.ts';
import type { PageName } from './site.ts';

const KIB = 1024;
const MIB = 1024 * KIB;

export interface Case {
  readonly name: string;
  readonly line: LineFacts;
  /** What a person chooses; null where the page makes its own. */
  readonly files: FilesFacts | null;
  /** Ours and those it is held against, in the order of the first round. */
  readonly pages: readonly [us: PageName, ...others: PageName[]];
  readonly rounds: number;
  /** The store takes small files as forms. */
  readonly takesForms?: boolean;
}

const NO_DELAY: LineFacts = { delayMs: 0, bytesPerSecond: null };
const FAR: LineFacts = { delayMs: 50, bytesPerSecond: null };
/** About the fastest line that people have. */
const NARROW: LineFacts = { delayMs: 0, bytesPerSecond: 50_000_000 };
const ALL = ['us', 'raw', 'uppy'] as const;

/** Every case; with `sizeMib` the short form: so many MiB in all, and as much in the name. */
export function transferCases(sizeMib?: number | undefined): Case[] {
  const large: FilesFacts = { count: 1, size: (sizeMib ?? 512) * MIB, content: 'random' };
  const small: FilesFacts = { count: sizeMib === undefined ? 200 : sizeMib * 4, size: 256 * KIB, content: 'random' };
  const huge: FilesFacts = { count: 1, size: (sizeMib ?? 4096) * MIB, content: 'sparse' };
  const largeName = `${sizeMib ?? 512}MiB`;
  return [
    { name: `${largeName}@0ms`, line: NO_DELAY, files: large, pages: ALL, rounds: 5 },
    { name: `${largeName}@50ms`, line: FAR, files: large, pages: ALL, rounds: 5 },
    { name: `${largeName}@50MBps`, line: NARROW, files: large, pages: ALL, rounds: 3 },
    { name: `${small.count}x256KiB@50ms`, line: FAR, files: small, pages: ALL, rounds: 5 },
    {
      name: `${small.count}x256KiB@50ms-post`,
      line: FAR,
      files: small,
      pages: ['us', 'raw'],
      rounds: 5,
      takesForms: true,
    },
    { name: `${largeName}@0ms-no-worker`, line: NO_DELAY, files: large, pages: ['us-no-worker', 'raw'], rounds: 3 },
    {
      name: `heap-${sizeMib === undefined ? '4GiB' : largeName}`,
      line: NO_DELAY,
      files: huge,
      pages: ['us'],
      rounds: 1,
    },
    { name: '10000-files', line: NO_DELAY, files: null, pages: ['many-files'], rounds: 3 },
    { name: '10000-files-engine', line: NO_DELAY, files: null, pages: ['many-files-engine'], rounds: 3 },
  ];
}
