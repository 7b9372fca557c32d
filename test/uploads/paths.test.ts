import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { decodeJwt } from 'jose';
import * as v from 'valibot';
import {
  type FileList,
  type ProblemBody,
  StartedUploads,
  type StoredFile,
  UploadReceipt,
  Verified,
} from '../../src/contract/index.ts';
import { bytes, PDF } from '../policy/files.ts';
import { LinkRig, tokenIn } from '../support/link-rig.ts';
import { PageKey } from '../support/page-key.ts';
import { factsOf, put, UploadRig } from '../support/upload-rig.ts';

const content = bytes(PDF, 'in a folder');
const file = (path: string) => ({ ...factsOf('plan.pdf', 'application/pdf', content), path });

describe('a file that was chosen with its folder', () => {
  let rig: UploadRig;
  before(async () => {
    rig = await UploadRig.start();
  });
  after(() => rig.close());

  test('keeps its path in the answer, the receipt, the state and the list', async () => {
    const who = { person: 'walker' };
    const { id, grant } = await rig.granted(file('Trip/Día 1'), who);
    assert.equal(await put(grant, content), 200);
    const stored = (await rig.complete(id, who)).file;
    assert.ok(stored);
    assert.deepEqual([stored.path, stored.name], ['Trip/Día 1', 'plan.pdf']);
    assert.equal(v.parse(UploadReceipt, decodeJwt(stored.receipt)).path, 'Trip/Día 1');
    const status = await rig.call('GET', `/v1/uploads/${id}`, undefined, who);
    assert.equal((status.body as { file: StoredFile }).file.path, 'Trip/Día 1');
    const list = (await rig.call('GET', '/v1/files', undefined, who)).body as FileList;
    assert.deepEqual(
      list.files.map(({ path }) => path),
      ['Trip/Día 1'],
    );
  });

  test('that came alone has none anywhere', async () => {
    const stored = await rig.stored('alone.pdf', 'application/pdf', content, { person: 'alone' });
    assert.equal('path' in stored, false);
    assert.equal('path' in decodeJwt(stored.receipt), false);
  });

  test('is no duplicate of one with its name and bytes in another folder', async () => {
    const files = [file('a'), file('b'), file('a'), factsOf('plan.pdf', 'application/pdf', content)];
    const answer = await rig.post('/v1/uploads', { files }, { person: 'twice' });
    assert.deepEqual(
      v.parse(StartedUploads, answer.body).files.map((one) => ('problem' in one ? one.problem.code : 'granted')),
      ['granted', 'granted', 'file_duplicate', 'granted'],
    );
  });

  for (const [what, path] of [
    ['leads up', 'Trip/../..'],
    ['has a backslash', 'Trip\\Day'],
    ['has what PostgreSQL cannot keep', 'Trip/\u0000'],
    ['is written backwards', 'Trip/\u202etxt'],
    ['has half a character', 'Trip/\ud800'],
  ] as const) {
    test(`is refused alone where its path ${what}`, async () => {
      const answer = await rig.post('/v1/uploads', { files: [file(path), file('Trip')] }, { person: 'wrong' });
      assert.deepEqual(
        v.parse(StartedUploads, answer.body).files.map((one) => ('problem' in one ? one.problem.code : 'granted')),
        ['file_name', 'granted'],
      );
    });
  }

  for (const path of ['', '/Trip', 'Trip/', 'Trip//Day', 'x'.repeat(1025), 7]) {
    test(`is no request of ours with the path ${JSON.stringify(path).slice(0, 12)}`, async () => {
      const answer = await rig.post('/v1/uploads', { files: [{ ...file('Trip'), path }] }, { person: 'odd' });
      assert.deepEqual([answer.status, (answer.body as ProblemBody).code], [400, 'bad_request']);
    });
  }
});

describe('a link', () => {
  test('names the folders of its files to the recipient, in the notice too', async (t) => {
    const rig = await LinkRig.start();
    t.after(() => rig.close());
    const files = [await rig.storeFile({ path: 'Contracts/2026' }), await rig.storeFile({ name: 'alone.pdf' })];
    await rig.asSender('POST', '/v1/links', rig.wish(files));
    const [mail] = await rig.deliver('link-mail');
    const verified = v.parse(Verified, await rig.proven(tokenIn(mail), await PageKey.make()));
    assert.deepEqual(
      verified.files.map(({ name, path }) => [name, path]),
      [
        ['rental-contract.pdf', 'Contracts/2026'],
        ['alone.pdf', undefined],
      ],
    );
    assert.deepEqual(
      verified.notice.files.map(({ path }) => path),
      ['Contracts/2026', undefined],
    );
    assert.match(verified.canonical, /"path":"Contracts\/2026"/);
  });
});
