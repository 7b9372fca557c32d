import { type Check, examine } from '../demo/bucket/doctor.ts';
import { createStorage } from '../demo/bucket/storage.ts';
import { SINGLE_PUT_BYTES } from '../src/contract/index.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const VARIABLES = ['S3_ENDPOINT', 'S3_REGION', 'S3_BUCKET', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'] as const;

const MIB = 1024 ** 2;

/** `secure-upload doctor`: prints a line per check, answers whether uploads are safe and possible. */
export async function doctor(environment: Environment, print: (line: string) => void): Promise<boolean> {
  const missing = VARIABLES.filter((name) => !environment[name]);
  if (missing.length > 0) {
    print(`${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} not set. Run "secure-upload --help".`);
    return false;
  }
  const read = (name: (typeof VARIABLES)[number]) => environment[name] ?? '';
  const [endpoint, bucket] = [read('S3_ENDPOINT'), read('S3_BUCKET')];
  if (!URL.canParse(endpoint) || !/^https?:$/.test(new URL(endpoint).protocol)) {
    print('S3_ENDPOINT is no address; wanted one like https://s3.example.com.');
    return false;
  }
  const origins = (environment.ORIGINS ?? '').split(/[\s,]+/).filter((origin) => origin !== '');
  const wrong = origins.find((origin) => !URL.canParse(origin) || new URL(origin).origin !== origin);
  if (wrong !== undefined) {
    print(`ORIGINS has "${wrong}"; wanted an origin like https://www.example.com, without a path.`);
    return false;
  }
  const storage = createStorage(
    {
      endpoint,
      bucket,
      region: read('S3_REGION'),
      accessKeyId: read('S3_ACCESS_KEY_ID'),
      secretAccessKey: read('S3_SECRET_ACCESS_KEY'),
    },
    { now: Date.now },
  );
  print(`Bucket ${bucket} at ${storage.origin}`);
  const { checks, binding, takesParts } = await examine(storage, origins);
  for (const [index, check] of checks.entries()) print(line(check, index + 1, checks.length));
  const failed = checks.findIndex(({ ok }) => !ok);
  if (binding === null) print(`This bucket is not safe (checked ${failed + 1} of ${checks.length}). Uploads are off.`);
  else if (!takesParts)
    print(
      `This bucket is safe, but not for files over ${SINGLE_PUT_BYTES / MIB} MiB, which travel in parts (check ${failed + 1} of ${checks.length}).`,
    );
  else if (failed >= 0) print(`This bucket is safe, but check ${failed + 1} of ${checks.length} is not passed.`);
  else print(`This bucket is safe: ${checks.length} of ${checks.length} checks passed.`);
  return failed < 0;
}

const line = ({ name, ok, detail }: Check, number: number, all: number): string =>
  `${ok ? 'pass' : 'FAIL'}  ${String(number).padStart(String(all).length)}/${all}  ${name}: ${detail}`;
