import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { inspect } from 'node:util';
import { createTransform } from '../../src/compose/create-transform.ts';
import { UploadError } from '../../src/errors.ts';
import { UploadFlow } from '../../src/flow/upload-flow.ts';
import { guessType } from '../../src/policy/guess.ts';
import { FileTransfer } from '../../src/transfer/file-transfer.ts';
import type { Put } from '../../src/transfer/ports.ts';
import { transform } from '../../src/transform/index.ts';
import { asPut } from '../support/as-put.ts';
import { NO_BATCHES } from '../support/no-batches.ts';
import { NOTHING_UNFINISHED } from '../support/nothing-unfinished.ts';
import { settled } from '../support/page-clock.ts';
import { clientOf } from '../support/upload-client.ts';
import { APP, JO } from '../support/upload-desk.ts';
import { UploadRig } from '../support/upload-rig.ts';

describe('a chosen file, from the list to the storage', () => {
  let rig: UploadRig;
  before(async () => {
    rig = await UploadRig.start();
  });
  after(() => rig.close());

  /** The flow with the real transfer, broker and storage; sign-in and XMLHttpRequest are the test's. */
  function box() {
    const secrets: string[] = [];
    const told: unknown[] = [];
    const soon = (_ms: number, act: () => void) => {
      const waiting = setImmediate(act);
      return () => clearImmediate(waiting);
    };
    const clock = { now: rig.deps.now, after: soon };
    const put: Put = async (grant, body) => {
      secrets.push(grant.url, new URL(grant.url).searchParams.get('X-Amz-Signature') ?? '');
      const response = await fetch(grant.url, { method: 'PUT', headers: asPut(grant).headers, body });
      await response.arrayBuffer();
      return response.ok ? { kind: 'stored' } : { kind: 'refused', status: response.status };
    };
    const client = clientOf(rig);
    let isSignedOut = false;
    const flow = new UploadFlow({
      apps: { readApp: async () => ({ ...APP, limits: rig.deps.registry.app('cases').template.limits }) },
      identity: {
        signIn: async () => JO,
        comeBack: () => null,
        link: () => '',
        showWindow: () => {},
        signOut: async () => {},
      },
      clock,
      readRoom: () => client.readRoom(),
      agreements: { read: () => client.agreements(), give: (agreement) => client.agree(agreement) },
      transform: createTransform(async () => transform),
      guess: guessType,
      unfinished: NOTHING_UNFINISHED,
      batches: NO_BATCHES,
      transfer: new FileTransfer({
        grants: {
          newTrace: () => client.newTrace(),
          startUploads: (...args) => client.startUploads(...args),
          signParts: (...args) => client.signParts(...args),
          uploadStatus: (...args) => client.uploadStatus(...args),
          abortUpload: (...args) => client.abortUpload(...args),
          completeUploads: (...args) =>
            isSignedOut ? Promise.reject(new UploadError('sign_in_ended')) : client.completeUploads(...args),
        },
        hasher: {
          hash: async (blob) =>
            createHash('sha256')
              .update(new Uint8Array(await blob.arrayBuffer()))
              .digest('base64'),
          close: () => {},
        },
        put,
        clock,
        random: () => 0,
        connection: { isOnline: () => true, whenOnline: () => () => {} },
      }),
    });
    for (const name of ['change', 'accepted', 'rejected', 'progress', 'done', 'failed', 'signed-in', 'signed-out']) {
      flow.addEventListener(name, (event) => {
        told.push(name === 'change' ? flow.snapshot : (event as CustomEvent).detail);
      });
    }
    const reaches = async (...phases: string[]) => {
      while (!phases.includes(flow.snapshot.phase)) await new Promise((next) => setTimeout(next, 5));
    };
    return { flow, told, secrets, reaches, setSignedOut: (is: boolean) => (isSignedOut = is) };
  }

  const text = (name: string, words: string) => new File([words], name, { type: 'text/plain' });

  test('is stored, receipted and told; what the broker refuses stays on the device', async () => {
    const { flow, reaches } = box();
    await flow.load();
    await flow.accept([text('a.txt', 'first'), text('b.txt', 'second'), text('tool.exe', 'MZ')]);
    flow.upload();
    await reaches('done', 'part-done', 'not-done');
    const { items, reference, phase, sent, total } = flow.snapshot;
    assert.equal(phase, 'done');
    assert.deepEqual([sent, total], [11, 11]);
    assert.deepEqual(
      items.map((item) => [item.name, item.phase, item.stored?.reference ?? null]),
      [
        ['a.txt', 'uploaded', reference],
        ['b.txt', 'uploaded', reference],
        ['tool.exe', 'refused', null],
      ],
    );
  });

  test('waits where the sign-in ended, and goes on after the next', async () => {
    const { flow, reaches, setSignedOut } = box();
    await flow.load();
    await flow.accept([text('c.txt', 'third')]);
    setSignedOut(true);
    flow.upload();
    await reaches('sign-in-again');
    setSignedOut(false);
    flow.signIn();
    await reaches('done');
    assert.equal(flow.snapshot.items[0]?.phase, 'uploaded');
  });

  test('leaves no grant and no signature in any event or snapshot', async () => {
    const { flow, told, secrets, reaches } = box();
    await flow.load();
    await flow.accept([text('d.txt', 'fourth')]);
    flow.upload();
    await reaches('done');
    await settled();
    assert.equal(secrets.filter((secret) => secret !== '').length, 2);
    const said = told.map((one) => inspect(one, { depth: 12, maxStringLength: null })).join('\n');
    assert.deepEqual(
      secrets.filter((secret) => said.includes(secret)),
      [],
    );
    assert.ok(told.length > 5);
  });
});
