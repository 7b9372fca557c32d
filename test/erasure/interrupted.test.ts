import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { eq } from 'drizzle-orm';
import { audit } from '../../demo/audit/schema.ts';
import { newId, sha256 } from '../../demo/base/ids.ts';
import { sweep } from '../../demo/broker/sweep.ts';
import type { Database } from '../../demo/database/index.ts';
import { erasure } from '../../demo/erasure/schema.ts';
import { person } from '../../demo/identity/schema.ts';
import { BadCommand, operate } from '../../demo/operator/commands.ts';
import { link } from '../../demo/recipients/schema.ts';
import { upload } from '../../demo/uploads/schema.ts';
import { openTestPglite } from '../support/database.ts';
import { LinkRig } from '../support/link-rig.ts';
import { places, rowsIn } from '../support/searched-database.ts';

describe('forgetting somebody', () => {
  let rig: LinkRig;
  before(async () => {
    const db = await openTestPglite();
    // Its files are another test's: rewriting them each time would take minutes.
    rig = await LinkRig.start({ db: { ...db, scrub: async () => {} } });
  });
  after(async () => {
    await rig.close();
    await rig.deps.db.close();
  });

  const addressOf = (who: string) => `${who}@acme.example`;
  const fileOf = (who: string) => `${who}-contract.pdf`;
  const purposeOf = (who: string) => `Papers of ${who}`;
  /** Somebody with a file and a link, both of which name them. */
  const sender = async (id: string) => {
    const { deps } = rig;
    const who = { id, tenant: 'acme', app: 'cases', issuer: 'https://id.acme.example', subject: `subject-${id}` };
    const seenAt = new Date(deps.now());
    await deps.db.q.insert(person).values({ ...who, name: `Name ${id}`, email: addressOf(id), scopes: [], seenAt });
    const file = await rig.storeFile({ person: id, name: fileOf(id) });
    const made = { ...{ tenant: 'acme', app: 'cases', person: id }, recipient: 'to@mail.example.org' };
    const times = { createdAt: seenAt, expiresAt: new Date(deps.now() + 86_400_000) };
    const words = { purpose: purposeOf(id), language: 'en', reference: '7F3K92QD' };
    await deps.db.q.insert(link).values({ id: newId(), ...made, ...words, ...times, tokenHash: sha256(id) });
    return file;
  };
  const desk = (db: Database = rig.deps.db) => {
    const { registry, config, now } = rig.deps;
    return { db, registry, config, now };
  };
  const traces = async (who: string) => places(await rowsIn(rig.deps.db), who);

  /** A database whose process dies once so many transactions were written. */
  const dyingAfter = (count: number): Database => {
    let left = count;
    const { db } = rig.deps;
    return {
      ...db,
      transaction: async (work) => {
        if (left === 0) throw new Error('killed');
        left -= 1;
        return await db.transaction(work);
      },
    };
  };

  for (const [way, goOn] of [
    ['by the same command again', (who: string) => operate(desk(), ['forget', 'person', 'cases', who])],
    ['by the next sweep of a broker', () => sweep(rig.deps)],
  ] as const) {
    test(`goes on ${way} after it was killed anywhere`, async () => {
      let steps = 0;
      for (let isDone = false; !isDone; steps += 1) {
        const who = `sender-${way.length}-${steps}`;
        const file = await sender(who);
        isDone = await operate(desk(dyingAfter(steps)), ['forget', 'person', 'cases', who]).then(
          () => true,
          (error: Error) => {
            assert.equal(error.message, 'killed');
            return false;
          },
        );
        // Killed before the first was written it has not begun: a sweep knows of nothing.
        if (steps === 0 && way.includes('sweep')) continue;
        if (!isDone) await goOn(who);
        const rows = await rowsIn(rig.deps.db);
        for (const word of [`Name ${who}`, addressOf(who), `subject-${who}`, fileOf(who), purposeOf(who)]) {
          assert.deepEqual(places(rows, word), [], `${word} after ${steps} steps`);
        }
        const [row] = await rig.deps.db.q.select().from(upload).where(eq(upload.id, file));
        assert.equal(row?.state, 'deleted');
        // An order stands for a day; then the next somebody is the only one.
        rig.deps.clock.pass(86_401);
        await sweep(rig.deps);
      }
      assert.ok(steps >= 6, `it has ${steps} steps`);
    });
  }

  test('says once that it was done, however often it runs, and then knows of nobody', async () => {
    await sender('twice');
    for (const files of [1, 0, 0]) {
      const line = await operate(desk(), ['forget', 'person', 'cases', 'twice']);
      assert.match(line, new RegExp(`^Forgotten\\. People: 1, files: ${files}, links they sent: ${files}\\.`));
    }
    const [order] = await rig.deps.db.q.select().from(erasure).where(eq(erasure.person, 'twice'));
    const acts = await rig.deps.db.q
      .select()
      .from(audit)
      .where(eq(audit.subject, order?.id ?? ''));
    assert.deepEqual(
      acts.map(({ act }) => act),
      ['person.erased'],
    );
    rig.deps.clock.pass(86_401);
    await sweep(rig.deps);
    assert.deepEqual(await rig.deps.db.q.select().from(erasure), []);
    await assert.rejects(operate(desk(), ['forget', 'person', 'cases', 'twice']), { code: 'not_found' });
  });

  test('takes away with the next sweep what a call that was on its way has written since', async () => {
    await sender('late');
    await operate(desk(), ['forget', 'person', 'cases', 'late']);
    const file = await rig.storeFile({ person: 'late', name: 'late-kangaroo.pdf', state: 'open' });
    await sweep(rig.deps);
    assert.deepEqual(await traces('late-kangaroo'), []);
    const [row] = await rig.deps.db.q.select().from(upload).where(eq(upload.id, file));
    assert.equal(row?.state, 'expired');
  });

  test('by an address reaches both roles in every app of the tenant, however it was typed, and no other tenant', async () => {
    await sender('both');
    const mine = await rig.storeFile();
    for (const recipient of ['BOTH@acme.example', 'both@Acme.example', 'both@mail.example.org']) {
      assert.equal((await rig.asSender('POST', '/v1/links', rig.wish([mine], { recipient }))).status, 201);
    }
    const seenAt = new Date(rig.deps.now());
    const away = { tenant: 'globex', app: 'globex-cases', issuer: 'i', subject: 's', name: 'n', scopes: [], seenAt };
    await rig.deps.db.q.insert(person).values({ id: 'both-elsewhere', ...away, email: addressOf('both') });
    const line = await operate(desk(), ['forget', 'address', 'acme', 'Both@ACME.example']);
    assert.match(line, /^Forgotten\. People: 1, files: 1, links they sent: 1, links to the address: 2\./);
    assert.ok(!line.toLowerCase().includes('both@'));
    assert.deepEqual(await traces('BOTH@acme.example'), []);
    assert.deepEqual(await traces(addressOf('both')), ['public.person']);
    assert.notDeepEqual(await traces('both@mail.example.org'), []);
    const again = await operate(desk(), ['forget', 'address', 'acme', addressOf('both')]);
    assert.match(again, /^Forgotten\. People: 0, files: 0, links they sent: 0, links to the address: 0\./);
  });

  test('refuses what names nobody, before anything is done', async () => {
    for (const [words, message] of [
      [['address', 'nobody', 'jo@acme.example'], 'There is no tenant "nobody".'],
      [['address', 'acme', 'not an address'], 'That is no mail address.'],
      [['person', 'no-app', 'jo'], 'There is no app "no-app".'],
      [['app', 'cases'], 'Whom? forget address <tenant> <address>, or forget person <app> <id>.'],
    ] as const) {
      await assert.rejects(operate(desk(), ['forget', ...words]), new BadCommand(message));
    }
  });
});
