import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { eq, sql } from 'drizzle-orm';
import * as v from 'valibot';
import { sweep } from '../../demo/broker/sweep.ts';
import { consent, link, linkAccess } from '../../demo/recipients/schema.ts';
import { upload } from '../../demo/uploads/schema.ts';
import { type AccessLog, LinkList, type ReceiptFile } from '../../src/contract/index.ts';
import { codeOf, LinkRig, RECIPIENT } from '../support/link-rig.ts';
import { PageKey } from '../support/page-key.ts';

const DAY = 86_400;

/** Every row of every table, as text: of other schemas (the queue) too. */
async function everything(rig: LinkRig): Promise<string> {
  const { rows: tables } = await rig.deps.db.execute(
    "select table_schema s, table_name t from information_schema.tables where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')",
  );
  const texts = [];
  for (const { s, t } of tables as { s: string; t: string }[]) {
    const { rows } = await rig.deps.db.execute(`select x::text as row from "${s}"."${t}" x`);
    texts.push(...(rows as { row: string }[]).map(({ row }) => row));
  }
  return texts.join('\n');
}

describe('what is kept about a recipient', () => {
  let rig: LinkRig;
  let key: PageKey;
  before(async () => {
    rig = await LinkRig.start({
      template: (one) => ({
        ...one,
        links: one.links && { ...one.links, withdraw_deletes_files: true, log_networks: true },
      }),
    });
    key = await PageKey.make();
  });
  after(() => rig.close());

  test('is gone from every table at the promised second after a withdrawal, with the files nobody else needs', async () => {
    const canary = 'Zaphod canary purpose';
    const recipient = 'zaphod.canary@mail.example.org';
    const shared = await rig.sentLink();
    const { id, token, files } = await rig.sentLink({ purpose: canary, recipient });
    const [mine = '', alsoTheirs = ''] = files;
    await rig.deps.db.q.execute(
      sql`insert into link_file (link, upload, position) values (${shared.id}, ${alsoTheirs}, 9)`,
    );
    await rig.accepted(shared.token, key);
    const { verified } = await rig.accepted(token, key);
    const withdrawn = await rig.withdraw(verified.recipient_token, key);
    const { erase_by } = withdrawn.body as { erase_by: string };
    assert.equal(Date.parse(erase_by), rig.deps.now() + 30 * DAY * 1000);
    rig.deps.clock.pass(30 * DAY - 1);
    await sweep(rig.deps);
    assert.match(await everything(rig), /zaphod\.canary/);
    rig.deps.clock.pass(1);
    await sweep(rig.deps);
    const left = await everything(rig);
    for (const word of ['zaphod', 'Zaphod', 'z•••', canary]) assert.ok(!left.includes(word), word);
    assert.ok(left.includes(RECIPIENT), 'another person stays');
    const states = await rig.deps.db.q.select().from(upload);
    const stateOf = (file: string) => states.find((row) => row.id === file)?.state;
    assert.deepEqual([stateOf(mine), stateOf(alsoTheirs)], ['deleted', 'stored']);
    const [row] = await rig.deps.db.q.select().from(link).where(eq(link.id, id));
    assert.equal(row?.erasedAt?.getTime(), rig.deps.now());
    assert.equal(codeOf(await rig.call('notice', { token })), 'link_unknown');
    const { links } = v.parse(LinkList, (await rig.asSender('GET', '/v1/links')).body);
    const place = links.find((one) => one.id === id);
    assert.deepEqual([place?.recipient, place?.purpose, place?.state], ['', '', 'withdrawn'], 'the list can be read');
  });

  test('is kept for the months of the template, and then gone', async () => {
    const { id, token } = await rig.sentLink({ recipient: 'trillian.canary@mail.example.org' });
    await rig.accepted(token, key);
    rig.deps.clock.pass(364 * DAY);
    await sweep(rig.deps);
    assert.equal((await rig.deps.db.q.select().from(consent).where(eq(consent.link, id))).length, 1);
    rig.deps.clock.pass(6 * DAY);
    await sweep(rig.deps);
    assert.doesNotMatch(await everything(rig), /trillian/);
  });
});

describe('the log of a link', () => {
  let rig: LinkRig;
  let key: PageKey;
  before(async () => {
    rig = await LinkRig.start();
    key = await PageKey.make();
  });
  after(() => rig.close());
  const acts = (answer: { body: unknown }) => (answer.body as AccessLog).entries.map(({ act }) => act);

  test('tells the sender what was done, the owner and the recipient also who looked', async () => {
    const { id, token } = await rig.sentLink();
    await rig.cover(token);
    await rig.cover(token);
    const { verified } = await rig.accepted(token, key);
    await rig.asRecipient('claim', verified.recipient_token, key);
    await rig.asRecipient('claim', verified.recipient_token, key);
    const all = ['opened', 'code_sent', 'proven', 'accepted', 'downloaded'];
    assert.deepEqual(acts(await rig.asRecipient('log', verified.recipient_token, key)), all);
    assert.deepEqual(acts(await rig.asSender('GET', `/v1/links/${id}/log`)), ['accepted', 'downloaded']);
    const owner = { scopes: ['links:create:internal', 'links:read:app'], person: 'person-2' };
    assert.deepEqual(acts(await rig.asSender('GET', `/v1/links/${id}/log`, undefined, owner)), all);
    const stranger = await rig.asSender('GET', `/v1/links/${id}/log`, undefined, { person: 'person-3' });
    assert.equal(codeOf(stranger), 'not_found');
  });

  test('is trimmed after the days of the template', async () => {
    const { id, token } = await rig.sentLink();
    await rig.cover(token);
    const rows = () => rig.deps.db.q.select().from(linkAccess).where(eq(linkAccess.link, id));
    rig.deps.clock.pass(90 * DAY);
    await sweep(rig.deps);
    assert.equal((await rows()).length, 1);
    rig.deps.clock.pass(1);
    await sweep(rig.deps);
    assert.equal((await rows()).length, 0);
  });
});

describe('the file of a receipt', () => {
  test('opens the way back with the same proof, and an hour of pressing mails it no oftener than it says', async (t) => {
    const rig = await LinkRig.start();
    t.after(() => rig.close());
    const key = await PageKey.make();
    const { token } = await rig.sentLink();
    const { verified } = await rig.accepted(token, key);
    const file = (await rig.asRecipient('receipt', verified.recipient_token, key)).body as ReceiptFile;
    const back = file.withdraw?.split('#')[1] ?? '';
    assert.equal((await rig.cover(back)).withdrawable, true);
    for (const [seconds, status] of [
      [0, 200],
      [599, 429],
      [1, 401],
    ] as const) {
      rig.deps.clock.pass(seconds);
      const answer = await rig.asRecipient('receipt/mail', verified.recipient_token, key);
      assert.equal(answer.status, status);
    }
    const proven = await rig.proven(back, key);
    assert.equal((await rig.asRecipient('receipt/mail', proven.recipient_token, key)).status, 200);
    assert.equal((await rig.withdraw(proven.recipient_token, key)).status, 200);
    assert.equal((await rig.cover(token)).state, 'withdrawn');
    assert.equal((await rig.cover(back)).withdrawable, false);
  });
});
