import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createStorage } from '../../demo/bucket/storage.ts';
import { startStore } from '../../demo/storage/index.ts';
import { CREDENTIALS, REGION, temporaryFolder } from '../storage/support.ts';

const COMMAND = fileURLToPath(new URL('../../bin/secure-upload.ts', import.meta.url));

interface Ending {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function run(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Ending> {
  const env = { PATH: process.env.PATH ?? '', ...environment };
  return new Promise((resolve) => {
    execFile(process.execPath, ['--import', 'tsx', COMMAND, ...args], { env, timeout: 60_000 }, (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, out, err });
    });
  });
}

const settings = (endpoint: string) => ({
  S3_ENDPOINT: endpoint,
  S3_REGION: REGION,
  S3_BUCKET: 'uploads',
  S3_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
  S3_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
});

async function startedStore(t: Parameters<typeof temporaryFolder>[0]): Promise<string> {
  const store = await startStore({ port: 0, dataDir: temporaryFolder(t), credentials: CREDENTIALS, region: REGION });
  t.after(() => store.close());
  return store.url;
}

describe('secure-upload doctor', () => {
  test('prints one line per check and ends with 0 where all are passed', async (t) => {
    const url = await startedStore(t);
    const bucket = createStorage(
      { endpoint: url, region: REGION, bucket: 'uploads', ...CREDENTIALS },
      { now: Date.now },
    );
    await bucket.ensure();
    await bucket.putBucketCors(['https://www.example.com']);
    const { code, out, err } = await run(['doctor'], { ...settings(url), ORIGINS: 'https://www.example.com' });
    const lines = out.trimEnd().split('\n');
    assert.deepEqual([code, err, lines.length], [0, '', 21]);
    assert.equal(lines[0], `Bucket uploads at ${url}`);
    assert.equal(lines[1], 'pass   1/19  takes the bytes that were signed: The right bytes were answered 200.');
    assert.equal(lines[20], 'This bucket is safe: 19 of 19 checks passed.');
    assert.doesNotMatch(out, /X-Amz-Signature|a-secret-for-tests/);
  });

  test('ends with 1 where pages are kept out, and says the CORS to set', async (t) => {
    const url = await startedStore(t);
    await createStorage(
      { endpoint: url, region: REGION, bucket: 'uploads', ...CREDENTIALS },
      { now: Date.now },
    ).ensure();
    const { code, out } = await run(['doctor'], { ...settings(url), ORIGINS: 'https://www.example.com' });
    assert.equal(code, 1);
    assert.match(
      out,
      /FAIL {2}16\/19 {2}lets your pages in: .*<AllowedOrigin>https:\/\/www\.example\.com<\/AllowedOrigin>/,
    );
    assert.match(out, /This bucket is safe, but check 16 of 19 is not passed\.\n$/);
  });

  test('ends with 1 where files may not travel in parts, and says which files still may', async (t) => {
    const url = await startedStore(t);
    await createStorage(
      { endpoint: url, region: REGION, bucket: 'uploads', ...CREDENTIALS },
      { now: Date.now },
    ).ensure();
    const front = createServer((message, response) => {
      if (message.method === 'POST')
        return void response.writeHead(501).end('<Error><Code>NotImplemented</Code></Error>');
      const { method = '', url: path = '', headers } = message;
      const behind = request(new URL(path, url), { method, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 0, answer.headers);
        answer.pipe(response);
      });
      message.pipe(behind);
    });
    await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
    t.after(() => front.close());
    const { port } = front.address() as AddressInfo;
    const { code, out } = await run(['doctor'], settings(`http://127.0.0.1:${port}`));
    assert.equal(code, 1);
    assert.match(out, /FAIL {2}11\/14 {2}takes a file in parts: .*\(The storage answered 501\.\)\. Allow this key /);
    assert.match(
      out,
      /This bucket is safe, but not for files over 16 MiB, which travel in parts \(check 11 of 14\)\.\n$/,
    );
  });

  test('ends with 1 where the bucket is missing', async (t) => {
    const { code, out } = await run(['doctor'], settings(await startedStore(t)));
    assert.equal(code, 1);
    assert.match(
      out,
      /FAIL {2}1\/2 .* answered 404 NoSuchBucket; wanted 200\. Check S3_BUCKET, or create the bucket\./,
    );
    assert.match(out, /This bucket is not safe \(checked 1 of 2\)\. Uploads are off\.\n$/);
  });

  test('ends with 1 and one line where nobody answers', async (t) => {
    const store = await startStore({ port: 0, dataDir: temporaryFolder(t), credentials: CREDENTIALS, region: REGION });
    await store.close();
    const { code, out, err } = await run(['doctor'], settings(store.url));
    assert.deepEqual([code, err], [1, '']);
    assert.match(out, /cannot be used \(ECONNREFUSED\)\. Check the address, the keys and the bucket\./);
  });

  const BAD: readonly [Record<string, string>, string][] = [
    [
      {},
      'S3_ENDPOINT, S3_REGION, S3_BUCKET, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY are not set. Run "secure-upload --help".\n',
    ],
    [{ ...settings('http://127.0.0.1:1'), S3_BUCKET: '' }, 'S3_BUCKET is not set. Run "secure-upload --help".\n'],
    [settings('s3.example.com'), 'S3_ENDPOINT is no address; wanted one like https://s3.example.com.\n'],
    [
      { ...settings('http://127.0.0.1:1'), ORIGINS: 'https://a.example/page' },
      'ORIGINS has "https://a.example/page"; wanted an origin like https://www.example.com, without a path.\n',
    ],
  ];
  for (const [environment, told] of BAD) {
    test(`says in one line: ${told.trim()}`, async () => {
      assert.deepEqual(await run(['doctor'], environment), { code: 1, out: told, err: '' });
    });
  }
});

describe('secure-upload', () => {
  test('--help shows every command and ends with 0', async () => {
    const { code, out } = await run(['--help']);
    assert.equal(code, 0);
    assert.match(out, /doctor/);
  });

  for (const args of [['nothing'], ['doctor', 'more'], ['--wrong'], []]) {
    test(`ends with 1 for "${args.join(' ')}"`, async () => {
      const { code, out, err } = await run(args);
      assert.equal(code, 1);
      assert.match(out + err, /secure-upload/);
      assert.doesNotMatch(out + err, /\n\s+at /);
    });
  }
});
