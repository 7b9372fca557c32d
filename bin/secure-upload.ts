#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { doctor } from './doctor.ts';
import { type Verdict, verifyLedger } from './verify.ts';
import { verifyReceipt } from './verify-receipt.ts';

const HELP = `secure-upload <command>

  doctor   Proves that a bucket enforces what is signed: wrong writes and reads of ten kinds are tried on
           sample objects, which are removed again. Exit code 0: safe. 1: not, or not reachable.
           S3_ENDPOINT S3_REGION S3_BUCKET S3_ACCESS_KEY_ID S3_SECRET_ACCESS_KEY   where and who
           ORIGINS   optional: origins of your pages, with commas; they must be let in by the bucket's CORS

  verify FILE --issuer URL | --key KEYS [--ledger-key KEY]
           Checks the receipt of somebody's answer (receipt.json). Keys are read from the broker that you name, or from
           the file that you saved from https://BROKER/v1/receipt-keys; never from the receipt.
           --ledger-key: with --key, the file saved from https://BROKER/v1/ledger-keys, for its place in the ledger.
           Exit code 0: genuine. 1: not. 2: nothing could be checked.

  verify ledger FILE --key KEY [--checkpoint FILE]...
           Checks an export of the ledger without the broker: says which leaf was changed, deleted, moved or cut off.
           --key: the file with the keys that you saved from https://BROKER/v1/ledger-keys, or one key as a line.
           --checkpoint: checkpoints that you kept; a ledger that was written anew does not fit them.
           Exit code 0: as it was written. 1: not. 2: nothing could be checked.

  --help   This page.
`;

type Options = {
  readonly key?: string | undefined;
  readonly 'ledger-key'?: string | undefined;
  readonly checkpoint?: readonly string[] | undefined;
  readonly issuer?: string | undefined;
};

/** What follows the words of a command is its own; how many words that are stands beside it. */
const COMMANDS: Readonly<
  Record<string, readonly [count: number, run: (words: string[], options: Options) => Promise<Verdict>]>
> = {
  doctor: [0, async () => ((await doctor(process.env, console.log)) ? 0 : 1)],
  verify: [
    1,
    ([file = ''], { key, issuer, 'ledger-key': ledger }) =>
      verifyReceipt(file, { key, issuer, 'ledger-key': ledger }, console.log),
  ],
  'verify ledger': [1, ([file = ''], { key, checkpoint = [] }) => verifyLedger(file, { key, checkpoint }, console.log)],
};

async function main(args: readonly string[]): Promise<Verdict> {
  let parsed: { values: Options & { help?: boolean | undefined }; positionals: string[] };
  try {
    parsed = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h' },
        key: { type: 'string' },
        'ledger-key': { type: 'string' },
        issuer: { type: 'string' },
        checkpoint: { type: 'string', multiple: true },
      },
    });
  } catch {
    console.error(`${args.join(' ')} cannot be read. Run "secure-upload --help".`);
    return 1;
  }
  const { values, positionals } = parsed;
  if (values.help || positionals.length === 0) {
    console.log(HELP);
    return values.help === true ? 0 : 1;
  }
  for (const [name, [count, run]] of Object.entries(COMMANDS)) {
    const length = name.split(' ').length;
    const isMeant = positionals.slice(0, length).join(' ') === name && positionals.length === length + count;
    if (isMeant) return run(positionals.slice(length), values);
  }
  console.error(`There is no command "${positionals.join(' ')}". Run "secure-upload --help".`);
  return 1;
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(process.env.DEBUG === '1' ? error : `Failed: ${error instanceof Error ? error.message : 'unknown'}`);
    process.exitCode = 1;
  },
);
