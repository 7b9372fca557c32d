import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { OPEN_OF_A_PERSON } from '../../demo/uploads/quota.ts';
import { upload } from '../../demo/uploads/schema.ts';
import { bytes, PDF } from '../policy/files.ts';
import { codeOf } from '../support/link-rig.ts';
import { factsOf, UploadRig } from '../support/upload-rig.ts';

describe('tiny uploads that are begun and never ended', () => {
  let rig: UploadRig;
  before(async () => {
    rig = await UploadRig.start();
  });
  after(() => rig.close());
  const facts = factsOf('a.pdf', 'application/pdf', bytes(PDF, 'tiny'));

  test(`are ${OPEN_OF_A_PERSON} of one person at most; one more waits, and goes on when one has ended`, async () => {
    const { id } = await rig.granted(facts);
    const row = await rig.row(id);
    const copies = Array.from({ length: OPEN_OF_A_PERSON - 1 }, (_, n) => ({
      ...row,
      id: `open-${n}`,
      objectKey: `${n}`,
    }));
    await rig.deps.db.q.insert(upload).values(copies);
    const more = await rig.post('/v1/uploads', { files: [facts] });
    assert.deepEqual([more.status, codeOf(more), more.headers.get('retry-after')], [429, 'slow_down', '30']);
    const other = await rig.post('/v1/uploads', { files: [facts] }, { person: 'person-2' });
    assert.equal(other.status, 201, 'nobody else waits');
    assert.equal((await rig.call('DELETE', `/v1/uploads/${id}`)).status, 204);
    assert.equal((await rig.post('/v1/uploads', { files: [facts] })).status, 201);
  });
});
