import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type CORSRule, DeleteBucketCorsCommand, GetBucketCorsCommand, PutBucketCorsCommand } from '@aws-sdk/client-s3';
import { Buckets } from '../../demo/storage/buckets.ts';
import { BUCKET, type Reply, sendRaw, sendTo, startTestStore, type TestStore } from './support.ts';

const PAGE = 'http://localhost:8080';
const RULE: CORSRule = {
  AllowedOrigins: [PAGE, 'https://*.example.com'],
  AllowedMethods: ['PUT', 'GET'],
  AllowedHeaders: ['content-type', 'x-amz-*'],
  ExposeHeaders: ['ETag', 'x-amz-checksum-sha256'],
  MaxAgeSeconds: 600,
};

async function withRules(t: Parameters<typeof startTestStore>[0], ...CORSRules: CORSRule[]): Promise<TestStore> {
  const store = await startTestStore(t);
  await store.sdk.send(new PutBucketCorsCommand({ Bucket: BUCKET, CORSConfiguration: { CORSRules } }));
  return store;
}

const preflight = (store: TestStore, origin: string, method = 'PUT', headers = 'content-type, X-Amz-Checksum-Sha256') =>
  sendRaw(store.url, {
    method: 'OPTIONS',
    target: `/${BUCKET}/key`,
    headers: { origin, 'access-control-request-method': method, 'access-control-request-headers': headers },
  });

const corsOf = ({ headers }: Reply) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => name.startsWith('access-control-')));

describe('a preflight', () => {
  test('of an allowed origin is told method, headers and how long', async (t) => {
    const store = await withRules(t, RULE);
    const reply = await preflight(store, PAGE);
    assert.equal(reply.status, 200);
    assert.deepEqual(corsOf(reply), {
      'access-control-allow-origin': PAGE,
      'access-control-allow-methods': 'PUT, GET',
      'access-control-allow-headers': 'content-type, x-amz-checksum-sha256',
      'access-control-expose-headers': 'ETag, x-amz-checksum-sha256',
      'access-control-max-age': '600',
    });
    assert.match(reply.headers.vary ?? '', /\bOrigin\b/);
  });

  const FOREIGN: readonly [
    string,
    ...(Parameters<typeof preflight> extends [unknown, ...infer Rest] ? Rest : never),
  ][] = [
    ['a foreign origin', 'http://evil.example'],
    ['an origin that only begins like an allowed one', `${PAGE}.evil.example`],
    ['an origin that only ends like an allowed one', 'https://evilexample.com'],
    ['another port', 'http://localhost:8081'],
    ['the origin null', 'null'],
    ['a method that is not allowed', PAGE, 'DELETE'],
    ['a header that is not allowed', PAGE, 'PUT', 'content-type,authorization'],
  ];
  for (const [what, origin, method, headers] of FOREIGN) {
    test(`of ${what} is answered 403 without any CORS header`, async (t) => {
      const reply = await preflight(await withRules(t, RULE), origin, method, headers);
      assert.deepEqual([reply.status, reply.code, corsOf(reply)], [403, 'AccessForbidden', {}]);
    });
  }

  test('of a bucket without rules, and of no bucket, is answered 403', async (t) => {
    const store = await startTestStore(t);
    assert.equal((await preflight(store, PAGE)).status, 403);
    const reply = await sendRaw(store.url, { method: 'OPTIONS', target: '/nowhere/key', headers: { origin: PAGE } });
    assert.deepEqual([reply.status, corsOf(reply)], [403, {}]);
  });

  test('matches one asterisk in an origin, and the second rule where the first does not fit', async (t) => {
    const store = await withRules(t, RULE, { AllowedOrigins: ['*'], AllowedMethods: ['HEAD'] });
    assert.equal(
      corsOf(await preflight(store, 'https://a.b.example.com'))['access-control-allow-origin'],
      'https://a.b.example.com',
    );
    assert.deepEqual(corsOf(await preflight(store, 'http://any.example', 'HEAD', '')), {
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'HEAD',
    });
  });
});

describe('an answer', () => {
  test('to an allowed origin can be read by the page, a refusal too', async (t) => {
    const store = await withRules(t, RULE);
    const headers = { origin: PAGE, 'content-length': '4' };
    const { url } = await store.s3.presign('PUT', 'key', { headers: { 'content-length': '4' }, seconds: 60 });
    const wanted = {
      'access-control-allow-origin': PAGE,
      'access-control-expose-headers': 'ETag, x-amz-checksum-sha256',
    };
    for (const [target, status] of [
      [url, 200],
      [`${url}0`, 400],
      [url.replace('/key', '/other'), 403],
    ] as const) {
      const reply = await sendTo(target, { method: 'PUT', headers, body: [Buffer.from('body')] });
      assert.deepEqual([reply.status, corsOf(reply)], [status, wanted]);
    }
  });

  test('to a foreign origin carries no CORS header', async (t) => {
    const store = await withRules(t, RULE);
    const headers = { origin: 'http://evil.example' };
    const { url } = await store.s3.presign('GET', 'key', { seconds: 60 });
    for (const target of [url, `${url}0`]) assert.deepEqual(corsOf(await sendTo(target, { headers })), {});
  });
});

describe('the configuration', () => {
  test('is read back as written, survives a restart of the store and can be deleted', async (t) => {
    const store = await withRules(t, RULE);
    const read = () => store.sdk.send(new GetBucketCorsCommand({ Bucket: BUCKET }));
    assert.deepEqual((await read()).CORSRules, [RULE]);
    assert.equal((await Buckets.open(store.dataDir)).get(BUCKET).cors[0]?.maxAge, 600);
    await store.sdk.send(new DeleteBucketCorsCommand({ Bucket: BUCKET }));
    await assert.rejects(read(), { name: 'NoSuchCORSConfiguration' });
  });

  const BAD = [
    '',
    'text',
    '<CORSConfiguration/>',
    '<CORSConfiguration><CORSRule></CORSRule></CORSConfiguration>',
    '<CORSConfiguration><CORSRule><AllowedOrigin>*</AllowedOrigin><AllowedMethod>TRACE</AllowedMethod></CORSRule></CORSConfiguration>',
    '<CORSConfiguration><CORSRule><AllowedOrigin>*a*</AllowedOrigin><AllowedMethod>PUT</AllowedMethod></CORSRule></CORSConfiguration>',
    '<!DOCTYPE x [<!ENTITY a "aa">]><CORSConfiguration><CORSRule><AllowedOrigin>&a;</AllowedOrigin><AllowedMethod>PUT</AllowedMethod></CORSRule></CORSConfiguration>',
    '<CORSConfiguration>'.repeat(3000),
    `${'<a>'.repeat(9000)}${'</a>'.repeat(9000)}`,
  ];
  test('that cannot be read is answered 400 and changes nothing', async (t) => {
    const store = await withRules(t, RULE);
    for (const body of BAD) {
      const reply = await store.s3.send('PUT', '', { query: { cors: '' }, body });
      assert.equal(reply.status, 400, body.slice(0, 80));
      assert.match(await reply.text(), /MalformedXML/);
    }
    const large = await store.s3.send('PUT', '', { query: { cors: '' }, body: 'x'.repeat(70_000) });
    assert.match(await large.text(), /EntityTooLarge/);
    assert.equal((await preflight(store, PAGE)).status, 200);
    assert.deepEqual(store.faults, []);
  });
});
