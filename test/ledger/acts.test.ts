import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { root } from '../../build/root.ts';
import { sweep } from '../../demo/broker/sweep.ts';
import type { Transaction } from '../../demo/database/index.ts';
import { rotateNow } from '../../demo/identity/key-rotation.ts';
import { recordPolicies } from '../../demo/ledger/policies.ts';
import { createMailer } from '../../demo/mail/mailer.ts';
import { operate } from '../../demo/operator/commands.ts';
import { mailHandlers } from '../../demo/recipients/mail.ts';
import type { StartedUploads, Verified } from '../../src/contract/index.ts';
import { bytes, PDF } from '../policy/files.ts';
import { asPut } from '../support/as-put.ts';
import type { TestDeps } from '../support/broker.ts';
import { LinkRig, stopIn, tokenIn } from '../support/link-rig.ts';
import { PageKey } from '../support/page-key.ts';
import { factsOf, put, UploadRig } from '../support/upload-rig.ts';

class Cut extends Error {}

/** What `work` wrote down, by the transaction that did: the system column xmin names it, in every row of it. */
async function written({ db }: TestDeps, work: () => Promise<unknown>) {
  const last = async () =>
    Number((await db.execute('select coalesce(max(seq), 0) as seq from audit')).rows.map(seqOf)[0]);
  const seqOf = (row: unknown) => (row as { seq: string }).seq;
  const before = await last();
  await work();
  const { rows } = await db.execute(
    'select a.act, a.xmin::text as "by", e.xmin::text as entry_by, e.key is not null as has_key from audit a ' +
      'left join ledger_entry e on e.id = a.entry where a.seq > $1 order by a.seq',
    [before],
  );
  return rows as { act: string; by: string; entry_by: string | null; has_key: boolean }[];
}

/** How many rows of a table that transaction wrote or changed. */
async function rowsOf({ db }: TestDeps, table: string, by: string): Promise<number> {
  const { rows } = await db.execute(`select count(*)::int as n from ${table} where xmin::text = $1`, [by]);
  return (rows[0] as { n: number }).n;
}

const counts = async ({ db }: TestDeps) =>
  (await db.execute('select (select count(*) from audit) as acts, (select count(*) from ledger_entry) as entries'))
    .rows;

/** Every transaction of the work fails at its very end. */
async function cutShort({ db }: TestDeps, work: () => Promise<unknown>): Promise<void> {
  const { transaction } = db;
  const cut = <T>(inner: (tx: Transaction) => Promise<T>) =>
    transaction(async (tx) => {
      await inner(tx);
      throw new Cut();
    });
  Object.assign(db, { transaction: cut });
  try {
    await work().catch(() => {});
  } finally {
    Object.assign(db, { transaction });
  }
}

/** Acts in an order in which each can happen; the table is one that the same transaction changes, null where it changes none. */
type Step = readonly [acts: readonly string[], table: string | null, work: () => Promise<unknown>];

function check(depsOf: () => TestDeps, steps: readonly Step[]): void {
  for (const [acts, table, work] of steps) {
    test(`${acts.join(' and ')}: in the transaction that does it, and not where that is rolled back`, async () => {
      const deps = depsOf();
      const before = await counts(deps);
      await cutShort(deps, work);
      assert.deepEqual(await counts(deps), before, 'rolled back, and yet written');
      const rows = await written(deps, work);
      assert.deepEqual([...new Set(rows.map(({ act }) => act))].sort(), [...acts].sort());
      for (const { act, by, entry_by, has_key } of rows) {
        assert.deepEqual([entry_by, has_key], [by, true], `${act} has its entry`);
        if (table !== null) assert.ok((await rowsOf(deps, table, by)) > 0, `${act} with its change of ${table}`);
      }
    });
  }
}

