import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { eq } from 'drizzle-orm';
import { agreed } from '../../demo/agreements/schema.ts';
import { audit } from '../../demo/audit/schema.ts';
import { sweep } from '../../demo/broker/sweep.ts';
import { guestCode, oidcRecord, person } from '../../demo/identity/schema.ts';
import { exportLedger } from '../../demo/ledger/export.ts';
import { ledgerKeys, originOf } from '../../demo/ledger/note.ts';
import { inclusionProof } from '../../demo/ledger/proofs.ts';
import { operate } from '../../demo/operator/commands.ts';
import type { Folder, StartedUploads } from '../../src/contract/index.ts';
import { checkLedger, verifyInclusion } from '../../src/verify/index.ts';
import { bytes, PDF } from '../policy/files.ts';
import { asPut } from '../support/as-put.ts';
import { codeOf, LinkRig, tokenIn } from '../support/link-rig.ts';
import { PageKey, type Who } from '../support/page-key.ts';
import { filesIn, onPglite, onPostgres, places, rowsIn } from '../support/searched-database.ts';
import { factsOf, put, UploadRig } from '../support/upload-rig.ts';

/** What is a sender's, each in one place alone; long enough that no other bytes are the same. */
const THEIRS = {
  name: 'Zaphod Walrus-Pelican',
  address: 'zaphod.walrus',
  subject: 'subject-of-the-armadillo',
  file: 'kangaroo-contract.pdf',
  path: 'Ostrich holiday',
  folder: 'Hedgehog matters',
  context: 'cormorant-case-4711',
  open: 'platypus-draft.pdf',
  purpose: 'Flamingo papers wanted',
  recipient: 'ford.wombat',
};
const ID = 'person-of-the-narwhal';
const OTHERS = { name: 'Trillian Hippopotamus', file: 'meerkat-invoice.pdf', purpose: 'Salamander dentist' };
const DAY = 86_400;

for (const [kind, open] of [
  ['PGlite', onPglite],
  ['PostgreSQL', onPostgres],
] as const) {
  describe(`a sender who was forgotten, on ${kind}`, () => {
    test('is in no table, file, object or log any more, another sender is, and every proof of the ledger holds', async (t) => {
      const place = await open();
      t.after(place.stop);
      const { db, folder } = place;
      // Uncompressed, so that a search of files finds what is there.
      for (const column of ['consent.record', 'consent.receipt', 'recipient_session.notice_canonical']) {
        await db.execute(`alter table ${column.replace('.', ' alter column ')} set storage external`);
      }
      const uploads = await UploadRig.start({ db });
      t.after(() => uploads.close());
      const { deps } = uploads;
      const links = await LinkRig.start({ db, clock: deps.clock, storage: deps.storage });
      t.after(() => links.close());
      const who = { tenant: 'acme', app: 'cases', issuer: 'https://id.acme.example', seenAt: new Date(deps.now()) };
      const email = `${THEIRS.address}@acme.example`;
      await db.q.insert(person).values([
        { ...who, id: ID, subject: THEIRS.subject, name: THEIRS.name, email, scopes: [] },
        { ...who, id: 'trillian', subject: 'trillian', name: OTHERS.name, email: 'trillian@acme.example', scopes: [] },
      ]);

      const stored = await wholeLife(uploads, links, email);
      const other = await uploads.stored(OTHERS.file, 'application/pdf', bytes(PDF, 'b'), { person: 'trillian' });
      const toOther = links.wish([other.id], { purpose: OTHERS.purpose });
      assert.equal((await links.asSender('POST', '/v1/links', toOther, { person: 'trillian' })).status, 201);
      await links.deliver('link-mail');
      await db.execute('analyze');

      const entries = (await db.q.select({ entry: audit.entry }).from(audit)).map(({ entry }) => entry ?? '');
      const keys = await ledgerKeys(deps.keys.ledger, originOf(deps.config.publicUrl));
      const before = await Promise.all(entries.map((entry) => inclusionProof(deps, entry)));
      const rowsBefore = await rowsIn(db);
      if (kind === 'PostgreSQL') await db.execute('checkpoint');
      for (const [name, needle] of Object.entries({ ...THEIRS, ...OTHERS, id: ID })) {
        assert.notDeepEqual(places(rowsBefore, needle), [], `${name} stood in a table`);
        assert.notDeepEqual(places(filesIn(folder), needle), [], `${name} stood in a file`);
      }

      const line = await operate(desk(uploads), ['forget', 'address', 'acme', 'Zaphod.Walrus@ACME.example']);
      assert.match(line, /^Forgotten\. People: 1, files: 2, links they sent: 1, links to the address: 0\./);
      assert.equal(codeOf(await uploads.call('GET', '/v1/files', undefined, { person: ID })), 'sign_in_ended');
      await place.scrub(deps);
      for (const [name, needle] of Object.entries(THEIRS)) {
        assert.deepEqual(places(await rowsIn(db), needle), [], `${name} in tables`);
        assert.deepEqual(places(filesIn(folder), needle), [], `${name} in files`);
        const logged = [...deps.logged, ...links.deps.logged].join('\n');
        assert.deepEqual(places([['log', logged]], needle), [], `${name} in the log`);
      }
      // Grants of before live for minutes, their room and rows until the storage was seen empty.
      deps.clock.pass(600);
      await sweep(deps);
      assert.deepEqual(await Promise.all(stored.map((key) => deps.storage.head(key))), [null]);
      assert.deepEqual((await uploads.room()).app, [other.size, 0]);
      for (let days = 0; days < 2; days += 1) {
        deps.clock.pass(DAY + 1);
        await sweep(deps);
      }
      // The planner may keep an id as a sample; nothing leads from it to anybody.
      const left = places(await rowsIn(db), ID).filter((name) => name !== 'pg_catalog.pg_statistic');
      assert.deepEqual(left, [], 'two days later nothing names even the id');
      for (const needle of Object.values(OTHERS)) assert.notDeepEqual(places(await rowsIn(db), needle), []);

      for (const [i, entry] of entries.entries()) {
        const proof = await inclusionProof(deps, entry);
        assert.deepEqual([proof.leaf, proof.leaf_hash], [before[i]?.leaf, before[i]?.leaf_hash]);
        await verifyInclusion(proof, keys);
      }
      const lines: string[] = [];
      for await (const one of exportLedger(deps, null)) lines.push(JSON.stringify(one));
      assert.deepEqual((await checkLedger(lines, { keys })).findings, []);
      const acts = await db.q.select().from(audit).where(eq(audit.act, 'person.erased'));
      assert.deepEqual(
        acts.map(({ app, actor, facts }) => [app, actor, facts]),
        [['cases', 'broker', {}]],
      );
    });
  });
}

