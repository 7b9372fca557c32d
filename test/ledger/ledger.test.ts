import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { eq } from 'drizzle-orm';
import { type Act, eraseRecords, record } from '../../demo/audit/index.ts';
import { audit, ledgerEntry } from '../../demo/audit/schema.ts';
import { Problem } from '../../demo/base/problem.ts';
import { consistencyProof, inclusionProof, recordProof } from '../../demo/ledger/proofs.ts';
import { ledgerCheckpoint, ledgerNode } from '../../demo/ledger/schema.ts';
import { sequence } from '../../demo/ledger/sequence.ts';
import { type TestDeps, testDeps } from '../support/broker.ts';
import { openTestPglite, openTestPostgres, type TestPostgres } from '../support/database.ts';
import { leafHashOf, readCheckpoint, rootAbove, rootOf } from '../support/ledger-check.ts';

const act = (subject: string, more: Partial<Act> = {}): Act => ({
  tenant: 'acme',
  app: 'cases',
  actor: 'person:person-1',
  act: 'upload.granted',
  subject,
  facts: { size: 12, type: 'image/png', 'ä "quoted"': null, even: true },
  ...more,
});

for (const kind of ['pglite', 'postgresql'] as const) {
  describe(`the ledger on ${kind}`, () => {
    let server: TestPostgres | null = null;
    let deps: TestDeps;
    before(async () => {
      server = kind === 'postgresql' ? await openTestPostgres() : null;
      deps = await testDeps({ db: await (server?.open() ?? openTestPglite()) });
    });
    after(async () => {
      await deps.db.close();
      await server?.stop();
    });
    beforeEach(async () => {
      for (const table of [audit, ledgerEntry, ledgerNode, ledgerCheckpoint]) await deps.db.q.delete(table);
    });

    const write = (...acts: Act[]) => deps.db.transaction((tx) => record(tx, new Date(deps.now()), ...acts));
    const key = () => deps.keys.ledger.current.publicJwk.x ?? '';
    const leaves = async () =>
      (await deps.db.q.select().from(ledgerEntry).orderBy(ledgerEntry.leaf)).map(({ leafHash }) =>
        Buffer.from(leafHash),
      );

    test('proves an act, checked by code that shares nothing with it', async () => {
      const ids: string[] = [];
      for (let i = 0; i < 21; i++) ids.push(...(await write(act(`upload-${i}`))));
      await sequence(deps);
      for (const [i, id] of ids.entries()) {
        const proof = await recordProof(deps, id);
        assert.equal(proof.leaf, i);
        assert.equal(proof.record.acts[0]?.subject, `upload-${i}`);
        assert.equal(leafHashOf(proof.record, proof.key), proof.leaf_hash);
        const { origin, size, root } = readCheckpoint(proof.checkpoint, key());
        assert.deepEqual([origin, size], ['broker.example/v1/ledger', 21]);
        const path = proof.path.map((hash) => Buffer.from(hash, 'base64'));
        const above = rootAbove(proof.leaf, proof.size, Buffer.from(proof.leaf_hash, 'base64'), path);
        assert.equal(above.toString('base64'), root);
        assert.equal(rootOf(await leaves()).toString('base64'), root);
      }
    });

    test('puts what one person does in one call under one leaf, and every act of the broker under its own', async () => {
      assert.equal((await write(act('upload-1'), act('upload-2'), act('upload-3'))).length, 1);
      const byBroker = { actor: 'broker', act: 'upload.expired' };
      assert.equal((await write(act('upload-1', byBroker), act('upload-2', byBroker))).length, 2);
      assert.equal((await write(act('upload-1'), act('upload-2', { app: 'photos' }))).length, 2);
      assert.equal((await sequence(deps))?.size, 5);
    });

    test('has no entry of an act that was rolled back', async () => {
      await assert.rejects(
        deps.db.transaction(async (tx) => {
          await record(tx, new Date(deps.now()), act('upload-1'));
          throw new Error('changed its mind');
        }),
      );
      assert.equal(await sequence(deps), null);
    });

    test('gives an entry its place when its proof is asked for', async () => {
      const [id = ''] = await write(act('upload-1'));
      assert.deepEqual((({ leaf, size, path }) => ({ leaf, size, path }))(await inclusionProof(deps, id)), {
        leaf: 0,
        size: 1,
        path: [],
      });
      await assert.rejects(
        inclusionProof(deps, 'no-such-entry'),
        (e) => e instanceof Problem && e.code === 'not_found',
      );
    });

    test('keeps every proof of what was erased and of its neighbours, and knows no record of it any more', async () => {
      const [first = ''] = await write(
        act('upload-1', { actor: 'person:canary-1' }),
        act('upload-2', { actor: 'person:canary-1' }),
      );
      const [second = ''] = await write(act('upload-3'));
      await sequence(deps);
      const before = [await inclusionProof(deps, first), await recordProof(deps, second)];
      assert.equal(await deps.db.transaction((tx) => eraseRecords(tx, { actors: ['person:canary-1'] })), 1);
      assert.deepEqual([await inclusionProof(deps, first), await recordProof(deps, second)], before);
      await assert.rejects(recordProof(deps, first), (e) => e instanceof Problem && e.code === 'not_found');
      assert.deepEqual(await deps.db.q.select().from(audit).where(eq(audit.entry, first)), []);
      const [entry] = await deps.db.q.select().from(ledgerEntry).where(eq(ledgerEntry.id, first));
      assert.equal(entry?.key, null);
    });

    test('refuses a consistency proof of sizes that there never were', async () => {
      await write(act('upload-1'));
      await sequence(deps);
      assert.deepEqual(await consistencyProof(deps, 1, 1), { from: 1, to: 1, path: [] });
      for (const [from, to] of [
        [0, 1],
        [2, 1],
        [1, 2],
      ] as const) {
        await assert.rejects(consistencyProof(deps, from, to), (e) => e instanceof Problem && e.code === 'bad_request');
      }
    });
  });
}
