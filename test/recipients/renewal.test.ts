import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { eq } from 'drizzle-orm';
import { audit } from '../../demo/audit/schema.ts';
import { operate } from '../../demo/operator/commands.ts';
import { outsideWords } from '../../demo/recipients/outside.ts';
import { link } from '../../demo/recipients/schema.ts';
import { upload } from '../../demo/uploads/schema.ts';
import type { AppLinkList, CheckedRecipient, Link, LinkList, LinkPreview, MadeLink } from '../../src/contract/index.ts';
import { codeOf, LinkRig, RECIPIENT, tokenIn } from '../support/link-rig.ts';
import { PageKey } from '../support/page-key.ts';

const DAY = 86_400;

describe('a link is renewed', () => {
  let rig: LinkRig;
  before(async () => {
    rig = await LinkRig.start();
  });
  after(() => rig.close());
  const renew = (id: string, body: unknown = {}, who = {}) => rig.asSender('POST', `/v1/links/${id}/renew`, body, who);
  const listed = async (id: string): Promise<Link | undefined> =>
    ((await rig.asSender('GET', '/v1/links')).body as LinkList).links.find((one) => one.id === id);

  test('with one click: the same files, person and purpose; the old one ends and says that there is a newer', async () => {
    const { id, token, files } = await rig.sentLink();
    rig.deps.clock.pass(60);
    const { status, body } = await renew(id);
    const next = (body as MadeLink).link;
    assert.equal(status, 201);
    assert.deepEqual(
      [next.recipient, next.purpose, next.files, next.state, next.renews, next.external],
      [RECIPIENT, 'Your signed rental contract', files, 'open', id, true],
    );
    assert.equal(next.expires_at, new Date(rig.deps.now() + 3 * DAY * 1000).toISOString());
    const old = await listed(id);
    assert.deepEqual([old?.state, old?.renewed_as], ['renewed', next.id]);
    const cover = await rig.cover(token);
    assert.deepEqual([cover.state, cover.state_since], ['renewed', new Date(rig.deps.now()).toISOString()]);
    for (const step of ['code', 'ask']) {
      assert.equal(codeOf(await rig.call(step, { token, is_trusted: true })), 'link_renewed');
    }
    const [mail] = await rig.deliver('link-mail');
    const key = await PageKey.make();
    const { verified } = await rig.accepted(tokenIn(mail), key);
    assert.equal((await rig.asRecipient('claim', verified.recipient_token, key)).status, 200);
    const [agreed] = await rig.deps.db.q.select().from(link).where(eq(link.id, next.id));
    assert.equal(agreed?.outside?.sha256, outsideWords(rig.deps.registry.app('cases'), 'en').sha256);
  });

  test('asked twice, also at once, it answers the one link that took its place', async () => {
    const { id } = await rig.sentLink();
    const answers = await Promise.all([renew(id), renew(id), renew(id)]);
    const ids = new Set(answers.map(({ body }) => (body as MadeLink).link.id));
    assert.equal(ids.size, 1);
    assert.equal((await rig.deliver('link-mail')).length, 1);
  });

  test('whatever ended it: used, expired, declined, taken back, paused; and not after a withdrawal', async () => {
    const key = await PageKey.make();
    const used = await rig.sentLink();
    const { verified } = await rig.accepted(used.token, key);
    await rig.asRecipient('claim', verified.recipient_token, key);
    assert.equal((await renew(used.id)).status, 201);
    assert.equal(codeOf(await rig.asRecipient('claim', verified.recipient_token, key)), 'link_renewed');

    const back = await rig.sentLink();
    await rig.asSender('DELETE', `/v1/links/${back.id}`);
    assert.equal((await renew(back.id)).status, 201);

    const declined = await rig.sentLink();
    await rig.decide(await rig.proven(declined.token, key), key, 'decline');
    assert.equal((await renew(declined.id)).status, 201);

    const withdrawn = await rig.sentLink();
    const after = await rig.accepted(withdrawn.token, key);
    const taken = await rig.withdraw(after.verified.recipient_token, key);
    assert.equal(taken.status, 200, JSON.stringify(taken.body));
    const refused = await renew(withdrawn.id);
    assert.deepEqual([refused.status, codeOf(refused)], [410, 'withdrawn']);

    const expired = await rig.sentLink();
    rig.deps.clock.pass(3 * DAY);
    assert.equal((await listed(expired.id))?.state, 'expired');
    assert.equal((await renew(expired.id)).status, 201);
  });

  test('not by anybody else, nor without its files, nor beyond what the template allows', async () => {
    const { id, files } = await rig.sentLink();
    for (const who of [{ person: 'person-2' }, { app: 'globex-cases' }, { app: 'photos' }]) {
      assert.equal(codeOf(await renew(id, {}, who)), 'not_found');
    }
    const late = new Date(rig.deps.now() + 15 * DAY * 1000).toISOString();
    assert.equal(codeOf(await renew(id, { expires_at: late })), 'bad_request');
    assert.equal(codeOf(await renew(id, {}, { scopes: ['links:create:internal'] })), 'not_allowed');
    for (const file of files) await rig.deps.db.q.update(upload).set({ state: 'deleted' }).where(eq(upload.id, file));
    assert.equal(codeOf(await renew(id)), 'not_found');
    assert.equal((await listed(id))?.state, 'open', 'what was refused ends nothing');
  });

  test('and the sender says yes again where the words for outside have changed', async () => {
    const { id } = await rig.sentLink();
    const [row] = await rig.deps.db.q.select().from(link).where(eq(link.id, id));
    const outside = row?.outside ? { ...row.outside, sha256: `${'B'.repeat(43)}=` } : null;
    await rig.deps.db.q.update(link).set({ outside }).where(eq(link.id, id));
    assert.equal(codeOf(await renew(id)), 'outside_consent_needed');
    const { sha256, language } = outsideWords(rig.deps.registry.app('cases'), 'de');
    assert.equal((await renew(id, { outside: { sha256, language } })).status, 201);
  });
});

