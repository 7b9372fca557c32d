import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { eq } from 'drizzle-orm';
import * as v from 'valibot';
import { batch } from '../../demo/uploads/schema.ts';
import { CompletedUploads, type ProblemBody, StartedUploads, UploadStatus } from '../../src/contract/index.ts';
import { bytes, EXE, JPEG, PDF, utf8, zip } from '../policy/files.ts';
import { RecordedJobs } from '../support/broker.ts';
import { factsOf, put, sha256Of, UploadRig } from '../support/upload-rig.ts';

const CODE = (body: unknown) => (body as ProblemBody).code;
const pdf = (more = '') => bytes(PDF, more);

describe('an upload', () => {
  let rig: UploadRig;
  before(async () => {
    rig = await UploadRig.start();
  });
  after(() => rig.close());

  test('goes from its grant to a file with a receipt, byte for byte', async () => {
    const content = pdf('bytes');
    const who = { person: 'anna' };
    const { id, grant } = await rig.granted(factsOf('report.pdf', 'application/pdf', content), who);
    assert.deepEqual(await rig.room('cases', 'anna'), { app: [0, content.length], person: [0, content.length] });
    assert.equal((await rig.complete(id, who)).problem?.code, 'not_stored_yet');
    assert.equal(await put(grant, content), 200);
    const status = await rig.call('GET', `/v1/uploads/${id}`, undefined, who);
    assert.equal(v.parse(UploadStatus, status.body).is_in_storage, true);

    const { file } = await rig.complete(id, who);
    assert.ok(file);
    assert.deepEqual(
      { ...file, receipt: '', reference: '' },
      {
        ...{ id, name: 'report.pdf', size: content.length, type: 'application/pdf', sha256: sha256Of(content) },
        ...{ reference: '', stored_at: '2026-03-02T09:00:00.000Z', delete_at: '2027-03-02T09:00:00.000Z', receipt: '' },
      },
    );
    const row = await rig.row(id);
    assert.match(row.objectKey, /^acme\/cases\/[A-Za-z0-9]{22}$/);
    assert.deepEqual(await rig.storage.read(row.objectKey, 0, content.length), new Uint8Array(content));
    assert.deepEqual(await rig.room('cases', 'anna'), { app: [content.length, 0], person: [content.length, 0] });
    assert.deepEqual(await rig.acts(id), ['upload.granted', 'upload.stored']);
  });

  test('is stored once, also when it is completed again with another key', async () => {
    const content = pdf('again');
    const file = await rig.stored('a.pdf', 'application/pdf', content);
    const again = await rig.complete(file.id);
    assert.equal(again.file?.stored_at, file.stored_at);
    assert.deepEqual((await rig.room()).person, [content.length, 0]);
    assert.deepEqual(await rig.acts(file.id), ['upload.granted', 'upload.stored']);
  });

  test('refuses other bytes, another length and a second write at the storage', async () => {
    const content = pdf('bound');
    const { grant } = await rig.granted(factsOf('a.pdf', 'application/pdf', content), { person: 'bound' });
    assert.notEqual(await put(grant, pdf('other')), 200);
    assert.notEqual(await put(grant, bytes(content, 'x')), 200);
    assert.equal(await put(grant, content), 200);
    assert.equal(await put(grant, content), 412);
  });

  test('answers one entry per file: a grant or what is wrong with it', async () => {
    const files = [
      factsOf('a.pdf', 'application/pdf', pdf('1')),
      factsOf('a.pdf', 'application/pdf', pdf('1')),
      factsOf('b.exe', 'application/x-msdownload', EXE),
      factsOf('c.pdf', 'application/pdf', zip(['a']), 'application/zip'),
      { ...factsOf('d.pdf', 'application/pdf', pdf()), size: 104_857_601 },
      factsOf('e.txt', 'text/plain', utf8('hello')),
    ];
    const answer = await rig.post('/v1/uploads', { files }, { person: 'mixed' });
    const parsed = v.parse(StartedUploads, answer.body);
    assert.deepEqual(
      parsed.files.map((file) => ('problem' in file ? [file.problem.code, file.problem.figures] : 'granted')),
      [
        'granted',
        ['file_duplicate', undefined],
        ['file_active', undefined],
        ['file_mismatch', { named: '.pdf', found: 'application/zip' }],
        ['file_large', { limit: 104_857_600, size: 104_857_601 }],
        'granted',
      ],
    );
    assert.deepEqual((await rig.room('cases', 'mixed')).person, [0, pdf('1').length + 5]);
  });

  test('of exactly the limit is planned in parts', async () => {
    const facts = { ...factsOf('a.pdf', 'application/pdf', pdf()), size: 104_857_600 };
    const answer = await rig.post('/v1/uploads', { files: [facts] }, { person: 'exact' });
    const [entry] = (answer.body as StartedUploads).files;
    assert.ok(entry && 'upload' in entry, JSON.stringify(answer.body));
    assert.equal(entry.upload.part_bytes, 8_388_608);
    assert.equal((await rig.row(entry.upload.id)).size, 104_857_600);
  });

  test('ends at its life: nothing is granted or completed after it', async () => {
    const content = pdf('late');
    const who = { person: 'late' };
    const { id, grant } = await rig.granted(factsOf('a.pdf', 'application/pdf', content), who);
    assert.equal(await put(grant, content), 200);
    const part = { upload: id, parts: [{ number: 1, size: content.length, sha256: sha256Of(content) }] };
    rig.deps.clock.pass(86_400);
    assert.equal((await rig.complete(id, who)).problem?.code, 'upload_over');
    assert.equal(CODE((await rig.call('POST', '/v1/uploads/parts', part, who)).body), 'upload_over');
  });

  test('belongs to one person at one app: for everybody else it is not there', async () => {
    const content = pdf('mine');
    const { id } = await rig.granted(factsOf('a.pdf', 'application/pdf', content), { person: 'owner' });
    const part = { upload: id, parts: [{ number: 1, size: content.length, sha256: sha256Of(content) }] };
    for (const who of [
      { person: 'other' },
      { app: 'photos', person: 'owner' },
      { app: 'globex-cases', person: 'owner' },
    ]) {
      assert.equal((await rig.call('GET', `/v1/uploads/${id}`, undefined, who)).status, 404);
      assert.equal((await rig.call('DELETE', `/v1/uploads/${id}`, undefined, who)).status, 404);
      assert.equal((await rig.call('POST', '/v1/uploads/parts', part, who)).status, 404);
      assert.equal((await rig.complete(id, who)).problem?.code, 'not_found');
    }
    assert.equal((await rig.row(id)).state, 'open');
  });

  test('needs the scope uploads:create', async () => {
    const answer = await rig.post('/v1/uploads', { files: [factsOf('a.pdf', '', pdf())] }, { scopes: ['files:read'] });
    assert.deepEqual([answer.status, CODE(answer.body)], [403, 'not_allowed']);
  });

  test('is not begun while the app is paused; what was begun may end', async () => {
    const content = pdf('paused');
    const { id, grant } = await rig.granted(factsOf('a.pdf', 'application/pdf', content), { person: 'paused' });
    assert.equal(await put(grant, content), 200);
    const { record } = rig.deps.registry.app('cases');
    record.mode = 'paused';
    try {
      const answer = await rig.post('/v1/uploads', { files: [factsOf('a.pdf', '', content)] });
      assert.equal(CODE(answer.body), 'app_paused');
      assert.ok((await rig.complete(id, { person: 'paused' })).file);
    } finally {
      record.mode = 'live';
    }
  });

  test('costs no room where the bucket is not cleared for grants', async () => {
    rig.storage.clear(null);
    const who = { person: 'unsafe' };
    const answer = await rig.post('/v1/uploads', { files: [factsOf('a.pdf', '', pdf())] }, who);
    rig.storage.clear('checksum');
    assert.deepEqual([answer.status, CODE(answer.body)], [503, 'bucket_unsafe']);
    assert.deepEqual((await rig.room('cases', 'unsafe')).person, [0, 0]);
  });
});

