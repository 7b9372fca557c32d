import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { signText } from '../../demo/storage/signature.ts';
import { encoded, FILE, type FormFields, type Piece, piecesOf, post, postForm, signed, WANTED } from './forms.ts';
import { BODY, OTHER } from './presigned-tries.ts';
import { BUCKET, md5, NOON, sha256, signer, startTestStore, type TestStore } from './support.ts';

const without = (fields: FormFields, name: string): FormFields =>
  Object.fromEntries(Object.entries(fields).filter(([each]) => each !== name));

const isStored = async (store: TestStore, key = 'forms/1') => (await store.s3.send('HEAD', key)).status === 200;

/** Signs a policy as it stands, in the way that a client of its own would. */
function signedPolicy(policy: unknown, at = '20261121T120000Z'): FormFields {
  const text = typeof policy === 'string' ? policy : JSON.stringify(policy);
  const scope = { accessKeyId: 'AKTEST', day: at.slice(0, 8), region: 'eu-central-1', service: 's3' };
  const base64 = Buffer.from(text).toString('base64');
  return {
    'x-amz-algorithm': 'AWS4-HMAC-SHA256',
    'x-amz-credential': `${scope.accessKeyId}/${scope.day}/${scope.region}/s3/aws4_request`,
    'x-amz-date': at,
    policy: base64,
    'x-amz-signature': signText(base64, scope, 'a-secret-for-tests-0123456789'),
  };
}
const SIGNING = [
  ['starts-with', '$x-amz-algorithm', ''],
  ['starts-with', '$x-amz-credential', ''],
  ['starts-with', '$x-amz-date', ''],
];
const LATER = '2026-11-21T12:01:00.000Z';

