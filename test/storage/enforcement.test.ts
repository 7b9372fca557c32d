import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { BODY, GRANT, OTHER, once, TRIES, type Try } from './presigned-tries.ts';
import { begin, NOON, type Reply, sendRaw, sendTo, sha256, signer, startTestStore, type TestStore } from './support.ts';

/** The checks of what is signed that a store must pass before the broker signs for it, each as one refused request. */
let store: TestStore;
let keys = 0;
const cleanups: (() => unknown)[] = [];
before(async () => {
  store = await startTestStore({ after: (cleanup) => void cleanups.unshift(cleanup as () => unknown) });
});
after(async () => {
  for (const cleanup of cleanups) await cleanup();
});

const newKey = () => `checks/${++keys}`;
/** Signs and sends one try, with this query beside its own. */
async function attempt(one: Try, key: string, query: Readonly<Record<string, string>> = {}): Promise<Reply> {
  store.clock = NOON;
  const s3 = one.wrong ? signer(store.url, () => NOON, one.wrong) : store.s3;
  const signed = one.signed ?? GRANT;
  const { url } = await s3.presign('PUT', key, { headers: signed, seconds: 60, query: { ...query, ...one.query } });
  store.clock = NOON + (one.later ?? 0);
  const reply = await sendTo(one.url?.(url) ?? url, {
    method: one.method ?? 'PUT',
    headers: withoutGaps({ ...signed, ...one.sent }),
    body: one.body ?? [BODY],
  });
  store.clock = NOON;
  assert.deepEqual([reply.status, reply.code], one.wanted);
  if (reply.status !== 200) assert.equal(reply.headers['content-type'], 'application/xml');
  return reply;
}

describe('a presigned PUT is held to what was signed:', () => {
  for (const one of TRIES) {
    test(`${one.name} is answered ${one.wanted.join(' ').trim()}`, async () => {
      const key = newKey();
      const reply = await attempt(one, key);
      const head = await store.s3.send('HEAD', key);
      assert.equal(head.status, reply.status === 200 ? 200 : 404, 'a refused body leaves no object');
    });
  }
});

describe('a presigned part is held to what was signed:', () => {
  // A part knows no conditions: its number may be sent again.
  for (const one of TRIES.filter(({ sent }) => !(sent && 'if-none-match' in sent))) {
    test(`${one.name} is answered ${one.wanted.join(' ').trim()}`, async () => {
      const key = newKey();
      const uploadId = await begin(store.s3, key);
      const { 'if-none-match': condition, ...unconditional } = one.signed ?? GRANT;
      const signed = condition === '*' ? unconditional : (one.signed ?? GRANT);
      const reply = await attempt({ ...one, signed }, key, { partNumber: '1', uploadId });
      const listed = await (await store.s3.send('GET', key, { query: { uploadId } })).text();
      assert.equal(listed.split('<Part>').length - 1, reply.status === 200 ? 1 : 0, 'a refused body leaves no part');
      assert.deepEqual(readdirSync(join(store.dataDir, 'temporary')), []);
      if (reply.status === 200) assert.match(listed, new RegExp(`<Size>${BODY.byteLength}</Size>`));
    });
  }

  for (const partNumber of ['0', '10001', '-1', '1.5', '01e2', '', 'x', '9'.repeat(30)]) {
    test(`a part with the number "${partNumber}" is answered 400`, async () => {
      const key = newKey();
      const query = { partNumber, uploadId: await begin(store.s3, key) };
      const { url } = await store.s3.presign('PUT', key, { headers: {}, query, seconds: 60 });
      const reply = await sendTo(url, { method: 'PUT', headers: { 'content-length': '0' } });
      assert.deepEqual([reply.status, reply.code], [400, 'InvalidArgument']);
    });
  }
});

const withoutGaps = (headers: Readonly<Record<string, string | undefined>>) =>
  Object.fromEntries(Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined));
