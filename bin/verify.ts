import { open, readFile } from 'node:fs/promises';
import { checkLedger, readLedgerKeys, type VerifyCode, VerifyError } from '../src/verify/index.ts';

/** 0: it is as it was written. 1: it is not, which was said. 2: nothing could be checked. */
export type Verdict = 0 | 1 | 2;

const WHY: Readonly<Partial<Record<VerifyCode, string>>> = {
  malformed: 'a checkpoint or key cannot be read: the export begins with a checkpoint, and --key takes /v1/ledger-keys',
  wrong_receipt: 'the export or the checkpoint that you hold is of another ledger than the key',
  wrong_signature: 'no key of these signed the checkpoint',
  no_ed25519: 'this version of Node cannot check Ed25519 signatures',
};

/** More are counted, not printed. */
const MOST_LINES = 20;

export interface LedgerOptions {
  readonly key: string | undefined;
  /** Files with checkpoints that were kept. */
  readonly checkpoint: readonly string[];
}

/** `secure-upload verify ledger`: a line for each thing that is wrong, with the number of its leaf. */
export async function verifyLedger(
  file: string,
  { key, checkpoint }: LedgerOptions,
  print: (line: string) => void,
): Promise<Verdict> {
  if (key === undefined) {
    print(
      'Nothing was checked: --key names the file with the keys that you saved from /v1/ledger-keys, or has a key itself.',
    );
    return 2;
  }
  try {
    const keys = readLedgerKeys(key.includes('+') ? key : await readFile(key, 'utf8'));
    const kept = await Promise.all(checkpoint.map((path) => readFile(path, 'utf8')));
    const { origin, size, records, findings } = await checkLedger(linesOf(file), {
      keys,
      held: kept.flatMap(notesIn),
    });
    for (const { text } of findings.slice(0, MOST_LINES)) print(text);
    if (findings.length > MOST_LINES) print(`And ${findings.length - MOST_LINES} more.`);
    if (findings.length > 0) print(`${origin} is not as it was written.`);
    else
      print(
        `${origin}: ${size} leaves as they were written; ${records} records read, ${size - records} leaves are blind.`,
      );
    return findings.length > 0 ? 1 : 0;
  } catch (error) {
    if (error instanceof VerifyError) print(`Nothing was checked: ${WHY[error.code] ?? error.code}.`);
    else if (error instanceof Error && 'path' in error) print(`Nothing was checked: ${error.path} cannot be read.`);
    else throw error;
    return 2;
  }
}

/** A file as the broker writes it: one checkpoint after another, each a text, a blank line and its signatures. */
const notesIn = (text: string): string[] =>
  text.match(/[^\n]+\n\d+\n[^\n]+\n(?:[^\n]+\n)*\n(?:\u2014 [^\n]+\n)+/g) ?? [text];

/** Opened when the first line is asked for: lines that come before anybody listens are lost. */
async function* linesOf(file: string): AsyncGenerator<string> {
  const handle = await open(file);
  yield* handle.readLines();
}
