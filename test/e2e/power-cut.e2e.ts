import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { openPglite } from '../../demo/database/index.ts';
import { quota } from '../../demo/uploads/schema.ts';
import type { FileList, UploadStatus } from '../../src/contract/index.ts';
import { granted, type HandClient, put, sha256, signInByHand } from './support/client.ts';
import { type Demo, startDemo } from './support/demo.ts';
import { jpegBytes } from './support/files.ts';
import { storedHashes } from './support/storage.ts';
import { until } from './support/tab.ts';

/** Long enough that a slow machine is up again before the lives end. */
const TIMES = { DEMO_SHORT_LIVES: '1', SWEEP_SECONDS: '1', UPLOAD_SECONDS: '25', GRANT_SECONDS: '20' };

describe('kill -9 while uploading, then a restart', () => {
  let demo: Demo;
  before(async () => {
    demo = await startDemo({ env: TIMES, returns: true });
  });
  after(() => demo?.stop());

  test('nothing acknowledged is lost, nothing half is served, and the reserved room comes back', {
    timeout: 180_000,
  }, async () => {
    const jo = await signInByHand(demo, 'cs-screenshots', 'jo');
    const done = [];
    for (let i = 0; i < 5; i++) done.push(await jo.upload(photo(200_000)));

    // Three uploads are under way: one not begun, one cut in the middle, one stored but not completed.
    const waiting = granted(await jo.start([photo(1_000_000)]));
    const cut = photo(8_000_000);
    const cutUpload = granted(await jo.start([cut]));
    const stored = photo(300_000);
    const storedUpload = granted(await jo.start([stored]));
    assert.equal(await put(storedUpload.grant, stored.bytes), 200);
    const half = sendHalf(cutUpload.grant, cut.bytes);
    await half.isUnderWay;
    await demo.kill();
    await half.ended;

    demo = await startDemo({ env: TIMES, after: demo });
    const again = await signInByHand(demo, 'cs-screenshots', 'jo');
    const { body } = (await again.call('GET', '/v1/files')) as { body: FileList };
    assert.deepEqual(body.files.map(({ sha256 }) => sha256).sort(), done.map(({ sha256 }) => sha256).sort());
    const hashes = await storedHashes(demo);
    for (const { sha256 } of done) assert.ok(hashes.includes(sha256));
    assert.equal(hashes.length, done.length + 1, 'the five, the one not completed, and no half one');
    assert.ok(hashes.includes(sha256(stored.bytes)));

    for (const { id } of [waiting, cutUpload, storedUpload]) {
      await until(async () => ((await stateOf(again, id)) === 'expired' ? true : null), `the end of ${id}`, 60_000);
    }
    await until(async () => ((await storedHashes(demo)).length === done.length ? true : null), 'the sweep');

    // What the quota holds is in the database alone: stop the broker (hard, once more) and look.
    await demo.kill();
    const db = await openPglite({ dataDir: join(demo.dataDir, 'broker') });
    const rooms = await db.q.select({ used: quota.used, reserved: quota.reserved }).from(quota);
    await db.close();
    assert.deepEqual(rooms, [
      { used: 1_000_000, reserved: 0 },
      { used: 1_000_000, reserved: 0 },
    ]);
    demo = await startDemo({ env: TIMES, after: demo });
  });
});

const photo = (size: number) => ({ name: 'photo.jpg', type: 'image/jpeg', bytes: jpegBytes(size) });

async function stateOf(client: HandClient, id: string): Promise<string> {
  return ((await client.call('GET', `/v1/uploads/${id}`)) as { body: UploadStatus }).body.state;
}

/** A PUT that stops after half of its bytes and holds the line until the other side hangs up. */
function sendHalf(grant: { url: string; headers: Record<string, string> }, bytes: Buffer) {
  let underWay = () => {};
  const isUnderWay = new Promise<void>((resolve) => {
    underWay = resolve;
  });
  const ended = new Promise<void>((resolve) => {
    import('node:http').then(({ request }) => {
      const half = request(grant.url, { method: 'PUT', headers: { ...grant.headers, 'content-length': bytes.length } });
      half.on('error', () => resolve());
      half.on('close', () => resolve());
      half.write(bytes.subarray(0, bytes.length / 2), () => underWay());
    });
  });
  return { isUnderWay, ended };
}
