import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import fc from 'fast-check';
import { bytes, PDF } from '../policy/files.ts';
import { factsOf, UploadRig } from '../support/upload-rig.ts';

const NAMES = [
  'a.pdf',
  'a.\u0000',
  'a.\ud800',
  'a\u0000.pdf',
  '\u202e.pdf',
  '__proto__',
  '.',
  'a'.repeat(1024),
  '🙂.pdf',
];
const text = fc.oneof(fc.constantFrom(...NAMES), fc.string({ unit: 'binary', maxLength: 40 }));
const junk = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constantFrom(null, -1, 1e308, 2 ** 53, '\u0000', [], {}));
const sum = factsOf('', '', PDF).sha256;

/** Mostly right, so that the fuzz gets past the schema; any field may be junk or missing. */
const spoiled = <T extends Record<string, unknown>>(whole: fc.Arbitrary<T>): fc.Arbitrary<unknown> =>
  fc.tuple(whole, fc.option(fc.tuple(fc.nat(9), fc.option(junk)))).map(([value, spoil]) => {
    const name = spoil && Object.keys(value)[spoil[0]];
    return name ? { ...value, [name]: spoil[1] ?? undefined } : value;
  });

const file = spoiled(
  fc.record({
    name: text,
    size: fc.oneof(
      fc.nat(),
      fc.constantFrom(0, 1, 16_777_216, 16_777_217, 104_857_600, 104_857_601, Number.MAX_SAFE_INTEGER),
    ),
    type: fc.constantFrom('', 'application/pdf', 'text/plain', 'image/png', 'a/b'),
    sniffed_type: fc.constantFrom('', 'application/pdf', 'text/plain', 'a/b'),
    sha256: fc.constantFrom(sum, 'x'),
  }),
);
/** Takes the place of an upload in parts that is open while the fuzz runs: three parts, of which one is stored. */
const OPEN = 'open-in-parts';
const id = fc.oneof(fc.constantFrom('nobody-has-this', OPEN, OPEN), text);
const context = fc.dictionary(fc.constantFrom('case', 'locale', 'other', '__proto__'), text, { maxKeys: 3 });

const BODIES = {
  '/v1/uploads': spoiled(
    fc.record({ files: fc.array(file, { maxLength: 4 }), folder: id, context, batch: id }, { requiredKeys: ['files'] }),
  ),
  '/v1/uploads/parts': spoiled(
    fc.record({
      upload: id,
      parts: fc.array(
        spoiled(
          fc.record({
            number: fc.oneof(fc.integer(), fc.integer({ min: -1, max: 5 }), fc.constant(10_000)),
            size: fc.oneof(fc.nat(), fc.constantFrom(0, 1000, 8_388_608, 8_388_609)),
            sha256: fc.constantFrom(sum, ''),
          }),
        ),
        { maxLength: 3 },
      ),
    }),
  ),
  '/v1/uploads/complete': spoiled(
    fc.record({
      uploads: fc.array(
        spoiled(fc.record({ id, parts: fc.array(fc.constantFrom(sum, sum, sum, 'x'), { maxLength: 4 }) })),
        { maxLength: 3 },
      ),
    }),
  ),
  '/v1/folders': spoiled(fc.record({ name: text })),
} as const;

describe('whatever is sent', () => {
  let rig: UploadRig;
  let open: string;
  before(async () => {
    rig = await UploadRig.start();
    const begun = await rig.begun('a.pdf', 'application/pdf', Buffer.alloc(16_778_216, ' '), { person: 'fuzz' });
    await rig.sent(begun.id, begun.parts.slice(2), { person: 'fuzz' });
    open = begun.id;
  });
  after(() => rig.close());

  for (const [path, body] of Object.entries(BODIES)) {
    test(`POST ${path} never answers 5xx and never repeats what was sent`, async () => {
      const marker = 'zz-marker-zz';
      await fc.assert(
        fc.asyncProperty(body, async (value) => {
          const sent = typeof value === 'object' && value ? { ...value, [marker]: marker } : value;
          const real = JSON.parse(JSON.stringify(sent).replaceAll(OPEN, open));
          const answer = await rig.post(path, real, { person: 'fuzz' }, randomUUID());
          assert.ok(answer.status < 500, `${answer.status} ${JSON.stringify(answer.body)}`);
          assert.ok(!JSON.stringify(answer.body).includes(marker));
        }),
        { numRuns: 150 },
      );
      const { state, leaseUntil } = await rig.row(open);
      assert.deepEqual([state, leaseUntil], ['open', null]);
    });

    test(`POST ${path} refuses what is no JSON, too deep or too large`, async () => {
      for (const [sent, status] of [
        ['', 400],
        ['{', 400],
        ['null', 400],
        ['"\ud800"', 400],
        ['['.repeat(20_000), 400],
        [`{"a":"${'x'.repeat(path === '/v1/uploads/complete' ? 1_100_000 : 300_000)}"}`, 413],
      ] as const) {
        assert.equal((await rig.post(path, sent)).status, status, sent.slice(0, 20));
      }
      const form = await rig.call('POST', path, '{}', {}, { 'content-type': 'text/plain', 'idempotency-key': 'k' });
      assert.equal(form.status, 400);
    });
  }

  test('ids and queries never answer 5xx', async () => {
    await fc.assert(
      fc.asyncProperty(
        text,
        fc.constantFrom('upload', 'abort', 'url', 'delete', 'cursor', 'folder'),
        async (raw, where) => {
          const part = encodeURIComponent(Buffer.from(raw).toString());
          const calls = {
            upload: ['GET', `/v1/uploads/${part}`],
            abort: ['DELETE', `/v1/uploads/${part}`],
            url: ['POST', `/v1/files/${part}/url`],
            delete: ['DELETE', `/v1/files/${part}`],
            cursor: ['GET', `/v1/files?cursor=${part}`],
            folder: ['GET', `/v1/files?folder=${part}`],
          } as const;
          const [method, path] = calls[where];
          const answer = await rig.call(method, path);
          assert.ok(answer.status < 500, `${method} ${path} ${answer.status}`);
        },
      ),
      { numRuns: 200 },
    );
  });

  test('a cursor of any time is read or refused', async () => {
    for (const ms of ['0', '9999999999999', '99999999999999', '253402300800000', '999999999999999']) {
      const { status } = await rig.call('GET', `/v1/files?cursor=${ms}-aaaaaaaa`);
      assert.equal(status, ms.length > 13 ? 400 : 200, ms);
    }
  });

  test('a completion of 10,000 parts is read', async () => {
    const parts = Array.from({ length: 10_000 }, () => sum);
    const answer = await rig.post('/v1/uploads/complete', { uploads: [{ id: open, parts }] }, { person: 'fuzz' });
    assert.equal(answer.status, 200);
    assert.equal((answer.body as { files: { problem: { code: string } }[] }).files[0]?.problem.code, 'bad_request');
    const more = { uploads: [{ id: open, parts: [...parts, sum] }] };
    assert.equal((await rig.post('/v1/uploads/complete', more, { person: 'fuzz' })).status, 400);
  });

  test('a start of 100 files with long names is read', async () => {
    const files = Array.from({ length: 100 }, (_, i) =>
      factsOf(`${i}${'a'.repeat(190)}.pdf`, '', bytes(PDF, String(i))),
    );
    const answer = await rig.post('/v1/uploads', { files }, { person: 'hundred' });
    assert.equal(answer.status, 422, 'the template allows 50');
    const half = await rig.post('/v1/uploads', { files: files.slice(0, 50) }, { person: 'hundred' });
    assert.equal(half.status, 201);
  });
});
