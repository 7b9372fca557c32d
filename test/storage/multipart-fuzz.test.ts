import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { parseCompletion } from '../../demo/storage/complete-upload.ts';
import { nameOfPart, readPartName } from '../../demo/storage/part.ts';
import { S3Error } from '../../demo/storage/s3-error.ts';
import { readUploadFacts } from '../../demo/storage/upload.ts';
import { headerSafe, isClear, MINUTE, odd, soundAfter } from './fuzz-support.ts';
import { begin, md5, sendTo, sha256, startTestStore } from './support.ts';

const BODY = Buffer.from('bytes');
const etag = Buffer.from(md5(BODY), 'base64').toString('hex');

const pieces = fc.constantFrom(
  '<CompleteMultipartUpload>',
  '<CompleteMultipartUpload xmlns="http://s3.amazonaws.com/doc/2006-03-01/">',
  '</CompleteMultipartUpload>',
  '<Part>',
  '</Part>',
  '<Part/>',
  '<PartNumber>',
  '</PartNumber>',
  '<PartNumber>1</PartNumber>',
  '<PartNumber>10001</PartNumber>',
  `<ETag>"${etag}"</ETag>`,
  '<ETag>&quot;&#x22;&#34;</ETag>',
  `<ChecksumSHA256>${sha256(BODY)}</ChecksumSHA256>`,
  '<ChecksumSHA256><b/></ChecksumSHA256>',
  '<__proto__>1</__proto__>',
  '<constructor>1</constructor>',
  '<![CDATA[',
  ']]>',
  '<!--',
  '<!DOCTYPE a [<!ENTITY b "c">]>',
  '&b;',
  '&#x0;',
  '&#1114112;',
);
const part = fc.array(fc.oneof(pieces, odd), { maxLength: 6 }).map((all) => `<Part>${all.join('')}</Part>`);
const completion = fc.oneof(
  odd,
  fc.array(fc.oneof(pieces, odd), { maxLength: 20 }).map((all) => all.join('')),
  fc
    .array(fc.oneof(part, pieces), { maxLength: 6 })
    .map((all) => `<CompleteMultipartUpload>${all.join('')}</CompleteMultipartUpload>`),
);

/** Deep, wide and long documents that have stopped parsers. */
const HOSTILE: readonly [string, string][] = [
  ['elements in elements', `${'<a>'.repeat(200_000)}${'</a>'.repeat(200_000)}`],
  ['parts in parts', `<CompleteMultipartUpload>${'<Part>'.repeat(200_000)}`],
  ['a million empty parts', `<CompleteMultipartUpload>${'<P/>'.repeat(900_000)}</CompleteMultipartUpload>`],
  ['only brackets', '<'.repeat(4_000_000)],
  ['a comment that never ends', `<CompleteMultipartUpload><!--${'-'.repeat(4_000_000)}`],
  ['an attribute that never ends', `<CompleteMultipartUpload a="${'b'.repeat(4_000_000)}`],
  ['half a million references', `<CompleteMultipartUpload>${'&quot;'.repeat(600_000)}</CompleteMultipartUpload>`],
  [
    'an entity bomb',
    '<!DOCTYPE a [<!ENTITY b "0123456789"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]><CompleteMultipartUpload><Part>&c;</Part></CompleteMultipartUpload>',
  ],
];

