import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { and, eq } from 'drizzle-orm';
import { audit } from '../../demo/audit/schema.ts';
import { Problem } from '../../demo/base/problem.ts';
import { MAILS } from '../../demo/context/config.ts';
import type { RecipientCaller } from '../../demo/context/env.ts';
import type { Database } from '../../demo/database/index.ts';
import { claimLink } from '../../demo/recipients/claims.ts';
import { consent, link, linkClaim, linkCode } from '../../demo/recipients/schema.ts';
import type { Verified } from '../../src/contract/index.ts';
import { openTestPglite, openTestPostgres, type TestPostgres } from '../support/database.ts';
import { codeOf, LinkRig, otherCode } from '../support/link-rig.ts';
import { PageKey } from '../support/page-key.ts';

const MANY = 20;
const times = <T>(make: (index: number) => Promise<T>) => Promise.all(Array.from({ length: MANY }, (_, i) => make(i)));
const codeFrom = (error: unknown): string => (error instanceof Problem ? error.code : String(error));

for (const kind of ['pglite', 'postgresql'] as const) {
  describe(`many at once on ${kind}`, () => {
    let server: TestPostgres | null = null;
    let db: Database;
    /** Another process of the broker; on PGlite there is one session only. */
    let other: Database;
    let rig: LinkRig;
    before(async () => {
      server = kind === 'postgresql' ? await openTestPostgres() : null;
      db = await (server?.open() ?? openTestPglite());
      other = (await server?.open()) ?? db;
      rig = await LinkRig.start({ db });
    });
    after(async () => {
      await rig.close();
      if (other !== db) await other.close();
      await db.close();
      await server?.stop();
    });

    test('30 links to one address asked for at once: five are made', async (t) => {
      const { mails } = rig.deps.config;
      Object.assign(rig.deps.config, { mails: MAILS });
      t.after(() => Object.assign(rig.deps.config, { mails }));
      const wish = rig.wish([await rig.storeFile()], { recipient: 'many@mail.example.org' });
      const all = Array.from({ length: 30 }, () => rig.asSender('POST', '/v1/links', wish));
      const made = (await Promise.all(all)).filter(({ status }) => status === 201);
      assert.equal((await rig.deliver()).length, made.length);
      assert.equal(made.length, 5);
    });

    test('20 keys claim one link: exactly one wins, and it alone may repeat', async () => {
      const { id, token } = await rig.sentLink();
      await rig.accepted(token, await PageKey.make());
      const deps = [rig.deps, { ...rig.deps, db: other }] as const;
      const claim = (index: number) => {
        const who: RecipientCaller = { link: id, session: Buffer.alloc(32, index), jkt: `key-${index}` };
        return claimLink(index % 2 === 0 ? deps[0] : deps[1], who).then(
          () => 'won',
          (error) => codeFrom(error),
        );
      };
      const outcomes = await times(claim);
      const winner = outcomes.indexOf('won');
      const lost = Array.from({ length: MANY - 1 }, () => 'link_used');
      assert.deepEqual([...outcomes].sort(), [...lost, 'won']);
      assert.deepEqual(
        await times(() => claim(winner)),
        Array.from({ length: MANY }, () => 'won'),
      );
      assert.equal(await claim((winner + 1) % MANY), 'link_used');
      const won = await db.q.select().from(linkClaim).where(eq(linkClaim.link, id));
      assert.deepEqual(
        won.map(({ jkt }) => jkt),
        [`key-${winner}`],
      );
      const claims = await db.q
        .select()
        .from(audit)
        .where(and(eq(audit.subject, id), eq(audit.act, 'link.claimed')));
      assert.equal(claims.length, 1);
    });

    test('one key claims 20 times at once: one claim, 20 answers', async () => {
      const { id, token } = await rig.sentLink();
      const key = await PageKey.make();
      const { verified } = await rig.accepted(token, key);
      const answers = await times(() => rig.asRecipient('claim', verified.recipient_token, key));
      assert.deepEqual(
        answers.map(({ status }) => status),
        Array.from({ length: MANY }, () => 200),
      );
      const claims = await db.q
        .select()
        .from(audit)
        .where(and(eq(audit.subject, id), eq(audit.act, 'link.claimed')));
      assert.equal(claims.length, 1);
    });

    test('20 wrong guesses at once have five tries between them', async () => {
      const { id, token } = await rig.sentLink();
      const code = await rig.mailedCode(token);
      const key = await PageKey.make();
      const answers = await times(() => rig.verify(token, otherCode(code), key));
      const codes = answers.map(codeOf).sort();
      assert.deepEqual(codes, [
        ...Array.from({ length: MANY - 5 }, () => 'code_old'),
        ...Array.from({ length: 5 }, () => 'code_wrong'),
      ]);
      const [row] = await db.q.select().from(linkCode).where(eq(linkCode.link, id));
      assert.equal(row?.tries, 5);
      const [counted] = await db.q.select().from(link).where(eq(link.id, id));
      assert.equal(counted?.wrongCodes, 5);
    });

    test('20 pages enter the right code at once: one is let in', async () => {
      const { token } = await rig.sentLink();
      const code = await rig.mailedCode(token);
      const keys = await times(() => PageKey.make());
      const answers = await Promise.all(keys.map((key) => rig.verify(token, code, key)));
      assert.deepEqual(answers.map(({ status }) => status).sort(), [
        200,
        ...Array.from({ length: MANY - 1 }, () => 410),
      ]);
    });

    test('20 codes asked for at once: one mail', async () => {
      const { id, token } = await rig.sentLink();
      const answers = await times(() => rig.call('code', { token }));
      assert.ok(answers.every(({ status }) => status === 200));
      assert.equal((await db.q.select().from(linkCode).where(eq(linkCode.link, id))).length, 1);
      assert.equal((await rig.deliver('code-mail')).length, 1);
    });

    test('accept and decline pressed at once with one nonce: one answer, one record', async () => {
      const { id, token } = await rig.sentLink();
      const key = await PageKey.make();
      const shown: Verified = await rig.proven(token, key);
      const answers = await times((index) => rig.decide(shown, key, index % 2 === 0 ? 'accept' : 'decline'));
      const kept = answers.filter(({ status }) => status === 200);
      assert.equal(kept.length, 1);
      assert.ok(answers.every((answer) => answer.status === 200 || codeOf(answer) === 'notice_stale'));
      const records = await db.q.select().from(consent).where(eq(consent.link, id));
      const [row] = await db.q.select().from(link).where(eq(link.id, id));
      assert.deepEqual(
        records.map(({ event }) => event),
        [row?.decision === 'accept' ? 'accepted' : 'declined'],
      );
    });

    test('claim and withdrawal at once never end in a claim after the withdrawal', async () => {
      const { token } = await rig.sentLink();
      const key = await PageKey.make();
      const { verified } = await rig.accepted(token, key);
      const answers = await times((index) =>
        index === 10
          ? rig.withdraw(verified.recipient_token, key)
          : rig.asRecipient('claim', verified.recipient_token, key),
      );
      assert.equal(answers[10]?.status, 200);
      assert.ok(answers.every((answer) => answer.status === 200 || codeOf(answer) === 'withdrawn'));
      assert.equal(codeOf(await rig.asRecipient('claim', verified.recipient_token, key)), 'withdrawn');
    });
  });
}