const desk = ({ deps: { db, registry, config, now } }: UploadRig | LinkRig) => ({ db, registry, config, now });

/** Everything that a sender can leave behind. Answers the keys of the objects. */
async function wholeLife(uploads: UploadRig, links: LinkRig, email: string): Promise<string[]> {
  const { deps } = uploads;
  const who: Who = { person: ID };
  const folder = (await uploads.post('/v1/folders', { name: THEIRS.folder }, who)).body as Folder;
  const content = bytes(PDF, 'a');
  const started = await uploads.post(
    '/v1/uploads',
    {
      files: [{ ...factsOf(THEIRS.file, 'application/pdf', content), path: THEIRS.path }],
      folder: folder.id,
      context: { case: THEIRS.context },
    },
    who,
  );
  assert.equal(started.status, 201, JSON.stringify(started.body));
  const [entry] = (started.body as StartedUploads).files;
  assert.ok(entry && 'upload' in entry);
  const { id, grant } = entry.upload;
  assert.equal(await put(asPut(grant), content), 200);
  const file = (await uploads.complete(id, who)).file?.id ?? assert.fail('not stored');
  await uploads.granted(factsOf(THEIRS.open, 'application/pdf', bytes(PDF, 'never sent')), who);

  const wish = { purpose: THEIRS.purpose, recipient: `${THEIRS.recipient}@mail.example.org` };
  const made = await links.asSender('POST', '/v1/links', links.wish([file], wish), who);
  assert.equal(made.status, 201);
  const [mail] = await links.deliver('link-mail');
  const key = await PageKey.make();
  const { verified } = await links.accepted(tokenIn(mail), key);
  assert.equal((await links.asRecipient('claim', verified.recipient_token, key)).status, 200);
  assert.equal((await links.asRecipient('receipt', verified.recipient_token, key)).status, 200);
  await links.deliver();

  const at = new Date(deps.now());
  const mine = { tenant: 'acme', app: 'cases', person: ID };
  const answer = { purpose: 'share', version: 1, isAgreed: true, at, agreement: 'agreement-1', noticeSha256: 'x' };
  await deps.db.q.insert(agreed).values({ ...mine, ...answer });
  await deps.db.q.insert(oidcRecord).values({ model: 'Grant', id: 'grant-1', payload: { accountId: ID } });
  const code = { uid: 'u', cookieHash: Buffer.from('c'), lang: 'en', sentAt: at, expiresAt: at };
  await deps.db.q.insert(guestCode).values({ id: 'code-1', app: 'cases', address: email, ...code });
  return [(await uploads.row(id)).objectKey];
}