describe('whatever comes in', MINUTE, () => {
  test('as the list of parts of a completion, it is refused clearly and the upload stays open', async (t) => {
    const store = await startTestStore(t);
    const uploadId = await begin(store.s3, 'key');
    const query = { uploadId };
    const headers = { 'content-length': String(BODY.byteLength) };
    const { url } = await store.s3.presign('PUT', 'key', {
      headers,
      query: { ...query, partNumber: '1' },
      seconds: 60,
    });
    assert.equal((await sendTo(url, { method: 'PUT', headers, body: [BODY] })).status, 200);
    const end = async (xml: string) => {
      const sent = { 'content-length': String(Buffer.byteLength(xml)) };
      const signed = await store.s3.presign('POST', 'key', { headers: sent, query, seconds: 60 });
      return sendTo(signed.url, { method: 'POST', headers: sent, body: [Buffer.from(xml)] });
    };
    await fc.assert(
      fc.asyncProperty(completion, async (xml) => {
        const reply = await end(xml);
        isClear(reply, 'POST');
        assert.notEqual(reply.status, 200);
      }),
      { numRuns: 300 },
    );
    for (const [what, xml] of HOSTILE) {
      const reply = await end(xml);
      assert.deepEqual([what, reply.status], [what, 400]);
    }
    const tooLong = await end(' '.repeat(4 * 1024 ** 2 + 1));
    assert.deepEqual([tooLong.status, tooLong.code], [400, 'EntityTooLarge']);
    const right = `<Part><PartNumber>1</PartNumber><ETag>&quot;${etag}&quot;</ETag><ChecksumSHA256>${sha256(BODY)}</ChecksumSHA256></Part>`;
    assert.equal((await end(`<CompleteMultipartUpload>${right}</CompleteMultipartUpload>`)).status, 200);
    await soundAfter(store);
  });

  test('in a rightly signed call of an upload: method, query, headers, bytes', async (t) => {
    const store = await startTestStore(t);
    const uploadId = await begin(store.s3, 'key');
    const NAMES = [
      'partNumber',
      'max-parts',
      'part-number-marker',
      'uploads',
      'key-marker',
      'upload-id-marker',
      'max-uploads',
      'prefix',
      'encoding-type',
    ];
    const HEADERS = [
      'content-type',
      'content-md5',
      'if-none-match',
      'if-match',
      'x-amz-checksum-sha256',
      'x-amz-checksum-algorithm',
      'x-amz-checksum-type',
      'x-amz-sdk-checksum-algorithm',
      'x-amz-content-sha256',
      'x-amz-meta-note',
    ];
    const trimmed = headerSafe.map((text) => text.trim());
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('GET', 'HEAD', 'PUT', 'POST', 'DELETE'),
        fc.constantFrom('', 'key', 'other'),
        fc.dictionary(fc.constantFrom(...NAMES), fc.oneof(odd, fc.constantFrom('1', '2')), { maxKeys: 4 }),
        fc.option(fc.oneof(odd, fc.constant(uploadId)), { nil: undefined }),
        fc.dictionary(fc.constantFrom(...HEADERS), fc.oneof(trimmed, fc.constant('SHA256')), { maxKeys: 3 }),
        fc.uint8Array({ maxLength: 20 }),
        async (method, key, more, id, headers, body) => {
          const hasBody = method === 'PUT' || method === 'POST';
          const all = { ...headers, ...(hasBody && { 'content-length': String(body.byteLength) }) };
          const query = { ...more, ...(id !== undefined && { uploadId: id }) };
          const { url } = await store.s3.presign(method, key, { headers: all, query, seconds: 60 });
          isClear(await sendTo(url, { method, headers: all, ...(hasBody && { body: [body] }) }), method);
        },
      ),
      { numRuns: 400 },
    );
    await soundAfter(store);
  });

  test('as a document, a file name or the facts of an upload on disk', () => {
    fc.assert(
      fc.property(completion, (xml) => {
        try {
          parseCompletion(xml);
        } catch (error) {
          assert.ok(error instanceof S3Error && error.status !== 500, String(error));
        }
      }),
      { numRuns: 1000 },
    );
    fc.assert(
      fc.property(fc.oneof(odd, fc.json()), (text) => assert.equal(readUploadFacts(text), null)),
      { numRuns: 500 },
    );
    fc.assert(
      fc.property(odd, (name) => assert.equal(readPartName(name), null)),
      { numRuns: 500 },
    );
  });
});

test('the name of the file of a part says all of the part', () => {
  const hex = (length: number) =>
    fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length });
  const shape = {
    number: fc.integer({ min: 1, max: 10_000 }),
    revision: fc.integer({ min: 1, max: 1e9 }),
    size: fc.integer({ min: 0, max: 5 * 1024 ** 3 }),
    md5: hex(32),
    sha256: hex(64),
    modified: fc.integer({ min: 0, max: 4e12 }),
  };
  const facts = fc.record(shape, { noNullPrototype: true });
  fc.assert(fc.property(facts, (one) => assert.deepEqual(readPartName(nameOfPart(one)), one)));
});