describe('a client that lies', () => {
  let rig: UploadRig;
  before(async () => {
    rig = await UploadRig.start();
  });
  after(() => rig.close());

  const lies = [
    ['a ZIP archive sent as a PDF', 'a.pdf', 'application/pdf', zip(['a']), 'file_mismatch'],
    ['a program sent as a picture', 'a.png', 'image/png', EXE, 'file_active'],
    ['a page sent as text', 'a.txt', 'text/plain', utf8('<script>alert(1)</script>'), 'file_active'],
    [
      'a picture with an archive behind it',
      'a.jpg',
      'image/jpeg',
      bytes(JPEG, 'x'.repeat(70_000), zip(['a'])),
      'file_mismatch',
    ],
  ] as const;
  for (const [what, name, type, content, code] of lies) {
    test(`${what} ends in ${code}: refused, its object deleted, its room back once no grant lives`, async () => {
      const who = { person: `liar-${name}-${content.length}` };
      const { id, grant } = await rig.granted(factsOf(name, type, content), who);
      assert.equal(await put(grant, content), 200);
      const { problem } = await rig.complete(id, who);
      assert.equal(problem?.code, code);
      if (code === 'file_mismatch') assert.equal(problem?.figures?.found, 'application/zip');
      const row = await rig.row(id);
      assert.equal(row.state, 'refused');
      assert.equal(await rig.storage.head(row.objectKey), null);
      assert.equal((await rig.complete(id, who)).problem?.code, 'upload_over');
      assert.deepEqual(await rig.acts(id), ['upload.granted', 'upload.refused']);
    });
  }

  test('about the checksum gets nothing stored', async () => {
    const content = pdf('sum');
    const { id, grant } = await rig.granted({ ...factsOf('a.pdf', '', content), sha256: sha256Of(pdf('x')) });
    assert.notEqual(await put(grant, content), 200);
    assert.equal((await rig.complete(id)).problem?.code, 'not_stored_yet');
  });
});

