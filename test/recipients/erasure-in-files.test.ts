import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { eq } from 'drizzle-orm';
import { audit } from '../../demo/audit/schema.ts';
import { Problem } from '../../demo/base/problem.ts';
import { sweep } from '../../demo/broker/sweep.ts';
import { createJobs, JOBS, type JobHandlers, type JobName, type JobPayload } from '../../demo/context/jobs.ts';
import type { Database, Transaction } from '../../demo/database/index.ts';
import { exportLedger } from '../../demo/ledger/export.ts';
import { ledgerKeys, originOf } from '../../demo/ledger/note.ts';
import { inclusionProof, recordProof } from '../../demo/ledger/proofs.ts';
import { consent } from '../../demo/recipients/schema.ts';
import { checkLedger, verifyInclusion } from '../../src/verify/index.ts';
import { RecordedJobs } from '../support/broker.ts';
import { LinkRig, otherCode, stopIn, tokenIn } from '../support/link-rig.ts';
import { PageKey } from '../support/page-key.ts';
import { filesIn, onPglite, onPostgres, places, rowsIn } from '../support/searched-database.ts';

/** What is a person's, each in one place alone; long enough that no other bytes are the same. */
const THEIRS = {
  address: 'zaphod.walrus',
  host: 'pelican-bay.example.org',
  purpose: 'Ostrich feathers wanted',
  network: '203.0.113.0/24',
  component: '0.0.0-hedgehog.armadillo',
};
const FILE = 'kangaroo-contract.pdf';
const OTHERS = { address: 'trillian.cormorant', purpose: 'Hippopotamus dentist' };

/** Jobs that are asked for in the real queue as well, where they are done at once by nobody. */
class QueuedJobs extends RecordedJobs {
  readonly #queue;
  constructor(db: Database) {
    super();
    this.#queue = createJobs(db, () => {});
  }
  override async send(tx: Transaction, name: JobName, payload: JobPayload, after?: number): Promise<void> {
    await super.send(tx, name, payload);
    await this.#queue.send(tx, name, payload, after);
  }
  override async start(): Promise<void> {
    const nothing = Object.fromEntries(JOBS.map((name) => [name, async () => {}])) as unknown as JobHandlers;
    await this.#queue.start(nothing, 3600);
  }
  override stop = (): Promise<void> => this.#queue.stop();
}

/** Everything that a recipient can do, so that all that is ever kept of one is there. */
async function wholeLife(rig: LinkRig, key: PageKey) {
  const file = await rig.storeFile({ name: FILE });
  const wish = { recipient: `${THEIRS.address}@${THEIRS.host}`, purpose: THEIRS.purpose };
  await rig.asSender('POST', '/v1/links', rig.wish([file], wish));
  const [mail] = await rig.deliver('link-mail');
  const token = tokenIn(mail);
  const incoming = { socket: { remoteAddress: '203.0.113.77' }, headers: {} };
  const look = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ token }) };
  await rig.routes.request('/v1/recipient/notice', look, { incoming });
  const press = { token, is_trusted: true };
  await rig.call('ask', press);
  await rig.call('report', { ...press, what: 'not_for_me' });
  await rig.call('stop', { token: stopIn(mail), stopped: true, is_trusted: true });
  const code = await rig.mailedCode(token);
  await rig.verify(token, otherCode(code), key);
  const verified = (await rig.verify(token, code, key)).body as { recipient_token: string };
  const decided = await rig.decide(verified as never, key, 'accept', { component: THEIRS.component });
  assert.equal(decided.status, 200);
  const step = async (name: string, body?: unknown) => {
    assert.equal((await rig.asRecipient(name, verified.recipient_token, key, body)).status, 200, name);
  };
  await step('claim');
  await step('receipt');
  await step('receipt/mail');
  await rig.deliver();
  await step('withdraw', { is_trusted: true });
  await rig.deliver();
}

for (const [kind, open] of [
  ['PGlite', onPglite],
  ['PostgreSQL', onPostgres],
] as const) {
  describe(`somebody who was erased, on ${kind}`, () => {
    test('is in no table, file, queue or log any more, another person is, and every proof of the ledger holds', async (t) => {
      const { db, folder, stop, scrub } = await open();
      t.after(stop);
      // Uncompressed, so that a search of files finds what is there.
      for (const column of ['consent.record', 'consent.receipt', 'recipient_session.notice_canonical']) {
        await db.execute(`alter table ${column.replace('.', ' alter column ')} set storage external`);
      }
      const jobs = new QueuedJobs(db);
      await jobs.start();
      t.after(() => jobs.stop());
      const rig = await LinkRig.start({
        db,
        jobs,
        template: (one) => ({
          ...one,
          links: one.links && { ...one.links, withdraw_deletes_files: true, log_networks: true, erase_days: 7 },
        }),
      });
      t.after(() => rig.close());
      const key = await PageKey.make();
      await rig.accepted(
        (await rig.sentLink({ recipient: `${OTHERS.address}@mail.example.org`, purpose: OTHERS.purpose })).token,
        key,
      );
      await wholeLife(rig, key);
      await db.execute('analyze');

      const entries = (await db.q.select({ entry: audit.entry }).from(audit)).map(({ entry }) => entry ?? '');
      const [answer] = await db.q.select().from(consent).where(eq(consent.event, 'withdrawn'));
      const keys = await ledgerKeys(rig.deps.keys.ledger, originOf(rig.deps.config.publicUrl));
      const before = await Promise.all(entries.map((entry) => inclusionProof(rig.deps, entry)));
      for (const proof of before) await verifyInclusion(proof, keys);
      const rowsBefore = await rowsIn(db);
      if (kind === 'PostgreSQL') await db.execute('checkpoint');
      for (const [name, needle] of Object.entries({ ...THEIRS, ...OTHERS, file: FILE })) {
        assert.notDeepEqual(places(rowsBefore, needle), [], `${name} stood in a table`);
        assert.notDeepEqual(places(filesIn(folder), needle), [], `${name} stood in a file`);
      }

      rig.deps.clock.pass(7 * 86_400);
      await sweep(rig.deps);
      await scrub(rig.deps);

      for (const [name, needle] of Object.entries(THEIRS)) {
        assert.deepEqual(places(await rowsIn(db), needle), [], `${name} in tables`);
        assert.deepEqual(places(filesIn(folder), needle), [], `${name} in files`);
        assert.deepEqual(places([['log', rig.deps.logged.join('\n')]], needle), [], `${name} in the log`);
      }
      rig.deps.clock.pass(86_401);
      await sweep(rig.deps);
      assert.deepEqual(places(await rowsIn(db), FILE), [], 'a day later the name of the file that went with them');
      for (const needle of Object.values(OTHERS)) assert.notDeepEqual(places(await rowsIn(db), needle), []);
      for (const [i, entry] of entries.entries()) {
        const proof = await inclusionProof(rig.deps, entry);
        assert.deepEqual([proof.leaf, proof.leaf_hash], [before[i]?.leaf, before[i]?.leaf_hash]);
        await verifyInclusion(proof, keys);
      }
      await assert.rejects(
        recordProof(rig.deps, answer?.entry ?? ''),
        (error) => error instanceof Problem && error.code === 'not_found',
      );
      const lines: string[] = [];
      for await (const line of exportLedger(rig.deps, null)) lines.push(JSON.stringify(line));
      assert.deepEqual((await checkLedger(lines, { keys })).findings, []);
    });
  });
}