test('a signature is that of the example in the documentation of Amazon S3', () => {
  const conditions = [
    '    {"bucket": "sigv4examplebucket"},',
    '    ["starts-with", "$key", "user/user1/"],',
    '    {"acl": "public-read"},',
    '    {"success_action_redirect": "http://sigv4examplebucket.s3.amazonaws.com/successful_upload.html"},',
    '    ["starts-with", "$Content-Type", "image/"],',
    '    {"x-amz-meta-uuid": "14365123651274"},',
    '    {"x-amz-server-side-encryption": "AES256"},',
    '    ["starts-with", "$x-amz-meta-tag", ""],',
    '',
    '    {"x-amz-credential": "AKIAIOSFODNN7EXAMPLE/20151229/us-east-1/s3/aws4_request"},',
    '    {"x-amz-algorithm": "AWS4-HMAC-SHA256"},',
    '    {"x-amz-date": "20151229T000000Z" }',
  ];
  const lines = ['{ "expiration": "2015-12-30T12:00:00.000Z",', '  "conditions": [', ...conditions, '  ]', '}'];
  const policy = Buffer.from(lines.join('\r\n')).toString('base64');
  const scope = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', day: '20151229', region: 'us-east-1', service: 's3' };
  assert.equal(
    signText(policy, scope, 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'),
    '8afdbf4008c03f22c2cd3cdb72e4afbb1f6a588f3255ac628749a66d7f09699e',
  );
});

describe('a form with a signed policy', () => {
  test('is stored with its type, its checksum and exactly its bytes', async (t) => {
    const store = await startTestStore(t);
    const reply = await postForm(store, await signed(store));
    assert.deepEqual([reply.status, reply.body.byteLength], [204, 0]);
    assert.equal(reply.headers.etag, `"${Buffer.from(md5(BODY), 'base64').toString('hex')}"`);
    assert.equal(reply.headers['x-amz-checksum-sha256'], sha256(BODY));
    const found = await store.sdk.send(
      new GetObjectCommand({ Bucket: BUCKET, Key: 'forms/1', ChecksumMode: 'ENABLED' }),
    );
    assert.deepEqual([found.ContentType, found.ChecksumSHA256], ['image/png', sha256(BODY)]);
    assert.deepEqual(await found.Body?.transformToByteArray(), new Uint8Array(BODY));
    assert.deepEqual(store.faults, []);
  });

  test('is read as the FormData of a browser writes it, an empty file too', async (t) => {
    const store = await startTestStore(t);
    const fields = { ...WANTED, key: 'leer/ü & "ö".png', 'x-amz-checksum-sha256': sha256('') };
    const { fields: all } = await store.s3.signForm(fields, { size: 0, seconds: 60 });
    const form = new FormData();
    for (const [name, value] of Object.entries(all)) form.append(name, value);
    form.append('file', new Blob([]), 'ü".png');
    assert.equal((await fetch(`${store.url}/${BUCKET}`, { method: 'POST', body: form })).status, 204);
    assert.equal((await store.s3.send('HEAD', fields.key)).headers.get('content-length'), '0');
  });

  test('is read the same however its bytes are cut, and streams files of many chunks', async (t) => {
    const store = await startTestStore(t);
    const body = encoded([...piecesOf(await signed(store)), FILE]);
    const single = Array.from(body, (byte) => Buffer.from([byte]));
    assert.equal((await post(store, single)).status, 204);
    // Full of what looks like the beginning of a boundary.
    const large = Buffer.alloc(3_000_001, '\r\n------boundary-of-a-tes');
    const fields = { ...WANTED, key: 'large', 'x-amz-checksum-sha256': sha256(large) };
    const { fields: all } = await store.s3.signForm(fields, { size: large.byteLength, seconds: 60 });
    assert.equal((await postForm(store, all, { ...FILE, value: large })).status, 204);
    const stored = await (await store.s3.send('GET', 'large')).arrayBuffer();
    assert.equal(Buffer.compare(Buffer.from(stored), large), 0);
  });

  for (const [wanted, status] of [
    ['200', 200],
    ['201', 201],
    ['204', 204],
    ['302', 204],
  ] as const) {
    test(`is answered ${status} where it asks for ${wanted}`, async (t) => {
      const store = await startTestStore(t);
      const fields = await signed(store, { ...WANTED, success_action_status: wanted });
      const reply = await postForm(store, fields);
      assert.equal(reply.status, status);
      const document = reply.body.toString();
      if (status === 201) assert.match(document, /<PostResponse .*<Bucket>bucket<\/Bucket><Key>forms\/1<\/Key><ETag>/);
      else assert.equal(document, '');
    });
  }

  test('lets pages of the CORS rules read its answer and its refusal, and no others', async (t) => {
    const store = await startTestStore(t);
    const rule = '<AllowedOrigin>https://page.example</AllowedOrigin><AllowedMethod>POST</AllowedMethod>';
    const body = `<CORSConfiguration><CORSRule>${rule}<ExposeHeader>ETag</ExposeHeader></CORSRule></CORSConfiguration>`;
    await store.s3.send('PUT', '', { query: { cors: '' }, body });
    const fields = await signed(store);
    const readers = async (origin: string) => {
      const { status, headers } = await postForm(store, fields, FILE, { origin });
      return [status, headers['access-control-allow-origin'], headers['access-control-expose-headers']];
    };
    assert.deepEqual(await readers('https://page.example'), [204, 'https://page.example', 'ETag']);
    assert.deepEqual(await readers('https://page.example'), [412, 'https://page.example', 'ETag']);
    assert.deepEqual(await readers('https://other.example'), [412, undefined, undefined]);
  });

  test('of ten at once for one key exactly one is stored', async (t) => {
    const store = await startTestStore(t);
    const fields = await signed(store);
    const replies = await Promise.all(Array.from({ length: 10 }, () => postForm(store, fields)));
    assert.deepEqual(replies.map(({ status }) => status).sort(), [204, ...Array.from({ length: 9 }, () => 412)]);
  });
});

interface Bent {
  readonly name: string;
  /** Changes what was signed. */
  readonly bend?: (fields: FormFields) => FormFields;
  readonly file?: Partial<Piece>;
  readonly wanted: readonly [number, string];
  /** Milliseconds from signing to sending. */
  readonly later?: number;
  readonly wrong?: Parameters<typeof signer>[2];
}

const same = (fields: FormFields): FormFields => fields;
const DENIED = [403, 'AccessDenied'] as const;
const BENT: readonly Bent[] = [
  // Who signed
  { name: 'the last second', later: 59_000, wanted: [204, ''] },
  { name: 'an expired policy', later: 60_000, wanted: DENIED },
  { name: 'a policy of tomorrow', later: -16 * 60_000, wanted: DENIED },
  { name: 'no policy', bend: (all) => without(all, 'policy'), wanted: DENIED },
  { name: 'no signature', bend: (all) => without(all, 'x-amz-signature'), wanted: [403, 'SignatureDoesNotMatch'] },
  {
    name: 'another signature',
    bend: (all) => ({ ...all, 'x-amz-signature': '0'.repeat(64) }),
    wanted: [403, 'SignatureDoesNotMatch'],
  },
  {
    name: 'a policy changed after it was signed',
    bend: (all) => ({
      ...all,
      policy: Buffer.from('{"expiration":"2030-01-01T00:00:00Z","conditions":[]}').toString('base64'),
    }),
    wanted: [403, 'SignatureDoesNotMatch'],
  },
  { name: 'a wrong secret', wrong: { secretAccessKey: 'another secret' }, wanted: [403, 'SignatureDoesNotMatch'] },
  { name: 'an unknown key', wrong: { accessKeyId: 'AKOTHER' }, wanted: [403, 'InvalidAccessKeyId'] },
  { name: 'no credential', bend: (all) => without(all, 'x-amz-credential'), wanted: [400, 'InvalidArgument'] },
  { name: 'no date', bend: (all) => without(all, 'x-amz-date'), wanted: [400, 'InvalidArgument'] },
  {
    name: 'another way of signing',
    bend: (all) => ({ ...all, 'x-amz-algorithm': 'HMAC' }),
    wanted: [400, 'InvalidArgument'],
  },
  {
    name: 'the scope of another region',
    bend: (all) => ({ ...all, 'x-amz-credential': 'AKTEST/20261121/us-east-1/s3/aws4_request' }),
    wanted: [400, 'InvalidArgument'],
  },
  { name: 'a session token', bend: (all) => ({ ...all, 'x-amz-security-token': 'x' }), wanted: [403, 'InvalidToken'] },
  // Which bytes
  { name: 'other bytes', file: { value: OTHER }, wanted: [400, 'BadDigest'] },
  { name: 'one byte more', file: { value: Buffer.concat([BODY, Buffer.from('+')]) }, wanted: [400, 'EntityTooLarge'] },
  { name: 'one byte less', file: { value: BODY.subarray(1) }, wanted: [400, 'EntityTooSmall'] },
  { name: 'no bytes', file: { value: '' }, wanted: [400, 'EntityTooSmall'] },
  {
    name: 'another checksum',
    bend: (all) => ({ ...all, 'x-amz-checksum-sha256': sha256(OTHER) }),
    file: { value: OTHER },
    wanted: DENIED,
  },
  { name: 'no checksum', bend: (all) => without(all, 'x-amz-checksum-sha256'), file: { value: OTHER }, wanted: DENIED },
  // Which object
  { name: 'another type', bend: (all) => ({ ...all, 'content-type': 'text/html' }), wanted: DENIED },
  { name: 'another key', bend: (all) => ({ ...all, key: 'forms/2' }), wanted: DENIED },
  { name: 'no key', bend: (all) => without(all, 'key'), wanted: DENIED },
  { name: 'no condition against overwriting', bend: (all) => without(all, 'if-none-match'), wanted: DENIED },
  { name: 'metadata that nobody signed', bend: (all) => ({ ...all, 'x-amz-meta-a': 'b' }), wanted: DENIED },
  { name: 'an ACL that nobody signed', bend: (all) => ({ ...all, acl: 'public-read' }), wanted: DENIED },
  { name: 'a field to be ignored', bend: (all) => ({ ...all, 'x-ignore-this': 'b' }), wanted: [204, ''] },
];

describe('a form is held to its policy:', () => {
  for (const { name, bend = same, file = {}, wanted, later = 0, wrong } of BENT) {
    test(`${name} is answered ${wanted.join(' ').trim()}`, async (t) => {
      const store = await startTestStore(t);
      const fields = await signed(store, WANTED, wrong ? signer(store.url, () => NOON, wrong) : store.s3);
      store.clock = NOON + later;
      const { status, code } = await postForm(store, bend(fields), { ...FILE, ...file });
      store.clock = NOON;
      assert.deepEqual([status, code], wanted);
      assert.equal(await isStored(store), status === 204, 'a refused form leaves no object');
      assert.equal(await isStored(store, 'forms/2'), false);
      assert.deepEqual(readdirSync(join(store.dataDir, 'temporary')), []);
      assert.deepEqual(store.faults, []);
    });
  }

  test('what the store does not do is refused, though it was signed', async (t) => {
    const store = await startTestStore(t);
    for (const [name, value] of [
      ['acl', 'private'],
      ['x-amz-acl', 'public-read'],
      ['x-amz-server-side-encryption', 'AES256'],
      ['tagging', '<Tagging/>'],
      ['success_action_redirect', 'https://page.example/done'],
      ['cache-control', 'no-store'],
      ['if-none-match', '"etag"'],
      // biome-ignore lint/suspicious/noTemplateCurlyInString: what S3 would put a name in for.
      ['key', 'forms/${filename}'],
    ] as const) {
      const { status, code } = await postForm(store, await signed(store, { ...WANTED, [name]: value }));
      assert.deepEqual([name, status, code], [name, 501, 'NotImplemented']);
    }
    assert.equal(await isStored(store), false);
  });

  test('a bucket that is not there, and a policy for another one, are refused', async (t) => {
    const store = await startTestStore(t);
    const body = encoded([...piecesOf(await signed(store)), FILE]);
    const { status, code } = await post(store, body, {}, '/others');
    assert.deepEqual([status, code], DENIED);
  });

  const key = ['eq', '$key', 'forms/1'];
  const bucket = { bucket: BUCKET };
  const POLICIES: readonly [string, unknown, readonly [number, string]][] = [
    [
      'starts-with allows what begins so',
      { expiration: LATER, conditions: [bucket, ...SIGNING, ['starts-with', '$key', 'forms/']] },
      [204, ''],
    ],
    [
      'starts-with refuses another beginning',
      { expiration: LATER, conditions: [bucket, ...SIGNING, ['starts-with', '$key', 'other/']] },
      DENIED,
    ],
    [
      'conditions as objects, in any case, are read',
      { expiration: LATER, conditions: [{ Bucket: BUCKET, KEY: 'forms/1' }, ...SIGNING] },
      [204, ''],
    ],
    [
      'a range around the length is met',
      { expiration: LATER, conditions: [bucket, ...SIGNING, key, ['content-length-range', 1, '100']] },
      [204, ''],
    ],
    [
      'a range above the length is not',
      { expiration: LATER, conditions: [bucket, ...SIGNING, key, ['content-length-range', 100, 200]] },
      [400, 'EntityTooSmall'],
    ],
    ['a field with no condition is refused', { expiration: LATER, conditions: [bucket, ...SIGNING] }, DENIED],
    ['a policy that names no bucket is refused', { expiration: LATER, conditions: [...SIGNING, key] }, DENIED],
    [
      'a condition on a field that is missing is not met',
      { expiration: LATER, conditions: [bucket, ...SIGNING, key, ['starts-with', '$acl', '']] },
      DENIED,
    ],
    ['no expiration', { conditions: [bucket, ...SIGNING, key] }, [400, 'InvalidPolicyDocument']],
    [
      'an expiration that is no date',
      { expiration: '2026-99-99T00:00:00Z', conditions: [] },
      [400, 'InvalidPolicyDocument'],
    ],
    ['no conditions', { expiration: LATER }, [400, 'InvalidPolicyDocument']],
    [
      'a condition of another kind',
      { expiration: LATER, conditions: [['ends-with', '$key', '1']] },
      [400, 'InvalidPolicyDocument'],
    ],
    ['a condition that is a number', { expiration: LATER, conditions: [7] }, [400, 'InvalidPolicyDocument']],
    ['a value that is no text', { expiration: LATER, conditions: [{ key: 7 }] }, [400, 'InvalidPolicyDocument']],
    [
      'a range that ends before it begins',
      { expiration: LATER, conditions: [['content-length-range', 9, 1]] },
      [400, 'InvalidPolicyDocument'],
    ],
    [
      'two ranges',
      {
        expiration: LATER,
        conditions: [
          ['content-length-range', 1, 2],
          ['content-length-range', 1, 99],
        ],
      },
      [400, 'InvalidPolicyDocument'],
    ],
    ['no JSON', 'conditions', [400, 'InvalidPolicyDocument']],
    ['a JSON list', [], [400, 'InvalidPolicyDocument']],
  ];
  for (const [name, policy, wanted] of POLICIES) {
    test(`a policy: ${name}`, async (t) => {
      const store = await startTestStore(t);
      const { status, code } = await postForm(store, { key: 'forms/1', ...signedPolicy(policy) });
      assert.deepEqual([status, code], wanted);
      assert.equal(await isStored(store), status === 204);
    });
  }
});

describe('a form that is not well made', () => {
  const refused = async (store: TestStore, body: Buffer, wanted: readonly [number, string], headers = {}) => {
    const { status, code } = await post(store, body, headers);
    assert.deepEqual([status, code], wanted);
    assert.equal(await isStored(store), false);
    assert.deepEqual(readdirSync(join(store.dataDir, 'temporary')), []);
    assert.deepEqual(store.faults, []);
  };

  test('is refused where anything comes after its file', async (t) => {
    const store = await startTestStore(t);
    const all = piecesOf(await signed(store));
    await refused(store, encoded([...all, FILE, { name: 'submit', value: 'x' }]), [400, 'InvalidArgument']);
    await refused(store, encoded([...all, FILE, FILE]), [400, 'InvalidArgument']);
    await refused(store, encoded([FILE, ...all]), [400, 'InvalidArgument']);
  });

  test('is refused where its file is missing, has another name or is a plain field', async (t) => {
    const store = await startTestStore(t);
    const all = piecesOf(await signed(store));
    await refused(store, encoded(all), [400, 'InvalidArgument']);
    await refused(store, encoded([...all, { ...FILE, name: 'upload' }]), [400, 'InvalidArgument']);
    await refused(store, encoded([...all, { name: 'file', value: BODY }]), [400, 'MalformedPOSTRequest']);
  });

  test('is refused where a field is there twice, in any case', async (t) => {
    const store = await startTestStore(t);
    const all = piecesOf(await signed(store));
    await refused(store, encoded([...all, { name: 'Key', value: 'forms/2' }, FILE]), [400, 'InvalidArgument']);
  });

  test('is refused where its fields are more than 20 KiB, or more than a hundred', async (t) => {
    const store = await startTestStore(t);
    const all = piecesOf(await signed(store));
    const long = { name: 'x-ignore-a', value: 'a'.repeat(20 * 1024) };
    await refused(store, encoded([...all, long, FILE]), [400, 'MaxPostPreDataLengthExceeded']);
    const many = Array.from({ length: 101 }, (_, i) => ({ name: `x-ignore-${i}`, value: '' }));
    await refused(store, encoded([...all, ...many, FILE]), [400, 'MaxPostPreDataLengthExceeded']);
  });

  test('is refused where it is cut off at any byte, and never answered late', async (t) => {
    const store = await startTestStore(t);
    const body = encoded([...piecesOf(await signed(store)), FILE]);
    for (const end of [0, 1, 20, 60, 90, 300, body.length - 60, body.length - 40, body.length - 30, body.length - 6])
      await refused(store, body.subarray(0, end), [400, 'MalformedPOSTRequest']);
  });

  test('is refused where it has no boundary, a length is missing, or its address has a query', async (t) => {
    const store = await startTestStore(t);
    const body = encoded([...piecesOf(await signed(store)), FILE]);
    await refused(store, body, [400, 'MalformedPOSTRequest'], { 'content-type': 'multipart/form-data' });
    await refused(store, body, [411, 'MissingContentLength'], { 'content-length': undefined });
    const { status, code } = await post(store, body, {}, `/${BUCKET}?policy=x`);
    assert.deepEqual([status, code], [400, 'InvalidArgument']);
  });

  test('leaves nothing behind where its sender leaves in the middle of the file', async (t) => {
    const store = await startTestStore(t);
    const body = encoded([...piecesOf(await signed(store)), FILE]);
    const { hostname, port } = new URL(store.url);
    const socket = connect(Number(port), hostname);
    const head = `POST /${BUCKET} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nContent-Type: multipart/form-data; boundary=----boundary-of-a-test\r\nContent-Length: ${body.length}\r\n\r\n`;
    await new Promise<void>((resolve) => {
      socket.on('close', () => resolve());
      socket.write(Buffer.concat([Buffer.from(head), body.subarray(0, -50)]), () => socket.destroy());
    });
    // Whoever comes after it is served, and by then the other's leftovers are gone.
    assert.equal((await postForm(store, await signed(store, { ...WANTED, key: 'next' }))).status, 204);
    assert.equal(await isStored(store), false);
    assert.deepEqual(store.faults, []);
  });
});
