import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import * as v from 'valibot';
import { Problem } from '../../demo/base/problem.ts';
import { sweep } from '../../demo/broker/sweep.ts';
import { StartedUploads, UploadStatus } from '../../src/contract/index.ts';
import { PDF } from '../policy/files.ts';
import { at, changed, large } from '../support/file-in-parts.ts';
import { compositeOf, factsOf, type Part, UploadRig } from '../support/upload-rig.ts';

const WEEK = 7 * 86_400;

describe('the store’s side of a file in parts', () => {
  let rig: UploadRig;
  before(async () => {
    rig = await UploadRig.start();
  });
  after(() => rig.close());
  const { sha256: _, ...facts } = factsOf('a.pdf', 'application/pdf', large('store'));
  const small = factsOf('small.pdf', 'application/pdf', PDF);

  /** Runs with some of the storage's verbs replaced. */
  const withStorage = async (verbs: Partial<UploadRig['storage']>, work: () => Promise<void>) => {
    const { storage } = rig.deps;
    const odd = new Proxy(rig.storage, { get: (target, name) => Reflect.get(name in verbs ? verbs : target, name) });
    Object.assign(rig.deps, { storage: odd });
    try {
      await work();
    } finally {
      Object.assign(rig.deps, { storage });
    }
  };
  const only = async (person: string) => {
    const { upload } = await import('../../demo/uploads/schema.ts');
    const { and, eq, isNotNull } = await import('drizzle-orm');
    const where = and(eq(upload.person, person), isNotNull(upload.partBytes));
    const [row] = await rig.deps.db.q.select().from(upload).where(where);
    assert.ok(row);
    return row;
  };

  for (const [code, createMultipart] of [
    [
      'store_down',
      async () => {
        throw new Problem('store_down');
      },
    ],
    [
      'bucket_unsafe',
      async () => {
        throw new Problem('bucket_unsafe');
      },
    ],
  ] as const) {
    test(`is not opened: that file is told ${code} and holds no room, the others of its start go on`, async () => {
      const who = { person: code };
      await withStorage({ createMultipart }, async () => {
        const answer = await rig.post('/v1/uploads', { files: [facts, small] }, who);
        const { files } = v.parse(StartedUploads, answer.body);
        assert.deepEqual(
          files.map((file) => ('problem' in file ? file.problem.code : 'upload')),
          [code, 'upload'],
        );
      });
      assert.equal((await only(code)).state, 'aborted');
      rig.deps.clock.pass(1);
      await sweep(rig.deps);
      assert.deepEqual((await rig.room('cases', code)).person, [0, small.size]);
    });
  }

  test('opened after the upload was aborted is ended at once', async () => {
    const who = { person: 'slow' };
    let files: StartedUploads['files'] = [];
    const createMultipart = async (key: string, type: string) => {
      const row = await only('slow');
      assert.equal((await rig.call('DELETE', `/v1/uploads/${row.id}`, undefined, who)).status, 204);
      return rig.storage.createMultipart(key, type);
    };
    await withStorage({ createMultipart }, async () => {
      files = v.parse(StartedUploads, (await rig.post('/v1/uploads', { files: [facts] }, who)).body).files;
    });
    assert.equal(files[0] && 'problem' in files[0] && files[0].problem.code, 'upload_over');
    assert.deepEqual(await rig.storage.listMultiparts((await only('slow')).objectKey), []);
  });

  test('opened by a process that died before it wrote that down is ended with its upload', async () => {
    const who = { person: 'died' };
    const content = large('died');
    const kept = await rig.begun('a.pdf', 'application/pdf', content, who);
    const gone = await rig.begun('b.pdf', 'application/pdf', content, who);
    for (const { id } of [kept, gone]) {
      await rig.storage.createMultipart((await rig.row(id)).objectKey, 'application/pdf');
    }
    await rig.sent(kept.id, kept.parts, who);
    assert.ok((await rig.complete(kept.id, who, kept.parts)).file);
    assert.equal((await rig.call('DELETE', `/v1/uploads/${gone.id}`, undefined, who)).status, 204);
    for (const { id } of [kept, gone]) {
      assert.deepEqual(await rig.storage.listMultiparts((await rig.row(id)).objectKey), []);
    }
  });

  test('left by an abort that the storage did not hear is ended by the sweep, and no room is free before', async () => {
    const who = { person: 'deaf' };
    const { id, parts } = await rig.begun('a.pdf', 'application/pdf', large('deaf'), who);
    await rig.sent(id, parts.slice(0, 1), who);
    const listMultiparts = async () => {
      throw new Problem('store_down');
    };
    const { objectKey } = await rig.row(id);
    await withStorage({ listMultiparts }, async () => {
      assert.equal((await rig.call('DELETE', `/v1/uploads/${id}`, undefined, who)).status, 204);
      rig.deps.clock.pass(121);
      await sweep(rig.deps);
    });
    assert.equal((await rig.storage.listMultiparts(objectKey)).length, 1);
    assert.equal(
      (await rig.room('cases', 'deaf')).person[1],
      parts.reduce((sum, { size }) => sum + size, 0),
    );
    await sweep(rig.deps);
    assert.deepEqual(await rig.storage.listMultiparts(objectKey), []);
    assert.deepEqual((await rig.room('cases', 'deaf')).person, [0, 0]);
  });

  test('is looked at once more before the broker forgets the upload', async () => {
    const who = { person: 'forget' };
    const { id } = await rig.begun('a.pdf', 'application/pdf', large('forget'), who);
    const { objectKey } = await rig.row(id);
    rig.deps.clock.pass(WEEK + 1);
    await sweep(rig.deps);
    await rig.storage.createMultipart(objectKey, 'application/pdf');
    rig.deps.clock.pass(86_400);
    await sweep(rig.deps);
    assert.deepEqual(await rig.storage.listMultiparts(objectKey), []);
  });

  test('holds a part that changed while it was put together: nothing is settled, and the part may be sent again', async () => {
    const who = { person: 'changed' };
    const { id, parts } = await rig.begun('a.pdf', 'application/pdf', large('changed'), who);
    await rig.sent(id, parts, who);
    let times = 0;
    const completeMultipart: UploadRig['storage']['completeMultipart'] = async (...args) => {
      if (++times === 1) await rig.sent(id, [changed(at(parts, 2))], who);
      return rig.storage.completeMultipart(...args);
    };
    await withStorage({ completeMultipart }, async () => {
      assert.equal((await rig.complete(id, who, parts)).problem?.code, 'store_down');
    });
    assert.equal((await rig.row(id)).state, 'open');
    assert.equal((await rig.complete(id, who, parts)).problem?.code, 'damaged');
    await rig.sent(id, [at(parts, 2)], who);
    assert.equal((await rig.complete(id, who, parts)).file?.sha256, compositeOf(parts));
  });

  test('that keeps no checksums is read whole: the right bytes are a file, others are damaged', async () => {
    const who = { person: 'sumless' };
    const sumless: Partial<UploadRig['storage']> = {
      head: async (key) => {
        const found = await rig.storage.head(key);
        return found && { ...found, sha256: null };
      },
      listParts: async (key, uploadId) => {
        const parts = await rig.storage.listParts(key, uploadId);
        return parts?.map((part) => ({ ...part, sha256: null })) ?? null;
      },
      // The store of this test does keep them, and wants to hear them.
      completeMultipart: async (key, uploadId) =>
        rig.storage.completeMultipart(key, uploadId, (await rig.storage.listParts(key, uploadId)) ?? []),
    };
    const content = large('sumless');
    for (const [name, second, code] of [
      ['right.pdf', (part: Part) => part, undefined],
      ['other.pdf', changed, 'damaged'],
    ] as const) {
      const { id, parts } = await rig.begun(name, 'application/pdf', content, who);
      await rig.sent(id, [at(parts, 1), second(at(parts, 2)), at(parts, 3)], who);
      await withStorage(sumless, async () => {
        // What a part is cannot be proven there, so that no part is named for resuming.
        const answer = await rig.call('GET', `/v1/uploads/${id}`, undefined, who);
        assert.deepEqual(v.parse(UploadStatus, answer.body).parts, []);
        const { file, problem } = await rig.complete(id, who, parts);
        assert.deepEqual([problem?.code, file?.sha256], [code, code ? undefined : compositeOf(parts)]);
      });
      assert.equal((await rig.row(id)).state, code ? 'refused' : 'stored');
    }
  });
});