describe('every act of a link is an entry of the ledger', () => {
  let rig: LinkRig;
  let key: PageKey;
  let files: string[];
  let [token, other, stop] = ['', '', ''];
  let [id, otherId] = ['', ''];
  let shown: Verified;
  const expect2xx = async (answer: Promise<{ status: number; body: unknown }>) => {
    const { status, body } = await answer;
    if (status >= 300) throw new Error(JSON.stringify(body));
    return body;
  };
  before(async () => {
    rig = await LinkRig.start({
      template: (one) => ({ ...one, links: one.links && { ...one.links, erase_days: 1 } }),
    });
    key = await PageKey.make();
    files = [await rig.storeFile()];
    ({ token: other, id: otherId } = await rig.sentLink());
  });
  after(() => rig.close());
  const asRecipient = (step: string, body = {}) => expect2xx(rig.asRecipient(step, shown.recipient_token, key, body));
  const code = async () => {
    const mail = (await rig.deliver('code-mail')).at(-1);
    return (
      /(\d{4}) (\d{4})/
        .exec(mail?.subject ?? '')
        ?.slice(1)
        .join('') ?? ''
    );
  };

  const made = async () => {
    const body = await expect2xx(rig.asSender('POST', '/v1/links', rig.wish(files)));
    id = (body as { link: { id: string } }).link.id;
  };
  const mailed = async () => {
    const before = rig.sink.messages.length;
    await mailHandlers(rig.deps, createMailer(rig.deps.config.smtp))['link-mail']({ id });
    const mail = rig.sink.messages[before];
    if (mail) [token, stop] = [tokenIn(mail), stopIn(mail)];
  };
  let typed = '';
  const verified = async () => {
    typed ||= await code();
    shown = (await expect2xx(rig.verify(token, typed, key))) as Verified;
  };
  const press = { is_trusted: true };
  check(
    () => rig.deps,
    [
      [['link.made', 'link.outside-agreed'], 'link', made],
      [['link.mailed'], 'link', mailed],
      [['code.requested'], 'link_code', () => expect2xx(rig.call('code', { token }))],
      [['recipient.verified'], 'recipient_session', verified],
      [['consent.declined'], 'consent', () => expect2xx(rig.decide(shown, key, 'decline'))],
      [
        ['consent.accepted'],
        'consent',
        async () => {
          const again = (await expect2xx(
            rig.asRecipient('show', shown.recipient_token, key, { language: 'de' }),
          )) as Verified;
          await expect2xx(rig.decide({ ...shown, ...again }, key, 'accept'));
        },
      ],
      [['link.claimed'], 'link_claim', () => asRecipient('claim')],
      [['link.claim-repeated'], null, () => asRecipient('claim')],
      [['link.window-extended'], 'link_claim', () => asRecipient('extend')],
      [['consent.withdrawn'], 'consent', () => asRecipient('withdraw', press)],
      [
        ['link.reported'],
        'link_told',
        () => expect2xx(rig.call('report', { token: other, what: 'not_for_me', ...press })),
      ],
      [['mails.stopped'], 'mail_stop', () => expect2xx(rig.call('stop', { token: stop, stopped: true, ...press }))],
      [['mails.allowed'], null, () => expect2xx(rig.call('stop', { token: stop, stopped: false, ...press }))],
      [['link.taken-back'], 'link', () => expect2xx(rig.asSender('DELETE', `/v1/links/${otherId}`))],
      [
        ['recipient.erased'],
        'link',
        async () => {
          if (rig.deps.now() < Date.parse('2026-03-03T10:00:00Z')) rig.deps.clock.pass(25 * 3600);
          await sweep(rig.deps);
        },
      ],
    ],
  );
});

describe('every act of an upload, a policy, a key and an operator is an entry of the ledger', () => {
  const content = bytes(PDF, 'acts');
  let rig: UploadRig;
  let [id, second] = ['', ''];
  const expect2xx = async (answer: Promise<{ status: number; body: unknown }>) => {
    const { status, body } = await answer;
    if (status >= 300) throw new Error(JSON.stringify(body));
    return body;
  };
  before(async () => {
    rig = await UploadRig.start();
  });
  after(() => rig.close());
  const operated = (...words: string[]) =>
    operate({ db: rig.deps.db, registry: rig.deps.registry, config: rig.deps.config, now: rig.deps.now }, words);
  const granted = async () => {
    const wish = {
      files: [factsOf('a.pdf', 'application/pdf', content), factsOf('b.pdf', 'application/pdf', content)],
    };
    const { files } = (await expect2xx(rig.post('/v1/uploads', wish))) as StartedUploads;
    const uploads = files.flatMap((entry) => ('upload' in entry ? [entry.upload] : []));
    [id, second] = [uploads[0]?.id ?? '', uploads[1]?.id ?? ''];
    const [one] = uploads;
    if (one?.grant) assert.equal(await put(asPut(one.grant), content), 200);
  };
  const keyLife = () => rig.deps.config.times.keyLife;
  const changed = () => rig.deps.registry.all().map((app) => ({ ...app, templateSha256: 'other' }));
  check(
    () => rig.deps,
    [
      [['upload.granted'], 'upload', granted],
      [['upload.stored'], 'upload', () => expect2xx(rig.post('/v1/uploads/complete', { uploads: [{ id }] }))],
      [['upload.aborted'], 'upload', () => expect2xx(rig.call('DELETE', `/v1/uploads/${second}`))],
      [['file.opened'], null, () => expect2xx(rig.call('POST', `/v1/files/${id}/url`))],
      [['file.deleted'], 'upload', () => expect2xx(rig.call('DELETE', `/v1/files/${id}`))],
      [['folder.created'], 'folder', () => expect2xx(rig.call('POST', '/v1/folders', { name: 'Contracts' }))],
      [['policy.set'], null, () => recordPolicies(rig.deps, rig.deps.registry.all())],
      [['policy.set'], null, () => recordPolicies(rig.deps, changed())],
      [
        ['key.rotated'],
        'signing_key',
        () => rotateNow({ db: rig.deps.db, now: rig.deps.now, keyLife: keyLife() }, 'receipt'),
      ],
      [['access.ended'], 'ending', () => operated('end', 'app', 'photos')],
      [['lives.cut'], 'ending', () => operated('cut-lives', '120')],
      [['lives.restored'], 'ending', () => operated('restore-lives')],
    ],
  );

  test('a policy that has not changed is not written again, whoever starts how often', async () => {
    const same = changed();
    const rows = await written(rig.deps, () => Promise.all([1, 2, 3].map(() => recordPolicies(rig.deps, same))));
    assert.deepEqual(rows, []);
    assert.equal((await written(rig.deps, () => recordPolicies(rig.deps, rig.deps.registry.all()))).length, 3);
  });
});

test('acts and entries are written in one place alone, which takes a transaction', () => {
  const found = readdirSync(`${root}demo`, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .filter((file) =>
      /insert\((audit|ledgerEntry)\)|insert into \$\{(audit|ledgerEntry)\}/.test(
        readFileSync(join(root, 'demo', file), 'utf8'),
      ),
    );
  assert.deepEqual(found, ['audit/index.ts']);
  const source = readFileSync(join(root, 'demo/audit/index.ts'), 'utf8');
  assert.match(source, /export async function record\(tx: Transaction,/);
});