describe('a request signed by header', () => {
  test('is answered 403 fifteen minutes and one second later, and not before', async () => {
    store.clock = NOON;
    const late = signer(store.url, () => NOON - 15 * 60_000);
    assert.equal((await late.send('HEAD', '')).status, 200);
    const later = signer(store.url, () => NOON - 15 * 60_000 - 1000);
    const reply = await later.send('GET', 'x');
    assert.equal(reply.status, 403);
    assert.match(await reply.text(), /<Code>RequestTimeTooSkewed</);
  });

  const REFUSALS: readonly [string, Parameters<typeof signer>[2], RegExp][] = [
    ['an unknown key', { accessKeyId: 'AKOTHER' }, /InvalidAccessKeyId/],
    ['a wrong secret', { secretAccessKey: 'another' }, /SignatureDoesNotMatch/],
  ];
  for (const [name, wrong, code] of REFUSALS) {
    test(`with ${name} is answered 403`, async () => {
      const reply = await signer(store.url, () => store.clock, wrong).send('GET', 'x');
      assert.equal(reply.status, 403);
      assert.match(await reply.text(), code);
    });
  }

  test('proves its body', async () => {
    const meddling: typeof fetch = (url, init) => fetch(url, { ...init, body: Buffer.from('wrong') });
    const s3 = signer(store.url, () => store.clock, {}, meddling);
    const reply = await s3.send('PUT', newKey(), { body: 'right' });
    assert.equal(reply.status, 400);
    assert.match(await reply.text(), /XAmzContentSHA256Mismatch/);
  });
});

describe('If-None-Match: *', () => {
  test('answers 412 for a second write and leaves the first bytes', async () => {
    const key = newKey();
    const first = await store.s3.presign('PUT', key, { headers: GRANT, seconds: 60 });
    assert.equal((await sendTo(first.url, { method: 'PUT', headers: GRANT, body: [BODY] })).status, 200);
    const headers = { ...GRANT, 'x-amz-checksum-sha256': sha256(OTHER) };
    const second = await store.s3.presign('PUT', key, { headers, seconds: 60 });
    const reply = await sendTo(second.url, { method: 'PUT', headers, body: [OTHER] });
    assert.deepEqual([reply.status, reply.code], [412, 'PreconditionFailed']);
    assert.deepEqual(Buffer.from(await (await store.s3.send('GET', key)).arrayBuffer()), BODY);
  });

  test('lets exactly one of twenty parallel writers win, with its own bytes', async () => {
    const key = newKey();
    const bodies = Array.from({ length: 20 }, (_, index) => Buffer.from(`writer ${String(index).padStart(2, '0')}`));
    const replies = await Promise.all(
      bodies.map(async (body) => {
        const headers = { 'content-length': String(body.byteLength), ...once };
        const { url } = await store.s3.presign('PUT', key, { headers, seconds: 60 });
        return sendTo(url, { method: 'PUT', headers, body: [body] });
      }),
    );
    const winners = bodies.filter((_, index) => replies[index]?.status === 200);
    assert.deepEqual(replies.map(({ status }) => status).sort(), [200, ...Array<number>(19).fill(412)]);
    assert.deepEqual([Buffer.from(await (await store.s3.send('GET', key)).arrayBuffer())], winners);
  });
});

describe('a body shorter than announced', () => {
  test('leaves no object', async () => {
    const key = newKey();
    const { url } = await store.s3.presign('PUT', key, { headers: GRANT, seconds: 60 });
    const { hostname, port, host } = new URL(url);
    const lines = Object.entries({ host, ...GRANT }).map(([name, value]) => `${name}: ${value}\r\n`);
    const socket = connect(Number(port), hostname);
    socket.write(`PUT ${url.slice(new URL(url).origin.length)} HTTP/1.1\r\n${lines.join('')}\r\n`);
    socket.end(BODY.subarray(0, 7));
    socket.resume();
    await new Promise((resolve) => socket.once('close', resolve));
    assert.equal((await store.s3.send('HEAD', key)).status, 404);
    assert.deepEqual(store.faults, []);
  });
});

test('a target that is no path is answered 400', async () => {
  for (const target of ['*', 'http://elsewhere.example/bucket/key', '/bucket/%zz', '/bucket/%ff']) {
    const reply = await sendRaw(store.url, { method: 'OPTIONS', target });
    assert.deepEqual([target, reply.status, reply.code], [target, 400, 'InvalidURI']);
  }
});
