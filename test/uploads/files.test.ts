import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { eq } from 'drizzle-orm';
import * as v from 'valibot';
import { audit } from '../../demo/audit/schema.ts';
import { person } from '../../demo/identity/schema.ts';
import { upload } from '../../demo/uploads/schema.ts';
import { FileList, FileUrl, type ProblemBody } from '../../src/contract/index.ts';
import { bytes, PDF } from '../policy/files.ts';
import type { Who } from '../support/page-key.ts';
import { factsOf, put, UploadRig } from '../support/upload-rig.ts';

const content = (text: string) => bytes(PDF, text);

describe('files that arrived', () => {
  let rig: UploadRig;
  before(async () => {
    rig = await UploadRig.start();
  });
  after(() => rig.close());
  const list = async (who: Who, query = '') => {
    const answer = await rig.call('GET', `/v1/files${query}`, undefined, who);
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    return v.parse(FileList, answer.body);
  };

  test('are listed newest first, and only to the person who sent them', async () => {
    const who = { person: 'lister' };
    const first = await rig.stored('first.pdf', 'application/pdf', content('1'), who);
    rig.deps.clock.pass(1);
    const second = await rig.stored('second.pdf', 'application/pdf', content('2'), who);
    await rig.granted(factsOf('open.pdf', 'application/pdf', content('3')), who);
    const { receipt: _, ...facts } = second;
    const { files, next } = await list(who);
    assert.deepEqual(
      files.map((file) => file.id),
      [second.id, first.id],
    );
    assert.deepEqual(files[0], facts);
    assert.equal(next, undefined);
    assert.deepEqual((await list({ person: 'nobody' })).files, []);
    assert.deepEqual((await list({ app: 'globex-cases', person: 'lister' })).files, []);
    assert.deepEqual((await list({ app: 'photos', person: 'lister' })).files, []);
  });

  test('are all seen and fetched by the owner of the app, with who sent them, but not deleted', async () => {
    const at = new Date(rig.deps.now());
    await rig.deps.db.q.insert(person).values({
      ...{
        id: 'sender',
        tenant: 'acme',
        app: 'cases',
        issuer: 'i',
        subject: 's',
        name: 'Maria Lopez',
        scopes: [],
        seenAt: at,
      },
    });
    const file = await rig.stored('sent.pdf', 'application/pdf', content('sent'), { person: 'sender' });
    const owner = { person: 'boss', scopes: ['files:read', 'files:read:app', 'files:delete'] };
    const { files } = await list(owner);
    assert.equal(files.find(({ id }) => id === file.id)?.uploaded_by, 'Maria Lopez');
    assert.equal((await rig.call('POST', `/v1/files/${file.id}/url`, undefined, owner)).status, 200);
    assert.equal((await rig.call('DELETE', `/v1/files/${file.id}`, undefined, owner)).status, 404);
    const elsewhere = { ...owner, app: 'globex-cases' };
    assert.deepEqual((await list(elsewhere)).files, []);
    assert.equal((await rig.call('POST', `/v1/files/${file.id}/url`, undefined, elsewhere)).status, 404);
  });

  test('come in pages of 100 that miss none and repeat none, also within one instant', async () => {
    const who = { person: 'many' };
    const file = await rig.stored('a.pdf', 'application/pdf', content('many'), who);
    const row = await rig.row(file.id);
    const copies = Array.from({ length: 230 }, (_, i) => ({
      ...row,
      id: `copy-${String(i).padStart(4, '0')}`,
      objectKey: `copy-${i}`,
      storedAt: new Date(rig.deps.now() - (i % 3) * 1000),
    }));
    await rig.deps.db.q.insert(upload).values(copies);
    const seen: string[] = [];
    let query = '';
    for (const size of [100, 100, 31]) {
      const page = await list(who, query);
      assert.equal(page.files.length, size);
      seen.push(...page.files.map(({ id }) => id));
      query = `?cursor=${page.next}`;
      assert.equal(page.next === undefined, size === 31);
    }
    assert.equal(new Set(seen).size, 231);
  });

  test('are found by their folder', async () => {
    const who = { person: 'tidy' };
    const made = await rig.call('POST', '/v1/folders', { name: '  Claim 12 ' }, who);
    assert.equal(made.status, 201);
    const folder = made.body as { id: string; name: string };
    assert.equal(folder.name, 'Claim 12');
    const bytesOf = content('folder');
    const started = await rig.post('/v1/uploads', { files: [factsOf('a.pdf', '', bytesOf)], folder: folder.id }, who);
    const [entry] = (started.body as { files: { upload: { id: string; grant: Parameters<typeof put>[0] } }[] }).files;
    assert.ok(entry);
    assert.equal(await put(entry.upload.grant, bytesOf), 200);
    assert.ok((await rig.complete(entry.upload.id, who)).file);
    await rig.stored('b.pdf', 'application/pdf', content('elsewhere'), who);
    assert.deepEqual(
      (await list(who, `?folder=${folder.id}`)).files.map(({ name, folder }) => [name, folder]),
      [['a.pdf', folder.id]],
    );
    assert.equal((await list(who)).files.length, 2);
    assert.deepEqual((await list({ person: 'other' }, `?folder=${folder.id}`)).files, []);
  });

  test('open by an address of a minute that gives exactly their bytes, as an attachment', async () => {
    const who = { person: 'reader' };
    const bytesOf = content('read');
    const file = await rig.stored('Grüße "1".pdf', 'application/pdf', bytesOf, who);
    const answer = await rig.call('POST', `/v1/files/${file.id}/url`, undefined, who);
    const { url, expires_at } = v.parse(FileUrl, answer.body);
    assert.equal(Date.parse(expires_at), rig.deps.now() + 60_000);
    const response = await fetch(url);
    assert.equal(response.headers.get('content-type'), 'application/octet-stream');
    assert.match(
      response.headers.get('content-disposition') ?? '',
      /^attachment; .*filename\*=UTF-8''Gr%C3%BC%C3%9Fe%20%221%22\.pdf$/,
    );
    assert.deepEqual(Buffer.from(await response.arrayBuffer()), Buffer.from(bytesOf));
    const [act] = await rig.deps.db.q.select().from(audit).where(eq(audit.act, 'file.opened'));
    assert.ok(act && !JSON.stringify(act).includes('Grüße'));
    rig.deps.clock.pass(61);
    assert.equal((await fetch(url)).status, 403);
  });

  test('are gone at once when their sender deletes them: object, list, address, room', async () => {
    const who = { person: 'deleter' };
    const file = await rig.stored('a.pdf', 'application/pdf', content('delete'), who);
    const { objectKey } = await rig.row(file.id);
    assert.equal((await rig.call('DELETE', `/v1/files/${file.id}`, undefined, { person: 'other' })).status, 404);
    rig.deps.clock.pass(121);
    assert.equal((await rig.call('DELETE', `/v1/files/${file.id}`, undefined, who)).status, 204);
    assert.equal(await rig.storage.head(objectKey), null);
    assert.deepEqual((await list(who)).files, []);
    assert.deepEqual((await rig.room('cases', 'deleter')).person, [0, 0]);
    for (const [method, path] of [
      ['DELETE', `/v1/files/${file.id}`],
      ['POST', `/v1/files/${file.id}/url`],
      ['GET', `/v1/uploads/${file.id}`],
    ] as const) {
      assert.equal((await rig.call(method, path, undefined, who)).status, 404);
    }
    assert.equal((await rig.complete(file.id, who)).problem?.code, 'not_found');
  });

  test('need their scopes', async () => {
    const none = { scopes: ['openid'] };
    for (const [method, path, body] of [
      ['GET', '/v1/files'],
      ['POST', '/v1/files/some-file-id/url'],
      ['DELETE', '/v1/files/some-file-id'],
      ['POST', '/v1/folders', { name: 'a' }],
    ] as const) {
      assert.equal((await rig.call(method, path, body, none)).status, 403);
    }
  });

  test('are not listed for a cursor or a folder that was never given out', async () => {
    for (const query of [
      '?cursor=',
      '?cursor=x',
      '?cursor=1-',
      "?cursor=1-a'--",
      '?cursor=99999999999999999-aaaaaaaa',
      '?folder=',
      '?folder=a%00aaaaaaaa',
    ]) {
      assert.equal((await rig.call('GET', `/v1/files${query}`)).status, 400, query);
    }
  });
});

describe('folders', () => {
  test('are made only where the template has them, with a name that can be seen', async () => {
    const rig = await UploadRig.start();
    const hidden = await rig.call('POST', '/v1/folders', { name: 'a\u202eb' });
    assert.deepEqual([hidden.status, (hidden.body as ProblemBody).code], [422, 'file_name']);
    await rig.close();
    const without = await UploadRig.start({ template: (template) => ({ ...template, folders: false }) });
    const refused = await without.call('POST', '/v1/folders', { name: 'a' });
    assert.deepEqual([refused.status, (refused.body as ProblemBody).code], [403, 'not_allowed']);
    await without.close();
  });
});
