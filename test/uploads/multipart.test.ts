import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import * as v from 'valibot';
import { sweep } from '../../demo/broker/sweep.ts';
import {
  FileList,
  MB,
  type ProblemBody,
  StartedUploads,
  StoredFile,
  UploadReceipt,
  UploadStatus,
} from '../../src/contract/index.ts';
import { type ReceiptKey, verifyUpload } from '../../src/verify/index.ts';
import { PDF, zip } from '../policy/files.ts';
import { at, bare, changed, large, PART } from '../support/file-in-parts.ts';
import type { Who } from '../support/page-key.ts';
import { compositeOf, factsOf, put, sha256Of, UploadRig } from '../support/upload-rig.ts';

const CODE = (body: unknown) => (body as ProblemBody).code;
const WEEK = 7 * 86_400;

describe('a file above 16 MiB', () => {
  let rig: UploadRig;
  before(async () => {
    rig = await UploadRig.start();
  });
  after(() => rig.close());
  const open = async (id: string) => rig.storage.listMultiparts((await rig.row(id)).objectKey);
  const status = async (id: string, who: Who) =>
    v.parse(UploadStatus, (await rig.call('GET', `/v1/uploads/${id}`, undefined, who)).body);

  test('travels in the parts of its plan, in any order, and becomes a file with a receipt, byte for byte', async () => {
    const who = { person: 'anna' };
    const content = large('journey');
    const { sha256: _, ...facts } = factsOf('report.pdf', 'application/pdf', content);
    const started = await rig.post('/v1/uploads', { files: [facts] }, who);
    const [entry] = v.parse(StartedUploads, started.body).files;
    assert.ok(entry && 'upload' in entry);
    const { id } = entry.upload;
    assert.deepEqual(entry.upload, { id, expires_at: '2026-03-09T09:00:00.000Z', part_bytes: PART });
    assert.deepEqual(await rig.room('cases', 'anna'), { app: [0, content.length], person: [0, content.length] });

    const parts = [0, PART, 2 * PART].map((from, i) => {
      const part = content.subarray(from, from + PART);
      return { number: i + 1, size: part.length, sha256: sha256Of(part), bytes: part };
    });
    for (const number of [3, 1, 2]) await rig.sent(id, [at(parts, number)], who);
    assert.deepEqual(await status(id, who), {
      ...{ id, state: 'open', expires_at: '2026-03-09T09:00:00.000Z', is_in_storage: false },
      parts: bare(parts),
    });

    const { file } = await rig.complete(id, who, parts);
    const sum = { sha256: compositeOf(parts), part_bytes: PART };
    assert.deepEqual(
      { ...v.parse(StoredFile, file), receipt: '', reference: '' },
      {
        ...{ id, name: 'report.pdf', size: content.length, type: 'application/pdf', ...sum, reference: '' },
        ...{ stored_at: '2026-03-02T09:00:00.000Z', delete_at: '2027-03-02T09:00:00.000Z', receipt: '' },
      },
    );
    const keys = [rig.deps.keys.receipt.current.publicJwk as ReceiptKey];
    const claims = await verifyUpload(file?.receipt ?? '', {
      issuer: 'https://broker.example',
      keys,
      now: rig.deps.now,
    });
    assert.deepEqual([claims.sha256, claims.part_bytes], [sum.sha256, PART]);
    assert.deepEqual(v.parse(UploadReceipt, claims), claims);
    const listed = v.parse(FileList, (await rig.call('GET', '/v1/files', undefined, who)).body).files[0];
    assert.deepEqual([listed?.sha256, listed?.part_bytes], [sum.sha256, PART]);

    const row = await rig.row(id);
    const kept = await rig.storage.read(row.objectKey, 0, content.length);
    assert.equal(createHash('sha256').update(kept).digest('base64'), sha256Of(content));
    assert.deepEqual([row.sha256, row.leaseUntil, await open(id)], [sum.sha256, null, []]);
    assert.deepEqual((await rig.room('cases', 'anna')).person, [content.length, 0]);
    assert.deepEqual(await rig.acts(id), ['upload.granted', 'upload.stored']);
    const after = await status(id, who);
    assert.deepEqual([after.state, after.parts, after.file?.part_bytes], ['stored', undefined, PART]);
  });

  test('is one byte more than the last that one PUT may bring', async () => {
    const who = { person: 'edge' };
    const facts = factsOf('a.pdf', 'application/pdf', PDF);
    const files = [
      { ...facts, size: 16 * MB },
      { ...facts, name: 'b.pdf', size: 16 * MB + 1 },
    ];
    const started = v.parse(StartedUploads, (await rig.post('/v1/uploads', { files }, who)).body);
    const [whole, inParts] = started.files.map((file) => {
      assert.ok('upload' in file);
      return file.upload;
    });
    assert.ok(whole?.grant && inParts);
    assert.deepEqual([whole.part_bytes, inParts.grant, inParts.part_bytes], [undefined, undefined, PART]);
    assert.deepEqual([whole.expires_at, inParts.expires_at], ['2026-03-03T09:00:00.000Z', '2026-03-09T09:00:00.000Z']);
    // What was said about all of it binds nothing, so it is not kept.
    assert.deepEqual([(await rig.row(whole.id)).sha256, (await rig.row(inParts.id)).sha256], [facts.sha256, null]);
  });

  test('alone may come without a checksum: a smaller one is refused, and nothing is begun', async () => {
    const who = { person: 'sumless' };
    const { sha256: _, ...facts } = factsOf('a.pdf', 'application/pdf', PDF);
    const files = [
      { ...facts, name: 'b.pdf', size: 16 * MB + 1 },
      { ...facts, size: 16 * MB },
    ];
    const answer = await rig.post('/v1/uploads', { files }, who);
    assert.deepEqual([answer.status, CODE(answer.body)], [400, 'bad_request']);
    assert.deepEqual((await rig.room('cases', 'sumless')).person, [0, 0]);
  });

  test('has the same plan when its start is repeated, and one upload at the store', async () => {
    const who = { person: 'repeat' };
    const { sha256: _, ...facts } = factsOf('a.pdf', 'application/pdf', large('repeat'));
    const first = await rig.post('/v1/uploads', { files: [facts] }, who, 'key-parts');
    rig.deps.clock.pass(3600);
    const again = await rig.post('/v1/uploads', { files: [facts] }, who, 'key-parts');
    assert.deepEqual(again.body, first.body);
    const [entry] = v.parse(StartedUploads, first.body).files;
    assert.ok(entry && 'upload' in entry);
    assert.equal((await open(entry.upload.id)).length, 1);
    assert.deepEqual((await rig.room('cases', 'repeat')).person, [0, facts.size]);
  });

  test('is not taken for another of the same name and size, whose bytes nobody knows yet', async () => {
    const { sha256: _, ...facts } = factsOf('clip.pdf', 'application/pdf', large('twin'));
    const answer = await rig.post('/v1/uploads', { files: [facts, facts] }, { person: 'twins' });
    const { files } = v.parse(StartedUploads, answer.body);
    assert.deepEqual(
      files.map((file) => 'upload' in file),
      [true, true],
    );
  });

  test('gets grants for parts of its plan alone, each at most once', async () => {
    const who = { person: 'plan' };
    const { id, parts } = await rig.begun('a.pdf', 'application/pdf', large('plan'), who);
    const [one, two, three] = bare(parts);
    for (const [what, wish] of [
      ['a part behind the last', [{ ...one, number: 4 }]],
      ['an empty part behind the last', [{ ...one, number: 4, size: 0 }]],
      ['the last of the 10,000', [{ ...one, number: 10_000, size: 0 }]],
      ['part 0', [{ ...one, number: 0 }]],
      ['half a part', [{ ...one, number: 1.5 }]],
      ['a part one byte longer', [{ ...one, size: PART + 1 }]],
      ['a part one byte shorter', [{ ...two, size: PART - 1 }]],
      ['a last part as long as the others', [{ ...three, size: PART }]],
      ['the whole file', [{ ...one, size: 16 * MB + 1000 }]],
      ['one part twice', [one, one]],
      ['one right, one wrong', [one, { ...two, size: 1 }]],
      ['no part', []],
      ['more than 100', Array.from({ length: 101 }, () => one)],
      ['a checksum that is none', [{ ...one, sha256: 'x' }]],
    ] as const) {
      const answer = await rig.call('POST', '/v1/uploads/parts', { upload: id, parts: wish }, who);
      assert.deepEqual([answer.status, CODE(answer.body)], [400, 'bad_request'], what);
    }
    const row = await rig.row(id);
    assert.deepEqual(row.grantedUntil, row.createdAt);
  });

  test('gets up to 100 grants at once, and its room is held until the last of them ends', async () => {
    const many = await UploadRig.start({
      template: (template) => ({
        ...template,
        limits: { ...template.limits, max_file_bytes: 1024 * MB, max_total_bytes: 1024 * MB },
      }),
    });
    const sent = { name: 'a.pdf', size: 800 * MB, type: 'application/pdf', sniffed_type: 'application/pdf' };
    const { files } = v.parse(StartedUploads, (await many.post('/v1/uploads', { files: [sent] })).body);
    assert.ok(files[0] && 'upload' in files[0]);
    const { id } = files[0].upload;
    const parts = Array.from({ length: 100 }, (_, i) => ({ number: i + 1, size: PART, sha256: sha256Of(PDF) }));
    many.deps.clock.pass(10);
    const answer = await many.call('POST', '/v1/uploads/parts', { upload: id, parts });
    const signed = answer.body as { parts: { number: number; grant: { expires_at: string } }[] };
    assert.deepEqual(
      signed.parts.map(({ number, grant }) => `${number} ${grant.expires_at}`),
      parts.map(({ number }) => `${number} 2026-03-02T09:02:10.000Z`),
    );
    assert.equal((await many.row(id)).grantedUntil.toISOString(), '2026-03-02T09:02:10.000Z');
    await many.close();
  });

  test('is held to its grants by the store: other bytes or another length are not taken', async () => {
    const who = { person: 'bound' };
    const { id, parts } = await rig.begun('a.pdf', 'application/pdf', large('bound'), who);
    const [grant] = await rig.signed(id, [at(parts, 3)], who);
    assert.ok(grant);
    assert.notEqual(await put(grant, changed(at(parts, 3)).bytes), 200);
    assert.notEqual(await put(grant, at(parts, 3).bytes.subarray(1)), 200);
    assert.deepEqual((await status(id, who)).parts, []);
  });

  test('belongs to one person at one app: for everybody else it is not there', async () => {
    const content = large('mine');
    const { id, parts } = await rig.begun('a.pdf', 'application/pdf', content, { person: 'owner' });
    await rig.sent(id, parts, { person: 'owner' });
    for (const who of [
      { person: 'other' },
      { app: 'photos', person: 'owner' },
      { app: 'globex-cases', person: 'owner' },
    ]) {
      assert.equal((await rig.call('GET', `/v1/uploads/${id}`, undefined, who)).status, 404);
      assert.equal((await rig.call('DELETE', `/v1/uploads/${id}`, undefined, who)).status, 404);
      const wish = { upload: id, parts: bare(parts) };
      assert.equal((await rig.call('POST', '/v1/uploads/parts', wish, who)).status, 404);
      assert.equal((await rig.complete(id, who, parts)).problem?.code, 'not_found');
    }
    assert.ok((await rig.complete(id, { person: 'owner' }, parts)).file);
  });

  test('is complete with exactly its list of checksums; what is refused leaves it open', async () => {
    const who = { person: 'lists' };
    const { id, parts } = await rig.begun('a.pdf', 'application/pdf', large('lists'), who);
    await rig.sent(id, parts.slice(0, 2), who);
    for (const [what, list, code] of [
      ['no list', undefined, 'bad_request'],
      ['one too few', parts.slice(0, 2), 'bad_request'],
      ['one too many', [...parts, at(parts, 3)], 'bad_request'],
      ['a part that is missing', parts, 'not_stored_yet'],
    ] as const) {
      assert.equal((await rig.complete(id, who, list)).problem?.code, code, what);
    }
    await rig.sent(id, parts.slice(2), who);
    for (const [what, list] of [
      ['two in the wrong order', [at(parts, 2), at(parts, 1), at(parts, 3)]],
      ['another last part', [at(parts, 1), at(parts, 2), changed(at(parts, 3))]],
    ] as const) {
      assert.equal((await rig.complete(id, who, list)).problem?.code, 'damaged', what);
    }
    const row = await rig.row(id);
    assert.deepEqual([row.state, row.leaseUntil], ['open', null]);
    assert.ok((await rig.complete(id, who, parts)).file);
  });

  test('says when to ask again while a part is missing', async () => {
    const who = { person: 'early' };
    const { id, parts } = await rig.begun('a.pdf', 'application/pdf', large('early'), who);
    const uploads = [{ id, parts: parts.map(({ sha256 }) => sha256) }];
    const early = await rig.post('/v1/uploads/complete', { uploads }, who, 'key-early');
    assert.deepEqual([early.status, early.headers.get('retry-after')], [200, '1']);
    await rig.sent(id, parts, who);
    const done = await rig.post('/v1/uploads/complete', { uploads }, who, 'key-early');
    assert.equal(done.headers.get('retry-after'), null);
    assert.ok('file' in ((done.body as { files: object[] }).files[0] ?? {}));
  });

  test('may have a damaged part sent again', async () => {
    const who = { person: 'again' };
    const { id, parts } = await rig.begun('a.pdf', 'application/pdf', large('again'), who);
    await rig.sent(id, [at(parts, 1), changed(at(parts, 2)), at(parts, 3)], who);
    assert.equal((await rig.complete(id, who, parts)).problem?.code, 'damaged');
    await rig.sent(id, [at(parts, 2)], who);
    assert.equal((await rig.complete(id, who, parts)).file?.sha256, compositeOf(parts));
  });

  test('is not touched by a part that comes after its end', async () => {
    const who = { person: 'late' };
    const { id, parts } = await rig.begun('a.pdf', 'application/pdf', large('late'), who);
    const other = changed(at(parts, 2));
    const [grant] = await rig.signed(id, [other], who);
    assert.ok(grant);
    await rig.sent(id, parts, who);
    assert.ok((await rig.complete(id, who, parts)).file);
    assert.notEqual(await put(grant, other.bytes), 200);
    const { objectKey } = await rig.row(id);
    assert.equal((await rig.storage.head(objectKey))?.sha256, compositeOf(parts));
    assert.deepEqual(await open(id), []);
    const wish = { upload: id, parts: bare(parts) };
    assert.equal((await rig.call('POST', '/v1/uploads/parts', wish, who)).status, 410);
  });

  test('that is not what its name says is refused, its object deleted, its room back when nothing can come any more', async () => {
    const who = { person: 'liar' };
    const { id, parts } = await rig.begun('a.pdf', 'application/pdf', large('', zip(['a'])), who);
    await rig.sent(id, parts, who);
    assert.equal((await rig.complete(id, who, parts)).problem?.code, 'file_mismatch');
    const { objectKey, state } = await rig.row(id);
    assert.deepEqual([state, await rig.storage.head(objectKey)], ['refused', null]);
    rig.deps.clock.pass(181);
    await sweep(rig.deps);
    assert.deepEqual((await rig.room('cases', 'liar')).person, [0, 0]);
  });

  test('that is aborted leaves nothing at the store: a grant that still lives brings nothing back', async () => {
    const who = { person: 'abort' };
    const { id, parts } = await rig.begun('a.pdf', 'application/pdf', large('abort'), who);
    await rig.sent(id, parts.slice(0, 2), who);
    const [grant] = await rig.signed(id, [at(parts, 3)], who);
    assert.ok(grant);
    assert.equal((await rig.call('DELETE', `/v1/uploads/${id}`, undefined, who)).status, 204);
    assert.equal((await rig.call('DELETE', `/v1/uploads/${id}`, undefined, who)).status, 204);
    assert.notEqual(await put(grant, at(parts, 3).bytes), 200);
    assert.deepEqual(await open(id), []);
    assert.equal((await rig.complete(id, who, parts)).problem?.code, 'upload_over');
    const wish = { upload: id, parts: bare(parts) };
    assert.equal((await rig.call('POST', '/v1/uploads/parts', wish, who)).status, 410);
    assert.deepEqual((await rig.room('cases', 'abort')).person, [0, 16 * MB + 1000]);
    rig.deps.clock.pass(121);
    await sweep(rig.deps);
    assert.deepEqual((await rig.room('cases', 'abort')).person, [0, 0]);
    assert.deepEqual(await rig.acts(id), ['upload.granted', 'upload.aborted', 'upload.cleared']);
  });

  test('may go on for a week, not a second longer; then the sweep leaves nothing of it', async () => {
    const who = { person: 'week' };
    const { id, parts } = await rig.begun('a.pdf', 'application/pdf', large('week'), who);
    await rig.sent(id, parts.slice(0, 1), who);
    rig.deps.clock.pass(WEEK - 1);
    await sweep(rig.deps);
    assert.equal((await status(id, who)).parts?.length, 1);
    rig.deps.clock.pass(1);
    assert.equal((await rig.complete(id, who, parts)).problem?.code, 'upload_over');
    await sweep(rig.deps);
    assert.deepEqual([(await rig.row(id)).state, await open(id)], ['expired', []]);
    assert.deepEqual((await rig.room('cases', 'week')).person, [0, 0]);
  });

  test('that the store has forgotten is over: its status says so, and its completion gives the room back', async () => {
    const who = { person: 'forgotten' };
    const { id, parts } = await rig.begun('a.pdf', 'application/pdf', large('forgotten'), who);
    await rig.sent(id, parts, who);
    const { objectKey, multipartId } = await rig.row(id);
    await rig.storage.abortMultipart(objectKey, multipartId ?? '');
    const { state, is_in_storage, parts: listed } = await status(id, who);
    assert.deepEqual([state, is_in_storage, listed], ['expired', false, undefined]);
    assert.equal((await rig.complete(id, who, parts)).problem?.code, 'upload_over');
    assert.equal((await rig.row(id)).state, 'aborted');
    rig.deps.clock.pass(181);
    await sweep(rig.deps);
    assert.deepEqual((await rig.room('cases', 'forgotten')).person, [0, 0]);
  });

  test('goes like any other file: opened, deleted, its room back', async () => {
    const who = { person: 'file' };
    const content = large('file');
    const { id, parts } = await rig.begun('a.pdf', 'application/pdf', content, who);
    await rig.sent(id, parts, who);
    assert.ok((await rig.complete(id, who, parts)).file);
    const { url } = (await rig.call('POST', `/v1/files/${id}/url`, undefined, who)).body as { url: string };
    const got = new Uint8Array(await (await fetch(url)).arrayBuffer());
    assert.equal(sha256Of(got), sha256Of(content));
    rig.deps.clock.pass(181);
    assert.equal((await rig.call('DELETE', `/v1/files/${id}`, undefined, who)).status, 204);
    assert.deepEqual((await rig.room('cases', 'file')).person, [0, 0]);
  });
});