describe('the list of links', () => {
  let rig: LinkRig;
  before(async () => {
    rig = await LinkRig.start();
  });
  after(() => rig.close());
  const OWNER = { person: 'person-9', scopes: ['links:read:app'] };

  test('comes in pages of 50, newest first, each link once', async () => {
    const files = [await rig.storeFile()];
    for (let i = 0; i < 51; i += 1) {
      if (i % 3 === 0) rig.deps.clock.pass(1); // Several have the same time.
      await rig.asSender('POST', '/v1/links', rig.wish(files));
    }
    const first = (await rig.asSender('GET', '/v1/links')).body as LinkList;
    assert.equal(first.links.length, 50);
    const second = (await rig.asSender('GET', `/v1/links?cursor=${first.next}`)).body as LinkList;
    assert.deepEqual([second.links.length, second.next], [1, undefined]);
    const all = [...first.links, ...second.links];
    assert.equal(new Set(all.map(({ id }) => id)).size, 51);
    const times = all.map(({ created_at }) => created_at);
    assert.deepEqual(times, [...times].sort().reverse());
    for (const cursor of ['x', '1', '9999999999999999.abcdefgh', "1.'--", '-1.abcdefgh', '1.']) {
      assert.equal(codeOf(await rig.asSender('GET', `/v1/links?cursor=${encodeURIComponent(cursor)}`)), 'bad_request');
    }
  });

  test('of the whole app is for its owners: who sent each, and how many outside have the sender’s consent', async () => {
    const stored = await rig.storeFile({ person: 'person-2' });
    await rig.asSender('POST', '/v1/links', rig.wish([stored]), { person: 'person-2' });
    await rig.asSender('POST', '/v1/links', rig.wish([stored], { recipient: 'lee@acme.example', outside: undefined }), {
      person: 'person-2',
    });
    const page = (await rig.asSender('GET', '/v1/links/all', undefined, OWNER)).body as AppLinkList;
    assert.deepEqual(page.outside, { links: 52, with_consent: 52 });
    const { db, registry, config, now } = rig.deps;
    const told = () => operate({ db, registry, config, now }, ['consents']);
    assert.match(await told(), /^cases: 52 of 52 links to addresses outside have recorded consent \(100 %\)\.$/m);
    const { outside, id } =
      (await db.q.select().from(link).where(eq(link.external, true)).limit(1))[0] ?? assert.fail();
    await db.q.update(link).set({ outside: null }).where(eq(link.id, id));
    assert.match(await told(), /^cases: 51 of 52 .* \(98 %\)\.$/m);
    await db.q.update(link).set({ outside }).where(eq(link.id, id));
    assert.equal(page.links.length, 50);
    assert.ok(page.links.some(({ sent_by }) => sent_by === 'Maria Lopez'));
    assert.equal(codeOf(await rig.asSender('GET', '/v1/links/all')), 'not_allowed');
    const elsewhere = await rig.asSender('GET', '/v1/links/all', undefined, { ...OWNER, app: 'globex-cases' });
    assert.deepEqual(elsewhere.body, { links: [], outside: { links: 0, with_consent: 0 } });
  });
});

