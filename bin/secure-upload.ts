#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { doctor } from './doctor.ts';

const HELP = `secure-upload <command>

  doctor   Proves that a bucket enforces what is signed: wrong writes and reads of ten kinds are tried on
           sample objects, which are removed again. Exit code 0: safe. 1: not, or not reachable.
           S3_ENDPOINT S3_REGION S3_BUCKET S3_ACCESS_KEY_ID S3_SECRET_ACCESS_KEY   where and who
           ORIGINS   optional: origins of your pages, with commas; they must be let in by the bucket's CORS

  --help   This page.
`;

const COMMANDS: Readonly<Record<string, () => Promise<boolean>>> = {
  doctor: () => doctor(process.env, console.log),
};

async function main(args: readonly string[]): Promise<boolean> {
  let parsed: { values: { help?: boolean | undefined }; positionals: string[] };
  try {
    parsed = parseArgs({ args: [...args], allowPositionals: true, options: { help: { type: 'boolean', short: 'h' } } });
  } catch {
    console.error(`${args.join(' ')} cannot be read. Run "secure-upload --help".`);
    return false;
  }
  const [name, ...rest] = parsed.positionals;
  if (parsed.values.help || name === undefined) {
    console.log(HELP);
    return parsed.values.help === true;
  }
  const command = Object.hasOwn(COMMANDS, name) && rest.length === 0 ? COMMANDS[name] : undefined;
  if (!command) {
    console.error(`There is no command "${parsed.positionals.join(' ')}". Run "secure-upload --help".`);
    return false;
  }
  return command();
}

main(process.argv.slice(2)).then(
  (ok) => {
    process.exitCode = ok ? 0 : 1;
  },
  (error: unknown) => {
    console.error(process.env.DEBUG === '1' ? error : `Failed: ${error instanceof Error ? error.message : 'unknown'}`);
    process.exitCode = 1;
  },
);
