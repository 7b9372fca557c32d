import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { eq } from 'drizzle-orm';
import { sweep } from '../../demo/broker/sweep.ts';
import { createStorage } from '../../demo/bucket/storage.ts';
import { oidcRecord, proofSeen, signIn } from '../../demo/identity/schema.ts';
import { linkCode, recipientSession } from '../../demo/recipients/schema.ts';
import { batch, idempotency, upload } from '../../demo/uploads/schema.ts';
import { bytes, PDF } from '../policy/files.ts';
import { factsOf, put, sha256Of, UploadRig } from '../support/upload-rig.ts';

const content = bytes(PDF, 'sweep');
const facts = factsOf('a.pdf', 'application/pdf', content);
const DAY = 86_400;

describe('the sweep', () => {
  let rig: UploadRig;
  before(async () => {
    rig = await UploadRig.start({ template: (template) => ({ ...template, retention_days: 2 }) });
  });
  after(() => rig.close());
  const room = async (person: string) => (await rig.room('cases', person)).person;

  test('gives room back after the life of an upload, not a second before', async () => {
    const who = { person: 'life' };
    const { id, grant } = await rig.granted(facts, who);
    assert.equal(await put(grant, content), 200); // Stored, but never completed: its process was killed.
    rig.deps.clock.pass(DAY - 1);
    await sweep(rig.deps);
    assert.equal((await rig.row(id)).state, 'open');
    rig.deps.clock.pass(1);
    await sweep(rig.deps);
    assert.equal((await rig.row(id)).state, 'expired');
    assert.equal(await rig.storage.head((await rig.row(id)).objectKey), null);
    assert.deepEqual(await room('life'), [0, 0]);
    assert.deepEqual(await rig.acts(id), ['upload.granted', 'upload.expired', 'upload.cleared']);
  });

  test('ends thousands of uploads that are due at once: a broker was away for long', async () => {
    const { id } = await rig.granted(facts, { person: 'many' });
    await rig.deps.db.execute(
      `insert into upload select (jsonb_populate_record(one,
        jsonb_build_object('id', 'many-' || n, 'object_key', 'many/' || n, 'is_charged', false))).*
      from upload as one, generate_series(1, 8000) as n where id = '${id}'`,
    );
    rig.deps.clock.pass(DAY);
    await sweep(rig.deps);
    const left = await rig.deps.db.execute("select count(*)::int as open from upload where state = 'open'");
    assert.deepEqual(left.rows, [{ open: 0 }]);
    const acts = await rig.deps.db.execute(
      "select count(*)::int as acts from audit where act = 'upload.expired' and subject like 'many-%'",
    );
    assert.deepEqual(acts.rows, [{ acts: 8000 }]);
    await rig.deps.db.execute("delete from upload where id like 'many-%'");
  });

  test('finds the object of a DELETE followed by a PUT with the still valid URL, and never counts it free before', async () => {
    const who = { person: 'late' };
    const { id, grant } = await rig.granted(facts, who);
    const { objectKey } = await rig.row(id);
    assert.equal(await put(grant, content), 200);
    assert.equal((await rig.call('DELETE', `/v1/uploads/${id}`, undefined, who)).status, 204);
    assert.equal(await rig.storage.head(objectKey), null);
    assert.equal(await put(grant, content), 200); // The URL lives for two minutes.
    assert.deepEqual(await room('late'), [0, content.length]);
    await sweep(rig.deps);
    assert.deepEqual(await room('late'), [0, content.length]);
    rig.deps.clock.pass(121);
    assert.notEqual(await put(grant, content), 200);
    await sweep(rig.deps);
    assert.equal(await rig.storage.head(objectKey), null);
    assert.deepEqual(await room('late'), [0, 0]);
  });

  test('does the same for a file that was stored, deleted and PUT again', async () => {
    const who = { person: 'deleted' };
    const { id, grant } = await rig.granted(facts, who);
    assert.equal(await put(grant, content), 200);
    assert.ok((await rig.complete(id, who)).file);
    assert.equal((await rig.call('DELETE', `/v1/files/${id}`, undefined, who)).status, 204);
    assert.equal(await put(grant, content), 200);
    assert.deepEqual(await room('deleted'), [0, content.length]);
    rig.deps.clock.pass(121);
    await sweep(rig.deps);
    assert.equal(await rig.storage.head((await rig.row(id)).objectKey), null);
    assert.deepEqual(await room('deleted'), [0, 0]);
  });

  test('deletes a file when its retention is over, not a second before', async () => {
    const who = { person: 'kept' };
    const file = await rig.stored('a.pdf', 'application/pdf', content, who);
    const { objectKey } = await rig.row(file.id);
    assert.equal(Date.parse(file.delete_at) - Date.parse(file.stored_at), 2 * DAY * 1000);
    rig.deps.clock.pass(2 * DAY - 1);
    await sweep(rig.deps);
    assert.ok(await rig.storage.head(objectKey));
    rig.deps.clock.pass(1);
    await sweep(rig.deps);
    assert.equal(await rig.storage.head(objectKey), null);
    assert.deepEqual(await room('kept'), [0, 0]);
    const acts = await rig.acts(file.id);
    assert.deepEqual(acts, ['upload.granted', 'upload.stored', 'file.retention-over', 'upload.cleared']);
  });

  test('keeps room set aside while the storage does not answer, and tries again', async () => {
    const who = { person: 'outage' };
    const { id } = await rig.granted(facts, who);
    rig.deps.clock.pass(DAY);
    const { storage } = rig.deps;
    const nowhere = { ...rig.deps.config.s3, endpoint: 'http://127.0.0.1:1' };
    Object.assign(rig.deps, { storage: createStorage(nowhere, { now: rig.deps.now }) });
    await sweep(rig.deps);
    assert.deepEqual(await room('outage'), [0, content.length]);
    assert.ok(rig.deps.logged.some((line) => line.includes('upload.not-cleared') && line.includes('store_down')));
    Object.assign(rig.deps, { storage });
    await sweep(rig.deps);
    assert.deepEqual(await room('outage'), [0, 0]);
    assert.equal((await rig.row(id)).state, 'expired');
  });

  test('forgets names a day after the file is gone, and removes an object that came later still', async () => {
    const { id } = await rig.granted(facts, { person: 'gone' });
    const row = await rig.row(id);
    rig.deps.clock.pass(DAY + 1);
    await sweep(rig.deps);
    // A PUT that began within its grant may end at any time: the storage is as if it just had.
    const late = await rig.storage.signPut({ ...row, key: row.objectKey, sha256: sha256Of(content) }, 60, 'checksum');
    assert.equal(await put(late, content), 200);
    rig.deps.clock.pass(DAY);
    await sweep(rig.deps);
    assert.deepEqual(await rig.deps.db.q.select().from(upload).where(eq(upload.id, id)), []);
    assert.deepEqual(await rig.deps.db.q.select().from(batch).where(eq(batch.id, row.batch)), []);
    assert.equal(await rig.storage.head(row.objectKey), null);
  });

  test('takes the lives of a test configuration instead of the template', async () => {
    const short = await UploadRig.start({ times: { upload: 3, grant: 1 } });
    const { grant } = await short.granted(facts);
    assert.equal(grant.expires_at, '2026-03-02T09:00:01.000Z');
    short.deps.clock.pass(3);
    await sweep(short.deps);
    assert.deepEqual((await short.room()).person, [0, 0]);
    await short.close();
  });

  test('forgets idempotency keys and codes after a day; proofs, sign-ins, recipients and tokens when they end', async () => {
    const { db } = rig.deps;
    const at = (seconds: number) => new Date(rig.deps.now() + seconds * 1000);
    for (const table of [idempotency, proofSeen, oidcRecord, signIn]) await db.q.delete(table);
    const key = { holder: 'h', route: 'r', bodyHash: '' };
    await db.q.insert(idempotency).values([
      { ...key, key: 'old', startedAt: at(-DAY - 1) },
      { ...key, key: 'new', startedAt: at(-DAY + 1) },
    ]);
    const hash = (n: number) => new Uint8Array([n]);
    await db.q.insert(proofSeen).values([
      { hash: hash(1), expiresAt: at(-1) },
      { hash: hash(2), expiresAt: at(1) },
    ]);
    await db.q.insert(oidcRecord).values([
      { model: 'Session', id: 'old', payload: {}, expiresAt: at(-1) },
      { model: 'Session', id: 'new', payload: {}, expiresAt: at(1) },
      { model: 'Session', id: 'for ever', payload: {} },
    ]);
    const begun = { app: 'cases', origin: '', jkt: '', cookieHash: hash(0) };
    await db.q.insert(signIn).values([
      { ...begun, state: 'old', expiresAt: at(-1) },
      { ...begun, state: 'new', expiresAt: at(1) },
    ]);
    await db.q.delete(linkCode);
    await db.q.insert(linkCode).values([
      { id: 'old', link: 'l', sentAt: at(-DAY - 1), expiresAt: at(0) },
      { id: 'new', link: 'l', sentAt: at(-DAY + 1), expiresAt: at(0) },
    ]);
    const shown = { link: 'l', jkt: '', noticeCanonical: '', noticeSha256: '', noticeNonce: '' };
    await db.q.insert(recipientSession).values([
      { ...shown, tokenHash: hash(1), expiresAt: at(-1) },
      { ...shown, tokenHash: hash(2), expiresAt: at(1) },
    ]);
    await sweep(rig.deps);
    assert.deepEqual(
      (await db.q.select().from(linkCode)).map((row) => row.id),
      ['new'],
    );
    assert.deepEqual(
      (await db.q.select().from(recipientSession)).map((row) => row.tokenHash[0]),
      [2],
    );
    assert.deepEqual(
      (await db.q.select().from(idempotency)).map((row) => row.key),
      ['new'],
    );
    assert.equal((await db.q.select().from(proofSeen)).length, 1);
    assert.deepEqual(
      (await db.q.select().from(oidcRecord)).map((row) => row.id),
      ['new', 'for ever'],
    );
    assert.deepEqual(
      (await db.q.select().from(signIn)).map((row) => row.state),
      ['new'],
    );
  });
});
