import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import type { FileList, ProblemBody, StartedUploads, UploadStatus } from '../../src/contract/index.ts';
import { granted, type HandClient, put, sha256, signInByHand } from './support/client.ts';
import { type Demo, startDemo } from './support/demo.ts';
import { jpegBytes, pngBytes } from './support/files.ts';
import { storedHashes } from './support/storage.ts';
import { until } from './support/tab.ts';

const MB = 1024 * 1024;

describe('what the running parts refuse', () => {
  let demo: Demo;
  let jo: HandClient;
  before(async () => {
    demo = await startDemo({
      env: { DEMO_SHORT_LIVES: '1', SWEEP_SECONDS: '1', UPLOAD_SECONDS: '4', GRANT_SECONDS: '3' },
    });
    jo = await signInByHand(demo, 'cs-screenshots', 'jo');
  });
  after(() => demo?.stop());

  const photo = () => ({ name: 'photo.jpg', type: 'image/jpeg', bytes: jpegBytes(100_000) });

  describe('the storage, under a grant', () => {
    test('one byte more, other bytes, another type: each is refused and nothing is stored', async () => {
      const file = photo();
      const { grant } = granted(await jo.start([file]));
      const other = Buffer.from(file.bytes);
      other[50_000] = (other[50_000] ?? 0) ^ 1;
      const statuses = [
        await put(grant, Buffer.concat([file.bytes, Buffer.of(0)])),
        await put(grant, other),
        await put(grant, file.bytes, { 'content-type': 'text/html' }),
        await put(
          { ...grant, url: grant.url.replace(/(?<=X-Amz-Signature=)./, (digit) => (digit === '0' ? '1' : '0')) },
          file.bytes,
        ),
      ];
      for (const status of statuses) assert.ok(status === 403 || status === 400, String(statuses));
      assert.ok(!(await storedHashes(demo)).includes(sha256(file.bytes)));
      assert.equal(await put(grant, file.bytes), 200, 'the granted bytes still go through');
    });

    test('a second PUT finds the first', async () => {
      const file = photo();
      const { grant } = granted(await jo.start([file]));
      assert.equal(await put(grant, file.bytes), 200);
      assert.equal(await put(grant, file.bytes), 412);
    });

    test('an expired grant is refused', async () => {
      const file = photo();
      const { grant } = granted(await jo.start([file]));
      await wait(Date.parse(grant.expires_at) - Date.now() + 1000);
      assert.equal(await put(grant, file.bytes), 403);
    });
  });

  describe('the broker, of a client that lies', () => {
    test('one byte over the limit', async () => {
      const bytes = jpegBytes(15 * MB + 1);
      const started = await jo.start([{ name: 'large.jpg', type: 'image/jpeg', bytes }]);
      const [first] = started.files;
      assert.ok(first && 'problem' in first);
      assert.equal(first.problem.code, 'file_large');
      assert.deepEqual(first.problem.figures, { limit: 15 * MB, size: 15 * MB + 1 });
    });

    test('a program that calls itself a photo is refused at completion and deleted', async () => {
      const program = {
        name: 'holiday.jpg',
        type: 'image/jpeg',
        bytes: Buffer.concat([Buffer.from('MZ'), jpegBytes(5000)]),
      };
      const { id, grant } = granted(await jo.start([program]));
      assert.equal(await put(grant, program.bytes), 200);
      const [settled] = (await jo.complete(id)).files;
      assert.ok(settled && 'problem' in settled);
      assert.ok(['file_mismatch', 'file_active'].includes(settled.problem.code), settled.problem.code);
      assert.ok(!(await storedHashes(demo)).includes(sha256(program.bytes)));
      const { body } = (await jo.call('GET', `/v1/uploads/${id}`)) as { body: UploadStatus };
      assert.equal(body.state, 'refused');
    });

    test('completing what was never sent can be tried again', async () => {
      const file = photo();
      const { id, grant } = granted(await jo.start([file]));
      const [early] = (await jo.complete(id)).files;
      assert.ok(early && 'problem' in early);
      assert.equal(early.problem.code, 'not_stored_yet');
      assert.equal(await put(grant, file.bytes), 200);
      const [late] = (await jo.complete(id)).files;
      assert.ok(late && 'file' in late);
    });
  });

  describe('other people', () => {
    test('another tenant, and another person’s token at another app, find nothing', async () => {
      const file = await jo.upload(photo());
      const sam = await signInByHand(demo, 'globex-photos', 'sam');
      const otherApp = await signInByHand(demo, 'case-files', 'jo');
      for (const client of [sam, otherApp]) {
        for (const [method, path] of [
          ['GET', `/v1/uploads/${file.id}`],
          ['POST', `/v1/files/${file.id}/url`],
          ['DELETE', `/v1/files/${file.id}`],
        ] as const) {
          const answer = (await client.call(method, path)) as { status: number; body: ProblemBody };
          assert.equal(answer.status, 404, `${method} ${path}`);
          assert.equal(answer.body.code, 'not_found');
        }
        const { body } = (await client.call('GET', '/v1/files')) as { body: FileList };
        assert.ok(body.files.every(({ id }) => id !== file.id));
      }
    });

    test('the owner of the app sees what came in and can fetch it', async () => {
      const file = await jo.upload(photo());
      const maria = await signInByHand(demo, 'cs-screenshots', 'maria');
      const { body } = (await maria.call('GET', '/v1/files')) as { body: FileList };
      assert.ok(body.files.some(({ id }) => id === file.id));
      const answer = (await maria.call('POST', `/v1/files/${file.id}/url`)) as { body: { url: string } };
      const bytes = Buffer.from(await (await fetch(answer.body.url)).arrayBuffer());
      assert.equal(sha256(bytes), file.sha256);
    });
  });

  describe('the sweep', () => {
    test('what is sent after an abort, under the grant that still holds, is swept and never counted free', async () => {
      const file = photo();
      const { id, grant } = granted(await jo.start([file]));
      assert.equal((await jo.call('DELETE', `/v1/uploads/${id}`)).status, 204);
      assert.equal(await put(grant, file.bytes), 200, 'the signature cannot be taken back');
      assert.ok((await storedHashes(demo)).includes(sha256(file.bytes)));
      await until(async () => ((await storedHashes(demo)).includes(sha256(file.bytes)) ? null : true), 'the sweep');
      const { body } = (await jo.call('GET', `/v1/uploads/${id}`)) as { body: UploadStatus };
      assert.equal(body.state, 'aborted');
    });

    test('an upload that nobody finishes ends with its life', async () => {
      const { id } = granted(await jo.start([photo()]));
      const state = async () => ((await jo.call('GET', `/v1/uploads/${id}`)) as { body: UploadStatus }).body.state;
      await until(async () => ((await state()) === 'expired' ? true : null), 'the end of the upload');
    });
  });

  test('one Idempotency-Key starts one batch, and no other body', async () => {
    const file = { name: 'p.png', type: 'image/png', bytes: pngBytes() };
    const wanted = {
      name: file.name,
      type: file.type,
      sniffed_type: file.type,
      size: file.bytes.length,
      sha256: sha256(file.bytes),
    };
    const key = { 'idempotency-key': 'the-same-key-twice' };
    const first = (await jo.call('POST', '/v1/uploads', { files: [wanted] }, key)) as { body: StartedUploads };
    const second = (await jo.call('POST', '/v1/uploads', { files: [wanted] }, key)) as { body: StartedUploads };
    assert.equal(second.body.batch, first.body.batch);
    assert.equal(granted(second.body).id, granted(first.body).id);
    const other = await jo.call('POST', '/v1/uploads', { files: [{ ...wanted, name: 'q.png' }] }, key);
    assert.equal(other.status, 422);
  });
});