describe('an object that differs from what was granted', () => {
  test('is refused as damaged, also where the store keeps no checksum', async () => {
    const rig = await UploadRig.start();
    const { storage } = rig;
    const content = pdf('x'.repeat(9_000_000));
    let answer: Awaited<ReturnType<typeof storage.head>> = null;
    const odd = new Proxy(storage, {
      get: (target, name) => (name === 'head' ? async () => answer : Reflect.get(target, name)),
    });
    Object.assign(rig.deps, { storage: odd });
    for (const [change, code] of [
      [{ size: 1 }, 'damaged'],
      [{ type: 'text/html' }, 'damaged'],
      [{ sha256: sha256Of(pdf()) }, 'damaged'],
      [{ sha256: null }, undefined],
    ] as const) {
      const { id, grant } = await rig.granted(factsOf('a.pdf', 'application/pdf', content));
      assert.equal(await put(grant, content), 200);
      answer = { size: content.length, type: 'application/pdf', sha256: sha256Of(content), ...change };
      assert.equal((await rig.complete(id)).problem?.code, code);
    }
    await rig.close();
  });
});

describe('an upload that is aborted', () => {
  let rig: UploadRig;
  before(async () => {
    rig = await UploadRig.start();
  });
  after(() => rig.close());

  test('loses its object and gets no more grants; again is fine', async () => {
    const content = pdf('abort');
    const { id, grant } = await rig.granted(factsOf('a.pdf', 'application/pdf', content));
    assert.equal(await put(grant, content), 200);
    assert.equal((await rig.call('DELETE', `/v1/uploads/${id}`)).status, 204);
    assert.equal((await rig.call('DELETE', `/v1/uploads/${id}`)).status, 204);
    assert.equal(await rig.storage.head((await rig.row(id)).objectKey), null);
    assert.equal((await rig.complete(id)).problem?.code, 'upload_over');
    const part = { upload: id, parts: [{ number: 1, size: content.length, sha256: sha256Of(content) }] };
    assert.equal((await rig.call('POST', '/v1/uploads/parts', part)).status, 410);
    assert.deepEqual(await rig.acts(id), ['upload.granted', 'upload.aborted']);
  });

  test('was stored before: then it is a file and stays', async () => {
    const file = await rig.stored('a.pdf', 'application/pdf', pdf('kept'));
    assert.equal(CODE((await rig.call('DELETE', `/v1/uploads/${file.id}`)).body), 'upload_over');
    assert.equal((await rig.row(file.id)).state, 'stored');
  });
});

describe('fresh grants', () => {
  let rig: UploadRig;
  before(async () => {
    rig = await UploadRig.start();
  });
  after(() => rig.close());

  test('are for the same bytes and move the time until which room is kept', async () => {
    const content = pdf('fresh');
    const { id, grant } = await rig.granted(factsOf('a.pdf', 'application/pdf', content));
    assert.equal(grant.expires_at, '2026-03-02T09:02:00.000Z');
    rig.deps.clock.pass(121);
    assert.notEqual(await put(grant, content), 200);
    const parts = [{ number: 1, size: content.length, sha256: sha256Of(content) }];
    const answer = await rig.call('POST', '/v1/uploads/parts', { upload: id, parts });
    assert.equal(answer.status, 200);
    const [fresh] = (answer.body as { parts: { number: number; grant: typeof grant }[] }).parts;
    assert.equal(fresh?.number, 1);
    assert.equal((await rig.row(id)).grantedUntil.toISOString(), '2026-03-02T09:04:01.000Z');
    assert.equal(fresh && (await put(fresh.grant, content)), 200);
  });

  test('are refused for other bytes than the upload began with', async () => {
    const content = pdf('same');
    const { id } = await rig.granted(factsOf('a.pdf', 'application/pdf', content));
    const right = { number: 1, size: content.length, sha256: sha256Of(content) };
    for (const parts of [
      [{ ...right, number: 2 }],
      [{ ...right, size: content.length + 1 }],
      [{ ...right, sha256: sha256Of(pdf()) }],
      [right, right],
    ]) {
      assert.equal((await rig.call('POST', '/v1/uploads/parts', { upload: id, parts })).status, 400);
    }
  });
});