describe('before a link is sent', () => {
  let rig: LinkRig;
  before(async () => {
    rig = await LinkRig.start();
  });
  after(() => rig.close());
  const check = async (recipient: string, who = {}, language = 'de') =>
    (await rig.asSender('POST', '/v1/links/recipient', { recipient, language }, who)).body as CheckedRecipient;

  test('the sender learns whether an address is outside, and what to say yes to', async () => {
    assert.deepEqual(await check('jo@ACME.example'), { external: false, allowed: true });
    assert.deepEqual(await check('jo@globex.example', { scopes: ['links:create:internal'] }), {
      external: true,
      allowed: false,
    });
    const asked = await check(RECIPIENT);
    assert.deepEqual([asked.external, asked.allowed, asked.outside?.language], [true, true, 'de']);
    assert.match(asked.outside?.text ?? '', /außerhalb von acme Ltd/);
    const { sha256, language } = asked.outside ?? { sha256: '', language: '' };
    const wish = rig.wish([await rig.storeFile()], { outside: { sha256, language } });
    assert.equal((await rig.asSender('POST', '/v1/links', wish)).status, 201);
  });

  test('a domain of another app of the tenant is inside, one of another tenant is not', async () => {
    assert.equal((await check('jo@acme.example', { app: 'photos' })).external, false);
    assert.equal((await check('jo@globex.example')).external, true);
    assert.equal((await check('jo@sub.acme.example')).external, true);
    assert.equal((await check('jo@acme.example.evil.example')).external, true);
  });

  test('they see mail, page and notice as the recipient will, without any right and without a mail', async () => {
    const files = [await rig.storeFile()];
    const links = (await rig.deps.db.q.select().from(link)).length;
    const acts = (await rig.deps.db.q.select().from(audit)).length;
    const jobs = rig.jobs.sent.length;
    const { outside: _, ...wish } = rig.wish(files, { language: 'en' });
    const { status, body } = await rig.asSender('POST', '/v1/links/preview', wish);
    assert.equal(status, 200);
    const { mail, cover, notice } = body as LinkPreview;
    assert.equal(mail.subject, 'Maria Lopez sent you 1 file: Your signed rental contract');
    assert.match(mail.text, /^https:\/\/broker\.example\/r#…$/m);
    assert.doesNotMatch(`${mail.text}${mail.html}${JSON.stringify(cover)}`, /rental-contract\.pdf/);
    assert.deepEqual([cover.state, cover.files.count, cover.code, cover.dpop_nonce], ['open', 1, null, '']);
    assert.equal(notice.files[0]?.name, 'rental-contract.pdf');
    assert.equal((await rig.deps.db.q.select().from(link)).length, links);
    assert.equal((await rig.deps.db.q.select().from(audit)).length, acts);
    assert.equal(rig.jobs.sent.length, jobs);
  });

  test("not with another person's file, nor an address that is not theirs to write to", async () => {
    const { outside: _, ...wish } = rig.wish([await rig.storeFile({ person: 'person-2' })]);
    assert.equal(codeOf(await rig.asSender('POST', '/v1/links/preview', wish)), 'not_found');
    const inside = { scopes: ['links:create:internal'] };
    assert.equal(codeOf(await rig.asSender('POST', '/v1/links/preview', wish, inside)), 'not_allowed');
  });
});
