import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { PutGrant, UploadStatus } from '../../src/contract/uploads.ts';
import { PartSigner } from '../../src/transfer/part-signer.ts';
import { settled } from '../support/page-clock.ts';

const part = (number: number) => ({ number, size: 5, sha256: `${'A'.repeat(43)}=` });

function rig(count: number) {
  const calls: number[][] = [];
  let looks = 0;
  const signer = new PartSigner(
    count,
    {
      sign: async (parts) => {
        calls.push(parts.map(({ number }) => number));
        await settled();
        return parts.map(({ number }): PutGrant => ({ method: 'PUT', url: `${number}`, headers: {}, expires_at: '' }));
      },
      look: async () => {
        looks += 1;
        await settled();
        return { is_in_storage: false } as UploadStatus;
      },
    },
    new AbortController().signal,
  );
  const ask = async (...numbers: number[]) => {
    for (const number of numbers) void signer.ahead(part(number));
    await settled();
    await settled();
  };
  return { signer, calls, ask, looks: () => looks };
}

describe('signing parts', () => {
  test('is done at once while few are on their way', async () => {
    const { calls, ask, signer } = rig(20);
    await ask(1);
    signer.taken();
    await ask(2);
    assert.deepEqual(calls, [[1], [2]]);
  });

  test('waits for three together once three are on their way, unless one of these comes to its end', async () => {
    const { calls, ask, signer } = rig(20);
    await ask(1, 2, 3);
    for (let i = 0; i < 3; i++) signer.taken();
    await ask(4);
    await ask(5);
    assert.deepEqual(calls.flat(), [1, 2, 3]);
    await ask(6);
    assert.deepEqual(calls.at(-1), [4, 5, 6]);
    for (let i = 0; i < 3; i++) signer.taken();
    await ask(7);
    for (let i = 0; i < 4; i++) signer.done();
    await settled();
    assert.deepEqual(calls.at(-1), [7]);
  });

  test('waits while three that are signed wait themselves: grants age', async () => {
    const { calls, ask, signer } = rig(20);
    await ask(1, 2, 3, 4);
    await ask(5, 6, 7, 8);
    assert.deepEqual(calls.flat(), [1, 2, 3, 4]);
    signer.taken();
    await settled();
    assert.equal(calls.length, 2);
    signer.taken();
    await settled();
    assert.deepEqual(calls.at(-1), [5, 6, 7, 8]);
  });

  test('never keeps the last ones waiting for company', async () => {
    const { calls, ask, signer } = rig(4);
    await ask(1, 2, 3);
    for (let i = 0; i < 3; i++) signer.taken();
    await ask(4);
    assert.deepEqual(calls.at(-1), [4]);
  });

  test('of a part that has its slot waits for nothing, and takes along what waits', async () => {
    const { calls, ask, signer } = rig(20);
    await ask(1, 2, 3, 4);
    await ask(5);
    assert.equal((await signer.now(part(1))).url, '1');
    assert.deepEqual(calls.at(-1), [5, 1]);
  });
});

test('looks that are wanted while one is under way share the next, which sees what happened before them', async () => {
  const { signer, looks } = rig(1);
  await Promise.all([signer.look(), signer.look(), signer.look()]);
  assert.equal(looks(), 2);
});