describe('a batch', () => {
  let rig: UploadRig;
  before(async () => {
    rig = await UploadRig.start({
      jobs: new RecordedJobs(),
      template: (template) => ({ ...template, limits: { ...template.limits, max_files: 3, max_total_bytes: 500 } }),
    });
  });
  after(() => rig.close());
  const file = (i: number, size = 100) => ({ ...factsOf(`${i}.pdf`, 'application/pdf', pdf(String(i))), size });

  test('goes on under one reference, and its limits hold over all its starts', async () => {
    const first = await rig.post('/v1/uploads', { files: [file(1), file(2)] });
    const { batch, reference, files } = first.body as StartedUploads;
    const over = await rig.post('/v1/uploads', { files: [file(3), file(4)], batch });
    assert.deepEqual(
      [over.status, CODE(over.body), (over.body as ProblemBody).figures],
      [422, 'too_many', { limit: 3, size: 4 }],
    );
    const large = await rig.post('/v1/uploads', { files: [file(3, 301)], batch });
    assert.deepEqual((large.body as ProblemBody).figures, { limit: 500, size: 501, rest: 1 });
    const [entry] = files;
    assert.ok(entry && 'upload' in entry);
    assert.equal((await rig.call('DELETE', `/v1/uploads/${entry.upload.id}`)).status, 204);
    const more = await rig.post('/v1/uploads', { files: [file(3), file(4)], batch });
    assert.deepEqual(
      [(more.body as StartedUploads).batch, (more.body as StartedUploads).reference],
      [batch, reference],
    );
  });

  test('of somebody else is not there, and neither is a folder of somebody else', async () => {
    const { batch } = (await rig.post('/v1/uploads', { files: [file(1)] }, { person: 'a' })).body as StartedUploads;
    assert.equal((await rig.post('/v1/uploads', { files: [file(2)], batch }, { person: 'b' })).status, 404);
    assert.equal(
      (await rig.post('/v1/uploads', { files: [file(2)], batch }, { app: 'globex-cases', person: 'a' })).status,
      404,
    );
    const folder = (await rig.call('POST', '/v1/folders', { name: 'Mine' }, { person: 'a' })).body as { id: string };
    assert.equal((await rig.post('/v1/uploads', { files: [file(2)], folder: folder.id }, { person: 'b' })).status, 404);
  });

  test('carries a context of the keys that the template names, and of no other', async () => {
    const good = await rig.post('/v1/uploads', { files: [file(1)], context: { case: '4711' } }, { person: 'c' });
    assert.equal(good.status, 201);
    const [row] = await rig.deps.db.q
      .select()
      .from(batch)
      .where(eq(batch.id, (good.body as StartedUploads).batch));
    assert.deepEqual(row?.context, { case: '4711' });
    for (const context of [{ role: 'admin' }, { case: '4711', role: 'admin' }]) {
      assert.equal((await rig.post('/v1/uploads', { files: [file(1)], context }, { person: 'c' })).status, 400);
    }
  });

  test('is completed entry by entry, in the order asked for', async () => {
    const who = { person: 'order' };
    const content = pdf('done');
    const done = await rig.stored('done.pdf', 'application/pdf', content, who);
    const { id } = await rig.granted(file(9), who);
    const uploads = [{ id }, { id: done.id }, { id: 'nobody-has-this-id' }];
    const answer = await rig.post('/v1/uploads/complete', { uploads }, who);
    const { files } = v.parse(CompletedUploads, answer.body);
    assert.deepEqual(
      files.map((entry) => [entry.id, 'file' in entry ? entry.file.name : entry.problem.code]),
      [
        [id, 'not_stored_yet'],
        [done.id, 'done.pdf'],
        ['nobody-has-this-id', 'not_found'],
      ],
    );
  });

  test('is not completed by a storage that is not there; that may be tried again with the same key', async () => {
    const who = { person: 'outage' };
    const content = pdf('outage');
    const { id, grant } = await rig.granted(factsOf('a.pdf', 'application/pdf', content), who);
    assert.equal(await put(grant, content), 200);
    const { storage } = rig.deps;
    const { createStorage } = await import('../../demo/bucket/storage.ts');
    const dead = createStorage({ ...rig.deps.config.s3, endpoint: 'http://127.0.0.1:1' }, { now: rig.deps.now });
    Object.assign(rig.deps, { storage: dead });
    const body = { uploads: [{ id }] };
    const failed = await rig.post('/v1/uploads/complete', body, who, 'key-outage');
    assert.equal((failed.body as { files: { problem: ProblemBody }[] }).files[0]?.problem.code, 'store_down');
    Object.assign(rig.deps, { storage });
    const again = await rig.post('/v1/uploads/complete', body, who, 'key-outage');
    assert.ok('file' in ((again.body as { files: object[] }).files[0] ?? {}));
  });
});
