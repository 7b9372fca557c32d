import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { parseCors } from '../../demo/storage/cors.ts';
import { readFacts } from '../../demo/storage/object-facts.ts';
import { S3Error } from '../../demo/storage/s3-error.ts';
import { headerSafe, isClear, MINUTE, odd, soundAfter } from './fuzz-support.ts';
import { sendRaw, sendTo, sha256, startTestStore } from './support.ts';

describe('whatever comes in', MINUTE, () => {
  test('as a target, method and headers without a signature', async (t) => {
    const store = await startTestStore(t);
    const target = fc.oneof(
      fc.array(odd.map(encodeURI), { maxLength: 4 }).map((parts) => `/${parts.join('/')}`),
      fc.string({ unit: fc.constantFrom(...'/%?&=+*#.a0') }).map((text) => `/${text}`),
    );
    const headers = fc.dictionary(
      fc.constantFrom(
        'authorization',
        'origin',
        'range',
        'content-type',
        'x-amz-date',
        'access-control-request-method',
      ),
      headerSafe,
    );
    const method = fc.constantFrom('GET', 'HEAD', 'PUT', 'POST', 'DELETE', 'OPTIONS', 'PATCH');
    await fc.assert(
      fc.asyncProperty(target, method, headers, async (path, verb, sent) =>
        isClear(await sendRaw(store.url, { target: path, method: verb, headers: sent }), verb),
      ),
      { numRuns: 200 },
    );
    await soundAfter(store);
  });

  test('as bytes on the socket', async (t) => {
    const store = await startTestStore(t);
    const { port, hostname } = new URL(store.url);
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.constantFrom(...SMUGGLED).map((text) => Buffer.from(text)),
    );
    await fc.assert(
      fc.asyncProperty(bytes, async (sent) => {
        const socket = connect(Number(port), hostname);
        const chunks: Buffer[] = [];
        socket.on('data', (chunk) => chunks.push(chunk)).on('error', () => {});
        socket.end(sent);
        await new Promise((resolve) => socket.once('close', resolve));
        assert.doesNotMatch(Buffer.concat(chunks).toString('latin1'), /^HTTP\/1\.1 (2|5)/m);
      }),
      { numRuns: 100 },
    );
    await soundAfter(store);
  });

  test('in the parameters of a presigned URL', async (t) => {
    const store = await startTestStore(t);
    const { url } = await store.s3.presign('GET', 'key', { seconds: 60 });
    const name = fc.constantFrom(...new URL(url).searchParams.keys());
    await fc.assert(
      fc.asyncProperty(name, odd, async (param, value) => {
        const changed = new URL(url);
        changed.searchParams.set(param, value);
        const reply = await sendTo(changed.href.replaceAll("'", '%27'), {});
        isClear(reply);
        if (changed.href !== url) assert.notEqual(reply.status, 200);
      }),
      { numRuns: 200 },
    );
    await soundAfter(store);
  });

  test('in a rightly signed request: query, range, conditions, checksums', async (t) => {
    const store = await startTestStore(t);
    await store.s3.send('PUT', 'key', { body: 'bytes' });
    const NAMES = [
      'list-type',
      'max-keys',
      'prefix',
      'delimiter',
      'continuation-token',
      'start-after',
      'encoding-type',
      'response-content-type',
      'response-content-disposition',
      'cors',
    ];
    const HEADERS = [
      'range',
      'if-match',
      'if-none-match',
      'if-modified-since',
      'content-md5',
      'x-amz-checksum-sha256',
      'x-amz-checksum-crc32',
      'x-amz-sdk-checksum-algorithm',
      'x-amz-meta-note',
      'x-amz-content-sha256',
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('GET', 'HEAD', 'PUT', 'DELETE'),
        fc.constantFrom('', 'key', 'other'),
        fc.dictionary(fc.constantFrom(...NAMES), odd, { maxKeys: 4 }),
        fc.dictionary(
          fc.constantFrom(...HEADERS),
          headerSafe.map((text) => text.trim()),
          { maxKeys: 3 },
        ),
        fc.uint8Array({ maxLength: 20 }),
        async (method, key, query, headers, body) => {
          const hasBody = method === 'PUT';
          const all = { ...headers, ...(hasBody && { 'content-length': String(body.byteLength) }) };
          const { url } = await store.s3.presign(method, key, { headers: all, query, seconds: 60 });
          isClear(await sendTo(url, { method, headers: all, ...(hasBody && { body: [body] }) }), method);
        },
      ),
      { numRuns: 300 },
    );
    await soundAfter(store);
  });

  test('as a CORS document or as the facts on disk', () => {
    const pieces = fc.constantFrom(
      '<CORSConfiguration>',
      '</CORSConfiguration>',
      '<CORSRule>',
      '</CORSRule>',
      '<AllowedOrigin>',
      '<![CDATA[',
      '<!--',
      '&lt;',
      '&#x0;',
      '*',
      '<?',
      ']]>',
    );
    const documents = fc.oneof(
      odd,
      fc.array(fc.oneof(pieces, odd), { maxLength: 20 }).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(documents, (text) => {
        try {
          parseCors(text);
        } catch (error) {
          assert.ok(error instanceof S3Error && error.code === 'MalformedXML', String(error));
        }
      }),
      { numRuns: 1000 },
    );
    fc.assert(
      fc.property(fc.oneof(odd, fc.json()), (text) => assert.equal(readFacts(text), null)),
      { numRuns: 500 },
    );
  });
});

test('any key and any bytes come back as they were stored', MINUTE, async (t) => {
  const store = await startTestStore(t);
  const key = fc.string({ unit: 'binary', minLength: 1, maxLength: 200 });
  await fc.assert(
    fc.asyncProperty(key, fc.uint8Array({ maxLength: 2000 }), async (name, body) => {
      const headers = { 'content-length': String(body.byteLength), 'x-amz-checksum-sha256': sha256(body) };
      const put = await store.s3.presign('PUT', name, { headers, seconds: 60 });
      assert.equal((await sendTo(put.url, { method: 'PUT', headers, body: [body] })).status, 200);
      const { url } = await store.s3.presign('GET', name, { seconds: 60 });
      assert.deepEqual(new Uint8Array((await sendTo(url, {})).body), body);
    }),
    { numRuns: 150 },
  );
  await soundAfter(store);
});

const SMUGGLED = [
  'PUT /bucket/key HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
  'PUT /bucket/key HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcde',
  'PUT /bucket/key HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n',
  'PUT /bucket/key HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
  'GET /bucket/key HTTP/1.1\r\n\r\n',
  'GET http://x/bucket/key HTTP/1.1\r\nHost: x\r\n\r\n',
  'GET /bucket HTTP/1.0\r\n\r\n',
];
