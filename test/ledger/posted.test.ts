import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, beforeEach, describe, test } from 'node:test';
import { record } from '../../demo/audit/index.ts';
import { sweep } from '../../demo/broker/sweep.ts';
import { createJobs, JOBS, type JobHandlers } from '../../demo/context/jobs.ts';
import { ledgerKeys, originOf } from '../../demo/ledger/note.ts';
import { isReceiver, isUnposted, postCheckpoint } from '../../demo/ledger/posted.ts';
import { sequence } from '../../demo/ledger/sequence.ts';
import { BadSetting, readSettings } from '../../demo/settings.ts';
import { openCheckpoint } from '../../src/verify/index.ts';
import { type TestDeps, testDeps } from '../support/broker.ts';
import { openTestPglite } from '../support/database.ts';

interface Received {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly type: string | undefined;
  readonly body: string;
}

describe('a checkpoint for a webhook', () => {
  let receiver: Server;
  let address: string;
  let deps: TestDeps;
  let received: Received[];
  let answer: (response: ServerResponse) => void;
  let arrived: (count: number) => Promise<void>;
  before(async () => {
    receiver = createServer(async (request, response) => {
      const pieces: Buffer[] = [];
      for await (const piece of request) pieces.push(piece);
      const { method, url, headers } = request;
      received.push({ method, url, type: headers['content-type'], body: Buffer.concat(pieces).toString() });
      receiver.emit('received');
      answer(response);
    }).listen(0, '127.0.0.1');
    await once(receiver, 'listening');
    address = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/keep?token=secret-of-theirs`;
    arrived = async (count) => {
      while (received.length < count) await once(receiver, 'received');
    };
    deps = await testDeps();
    Object.assign(deps.config, { checkpointWebhook: address });
  });
  after(async () => {
    receiver.closeAllConnections();
    receiver.close();
    await deps.close();
  });
  beforeEach(() => {
    received = [];
    answer = (response) => response.writeHead(204).end();
  });

  const signed = async (of = deps) => {
    const act = { tenant: 'acme', app: 'cases', actor: 'broker', act: 'upload.expired', subject: 'upload-1' };
    await of.db.transaction((tx) => record(tx, new Date(of.now()), act));
    return (await sequence(of))?.note ?? assert.fail('nothing was signed');
  };

  test('is sent as it was signed, the latest alone, and not again once it was taken', async () => {
    await signed();
    const latest = await signed();
    await postCheckpoint(deps, address);
    await postCheckpoint(deps, address);
    const type = 'text/plain; charset=utf-8';
    assert.deepEqual(received, [{ method: 'POST', url: '/keep?token=secret-of-theirs', type, body: latest }]);
    const keys = await ledgerKeys(deps.keys.ledger, originOf(deps.config.publicUrl));
    assert.equal((await openCheckpoint(received[0]?.body ?? '', keys)).size, 2);
    assert.equal(await isUnposted(deps), false);
    const next = await signed();
    assert.equal(await isUnposted(deps), true);
    await postCheckpoint(deps, address);
    assert.equal(received.at(-1)?.body, next);
  });

  for (const status of [301, 307, 400, 404, 500, 503]) {
    test(`is not taken by an answer of ${status}, and no redirect is followed`, async () => {
      await signed();
      answer = (response) => response.writeHead(status, { location: '/elsewhere' }).end('x'.repeat(100_000));
      await assert.rejects(postCheckpoint(deps, address), { name: 'CheckpointRefused' });
      assert.deepEqual(
        received.map(({ url }) => url),
        ['/keep?token=secret-of-theirs'],
      );
      assert.equal(await isUnposted(deps), true);
    });
  }

  test('waits for nobody longer than it says, and the ledger goes on meanwhile', async () => {
    await signed();
    answer = () => {};
    const posting = assert.rejects(postCheckpoint(deps, address, 200), { name: 'TimeoutError' });
    await arrived(1);
    assert.match(await signed(), /\u2014 /);
    await posting;
    assert.equal(await isUnposted(deps), true);
  });

  test('is tried again by the queue when the receiver was away, asked for by the sweep, with its address in no log', {
    timeout: 60_000,
  }, async (t) => {
    const db = await openTestPglite();
    const logged: string[] = [];
    const log = (...line: unknown[]) => logged.push(JSON.stringify(line));
    const jobs = createJobs(db, log);
    const own = await testDeps({ db, jobs });
    Object.assign(own.config, { checkpointWebhook: address });
    const nothing = Object.fromEntries(JOBS.map((name) => [name, async () => {}])) as unknown as JobHandlers;
    await jobs.start({ ...nothing, checkpoint: () => postCheckpoint(own, address) }, 3600);
    t.after(async () => {
      await jobs.stop();
      await db.close();
    });
    answer = (response) => response.writeHead(received.length === 1 ? 503 : 204).end();
    await sweep(own);
    const note = await signed(own);
    await sweep(own);
    await arrived(2);
    assert.deepEqual(
      received.map(({ body }) => body),
      [note, note],
    );
    while (await isUnposted(own)) await new Promise(setImmediate);
    assert.ok(logged.some((line) => line.includes('job.failed') && line.includes('CheckpointRefused')));
    const { rows } = await db.execute(`select output::text, data::text from pgboss.job`);
    assert.ok(!JSON.stringify([rows, logged]).includes('secret-of-theirs'));
    const asked = async () => {
      const found = await db.execute("select count(*)::int as n from pgboss.job where name = 'checkpoint'");
      return (found.rows[0] as { n: number }).n;
    };
    assert.equal(await asked(), 1);
    await sweep(own);
    assert.equal(await asked(), 1, 'what was taken is not asked for again');
  });

  test('goes over https, or to this machine: an address of another kind is told in one line', () => {
    const good = ['https://keep.example/x?y=z', 'http://127.0.0.1:8080/', 'http://localhost/', 'http://[::1]/'];
    const bad = [
      'http://keep.example/',
      'http://169.254.169.254/latest/meta-data',
      'http://127.0.0.1.evil.example/',
      'https://me:word@keep.example/',
      'ftp://127.0.0.1/',
      'file:///etc/passwd',
      'keep.example',
    ];
    for (const one of good) assert.equal(readSettings({ CHECKPOINT_WEBHOOK: one }).checkpointWebhook, one);
    for (const one of bad) {
      assert.equal(isReceiver(one), false, one);
      assert.throws(
        () => readSettings({ CHECKPOINT_WEBHOOK: one }),
        (error) => error instanceof BadSetting && !error.message.includes(one),
      );
    }
    assert.equal(readSettings({}).checkpointWebhook, null);
  });
});
