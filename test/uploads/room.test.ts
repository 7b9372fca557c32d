import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import type { StartedUploads } from '../../src/contract/index.ts';
import { jpeg } from '../policy/cases/bytes.ts';
import { factsOf, UploadRig } from '../support/upload-rig.ts';

describe('the room of a person', () => {
  let rig: UploadRig;
  before(async () => {
    const quota = { app_bytes: 100_000, person_bytes: 1000 };
    rig = await UploadRig.start({ template: (template) => ({ ...template, quota }) });
  });
  after(() => rig.close());

  const bytes = jpeg();
  const start = async (person: string, key: string = randomUUID(), name = 'a.jpg') => {
    const facts = factsOf(name, 'image/jpeg', bytes);
    return (await rig.post('/v1/uploads', { files: [facts] }, { person }, key)).body as StartedUploads;
  };

  test('is told with each start, with its files in it, and nothing of what the app has left', async () => {
    const size = bytes.length;
    assert.deepEqual((await start('jo')).room, { cap: 1000, left: 1000 - size });
    assert.deepEqual((await start('jo')).room, { cap: 1000, left: 1000 - 2 * size });
    assert.deepEqual((await start('sam')).room, { cap: 1000, left: 1000 - size }, 'whatever others have');
  });

  test('is told to a repeat as it was told first', async () => {
    const first = await start('kim', 'key-of-this-start-0001');
    await start('kim');
    assert.deepEqual((await start('kim', 'key-of-this-start-0001')).room, first.room);
  });

  test('is told before anything is sent, to who is signed in, and follows what is taken in', async () => {
    const read = async () => (await rig.call('GET', '/v1/room', undefined, { person: 'pat' })).body;
    assert.deepEqual(await read(), { cap: 1000, left: 1000 });
    await start('pat');
    assert.deepEqual(await read(), { cap: 1000, left: 1000 - bytes.length });
  });

  test('is not told where nothing was taken in', async () => {
    assert.equal((await start('lee', randomUUID(), 'a.exe')).room, undefined);
  });
});
