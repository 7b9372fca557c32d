import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import { describe, test } from 'node:test';
import { CreateBucketCommand, HeadBucketCommand, ListBucketsCommand } from '@aws-sdk/client-s3';
import { S3 } from '../../demo/bucket/s3.ts';
import { createStore, startStore } from '../../demo/storage/index.ts';
import { isLoopback } from '../../demo/storage/loopback.ts';
import { BUCKET, CREDENTIALS, NOON, REGION, sendRaw, startTestStore, temporaryFolder } from './support.ts';

describe('the development store', () => {
  for (const host of ['0.0.0.0', '::', '192.168.1.2', 'example.com']) {
    test(`refuses to listen on ${host}`, async (t) => {
      const options = { port: 0, host, dataDir: temporaryFolder(t), credentials: CREDENTIALS, region: REGION };
      await assert.rejects(startStore(options), /listens on this machine only/);
    });
  }

  test('says in one line where it is and that it is for development', async (t) => {
    const lines: string[] = [];
    const dataDir = temporaryFolder(t);
    const options = { port: 0, dataDir, credentials: CREDENTIALS, region: REGION };
    const store = await startStore({ ...options, print: (line) => lines.push(line) });
    t.after(() => store.close());
    assert.deepEqual(lines, [
      `Development storage (S3) at ${store.url}, files in ${dataDir}. One process, one disk, no backup: not for production.`,
    ]);
  });

  test('fails where the port is taken', async (t) => {
    const { url } = await startTestStore(t);
    const options = { dataDir: temporaryFolder(t), credentials: CREDENTIALS, region: REGION };
    await assert.rejects(startStore({ ...options, port: Number(new URL(url).port) }), { code: 'EADDRINUSE' });
  });

  test('answers only its own machine, even where somebody else made the server', async (t) => {
    const address = Object.values(networkInterfaces())
      .flatMap((found) => found ?? [])
      .find(({ family, internal }) => family === 'IPv4' && !internal)?.address;
    const store = await createStore({ dataDir: temporaryFolder(t), credentials: CREDENTIALS, region: REGION });
    const remote = address ?? '10.0.0.1';
    // A machine without a network has nobody else to answer: then the address is only claimed.
    const server = createServer((message, response) => {
      if (address === undefined) Object.defineProperty(message.socket, 'remoteAddress', { value: remote });
      store(message, response);
    });
    await new Promise<void>((resolve) => server.listen(0, resolve));
    t.after(() => server.close());
    const { port } = server.address() as AddressInfo;
    const reply = await sendRaw(`http://${address ?? '127.0.0.1'}:${port}`, { target: '/' });
    assert.deepEqual([reply.status, reply.code], [403, 'AccessDenied']);
    assert.match(reply.body.toString(), /its own machine only/);
  });

  test('knows loopback from everything that looks like it', () => {
    const yes = ['127.0.0.1', '127.1.2.3', '::1', '::ffff:127.0.0.1', 'localhost'];
    const no = ['128.0.0.1', '::2', '::ffff:10.0.0.1', '127.example.com', 'localhost.example.com', '', undefined];
    assert.deepEqual(yes.filter(isLoopback), yes);
    assert.deepEqual(no.filter(isLoopback), []);
  });
});

describe('a bucket', () => {
  test('is made once, found and listed', async (t) => {
    const { sdk } = await startTestStore(t);
    const make = (Bucket: string) => sdk.send(new CreateBucketCommand({ Bucket }));
    await make('another');
    await assert.rejects(make('another'), { name: 'BucketAlreadyOwnedByYou' });
    const { Buckets = [] } = await sdk.send(new ListBucketsCommand({}));
    assert.deepEqual(
      Buckets.map(({ Name }) => Name),
      ['another', BUCKET],
    );
    assert.equal((await sdk.send(new HeadBucketCommand({ Bucket: BUCKET }))).BucketRegion, REGION);
    await assert.rejects(sdk.send(new HeadBucketCommand({ Bucket: 'missing' })), { name: 'NotFound' });
  });

  test('has a name of the rules of S3', async (t) => {
    const { s3, url } = await startTestStore(t);
    for (const bucket of ['ab', 'UPPER', '-a-', 'a_b', 'x'.repeat(64), '%2e']) {
      const other = new S3({ endpoint: url, region: REGION, bucket, ...CREDENTIALS }, { now: () => NOON });
      const reply = await other.send('PUT', '');
      assert.equal(reply.status, 400, bucket);
      assert.match(await reply.text(), /InvalidBucketName/);
    }
    assert.equal((await s3.send('HEAD', '')).status, 200);
  });

  test('for another region is refused', async (t) => {
    const { sdk } = await startTestStore(t);
    const made = sdk.send(
      new CreateBucketCommand({ Bucket: 'elsewhere', CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }),
    );
    await assert.rejects(made, { name: 'IllegalLocationConstraintException' });
  });
});

test('what this store does not do is said, never ignored', async (t) => {
  const { s3 } = await startTestStore(t);
  const CALLS = [
    ['PUT', 'key', { query: { tagging: '' } }],
    ['PUT', 'key', { query: { uploadId: 'x' } }],
    ['PUT', 'key', { query: { partNumber: '1' } }],
    ['GET', 'key', { query: { partNumber: '1' } }],
    ['GET', '', { query: { uploads: '', delimiter: '/' } }],
    ['POST', 'key', { query: { uploads: '' }, headers: { 'x-amz-checksum-algorithm': 'CRC32' } }],
    ['POST', 'key', { query: { uploads: '' }, headers: { 'if-none-match': '*' } }],
    ['PUT', 'key', { headers: { 'x-amz-checksum-algorithm': 'SHA256' } }],
    ['GET', 'key', { query: { versionId: 'x' } }],
    ['DELETE', 'key', { query: { versionId: 'x' } }],
    ['DELETE', 'key', { headers: { 'if-match': '*' } }],
    ['GET', '', { query: { versions: '' } }],
    ['GET', '', {}],
    ['PUT', '', { query: { policy: '' } }],
    ['PUT', 'key', { headers: { 'x-amz-copy-source': '/bucket/other' } }],
    ['PUT', 'key', { headers: { 'content-encoding': 'aws-chunked' }, body: 'x' }],
  ] as const;
  for (const [method, key, more] of CALLS) {
    const reply = await s3.send(method, key, more).catch((error) => error);
    // 501 is a 5xx: the broker's client counts it as a store that cannot be used.
    assert.equal(reply.code, 'store_down', `${method} ${JSON.stringify(more)}`);
    assert.equal(String(reply.cause), 'Error: The storage answered 501.');
  }
  assert.equal((await s3.send('POST', 'key')).status, 405);
});
