import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { eq } from 'drizzle-orm';
import * as v from 'valibot';
import { audit } from '../../demo/audit/schema.ts';
import { sweep } from '../../demo/broker/sweep.ts';
import { link, linkCode, recipientSession } from '../../demo/recipients/schema.ts';
import { upload } from '../../demo/uploads/schema.ts';
import { Claimed, Cover, Verified } from '../../src/contract/index.ts';
import { codeOf, LinkRig, otherCode } from '../support/link-rig.ts';
import { PageKey } from '../support/page-key.ts';

describe('before proof', () => {
  let rig: LinkRig;
  before(async () => {
    rig = await LinkRig.start();
  });
  after(() => rig.close());

  test('a link tells who, why, how much and how long; no file name and no full address', async () => {
    const { token } = await rig.sentLink();
    const { body } = await rig.call('notice', { token });
    const cover = v.parse(Cover, body);
    assert.deepEqual(cover, {
      app: 'cases',
      state: 'open',
      sender: { name: 'Maria Lopez', org: 'acme Ltd', address: 'maria@acme.example' },
      contact: 'help@acme.example',
      purpose: 'Your signed rental contract',
      files: { count: 2, bytes: 1_606_451 },
      expires_at: '2026-03-05T09:00:00.000Z',
      reference: '7F3K92QD',
      masked_address: 'j•••@m•••.org',
      proofs: ['code'],
      providers: [],
      claims_left: 1,
      code: null,
      language: 'en',
      withdrawable: false,
      dpop_nonce: rig.deps.proofs.nonce(),
    });
    assert.doesNotMatch(JSON.stringify(body), /rental-contract\.pdf|house-rules|jo\.meyer|mail\.example/);
  });

  test('an unknown, guessed, cut or lengthened secret is an unknown link at each step', async () => {
    const { token } = await rig.sentLink();
    const key = await PageKey.make();
    for (const wrong of [
      'A'.repeat(43),
      token.slice(0, 42),
      `${token}.`,
      `${token}A`,
      '',
      '\u0000',
      '%23',
      'é'.repeat(43),
    ]) {
      for (const answer of [
        await rig.call('notice', { token: wrong }),
        await rig.call('code', { token: wrong }),
        await rig.verify(wrong, '12345678', key),
      ]) {
        assert.deepEqual([answer.status, codeOf(answer)], [404, 'link_unknown']);
      }
    }
  });

  test('GET, HEAD, OPTIONS, PUT and DELETE change nothing and send nothing, whatever a scanner tries', async () => {
    const { id, token } = await rig.sentLink();
    const rows = () => rig.deps.db.q.select().from(link).where(eq(link.id, id));
    const acts = () => rig.deps.db.q.select().from(audit);
    const [before, actsBefore, jobsBefore] = [await rows(), await acts(), rig.jobs.sent.length];
    for (const step of ['notice', 'code', 'verify', 'decide', 'claim', 'withdraw']) {
      for (const method of ['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE']) {
        const answer = await rig.routes.request(`/v1/recipient/${step}?token=${token}`, { method });
        assert.equal(answer.status, 404, `${method} ${step}`);
      }
    }
    for (let look = 0; look < 5; look++) await rig.cover(token);
    assert.deepEqual(await rows(), before);
    assert.deepEqual(await acts(), actsBefore);
    assert.equal(rig.jobs.sent.length, jobsBefore);
  });

  test('a page that is not on the list of the app gets nothing', async () => {
    const { token } = await rig.sentLink();
    const from = (origin: string) => rig.call('notice', { token }, { origin });
    assert.equal(codeOf(await from('https://evil.example')), 'origin_not_allowed');
    assert.equal((await from('https://broker.example')).status, 200);
    assert.equal((await from('https://www.acme.example')).status, 200);
  });

  test('proof needs a DPoP proof', async () => {
    const { token } = await rig.sentLink();
    const answer = await rig.call('verify', { token, code: '12345678' });
    assert.deepEqual([answer.status, codeOf(answer)], [401, 'proof_refused']);
  });
});

describe('after proof', () => {
  let rig: LinkRig;
  before(async () => {
    rig = await LinkRig.start();
  });
  after(() => rig.close());

  test('the notice is told word for word, with its canonical JSON, its hash, a nonce and the files', async () => {
    const { token, files } = await rig.sentLink();
    const verified = v.parse(Verified, await rig.proven(token, await PageKey.make()));
    assert.deepEqual(verified.notice, {
      version: 2,
      language: 'en',
      question: 'Do you want to receive these files?',
      lines: [
        { id: 'sender', label: 'From', text: 'Maria Lopez, acme Ltd' },
        { id: 'purpose', label: 'What it is for', text: 'Your signed rental contract' },
        {
          id: 'kept',
          label: 'What acme Ltd keeps about you',
          text: 'Your email address, your answer, and when you downloaded. For 12 months, in the European Union.',
        },
        { id: 'why', label: 'Why', text: 'So that acme Ltd can show that the files reached you.' },
        { id: 'seen', label: 'Who can see that', text: 'acme Ltd. Nobody else.' },
        { id: 'withdraw', label: 'Changing your mind', text: 'You can withdraw at any time, from your receipt.' },
      ],
      full: [
        { id: 'controller', label: 'Who is responsible', text: 'acme Ltd, 1 acme Street' },
        { id: 'contact', label: 'Questions', text: 'help@acme.example' },
        { id: 'sender_address', label: 'Address of the sender', text: 'maria@acme.example' },
        {
          id: 'data',
          label: 'What is kept about you',
          text: 'Your email address, your answer, and when you downloaded.',
        },
        { id: 'basis', label: 'Legal basis', text: 'Your consent (GDPR, Article 6(1)(a)).' },
        { id: 'place', label: 'Where it is kept', text: 'the European Union' },
        {
          id: 'period',
          label: 'How long',
          text: '12 months after your answer. If you withdraw, it is deleted within 30 days.',
        },
        {
          id: 'log',
          label: 'Log of this link',
          text: 'When the link was opened, and what was done with it, is noted for 90 days. The sender sees what you do, not that you looked.',
        },
        {
          id: 'rights',
          label: 'Your rights',
          text: 'You can ask acme Ltd to show you what it keeps, correct it, delete it, limit its use, hand it over to you, and end your consent.',
        },
        {
          id: 'authority',
          label: 'Complaints',
          text: 'The privacy authority of the place where you live or work.',
        },
        { id: 'copies', label: 'Files you saved', text: 'They stay on your device. Nobody can take them back.' },
      ],
      purposes: [],
      choices: { accept: 'Accept', decline: 'Decline' },
      controller: { name: 'acme Ltd', address: '1 acme Street', contact: 'help@acme.example' },
      sender: { name: 'Maria Lopez', address: 'maria@acme.example' },
      purpose: 'Your signed rental contract',
      files: [
        { name: 'rental-contract.pdf', size: 1_258_291, type: 'application/pdf' },
        { name: 'house-rules.pdf', size: 348_160, type: 'application/pdf' },
      ],
      data_kept: ['email_address', 'answer', 'download_time'],
      legal_basis: 'consent',
      rights: ['access', 'rectify', 'erase', 'restrict', 'port', 'withdraw', 'complain'],
      authority: { name: 'The privacy authority of the place where you live or work.' },
      who_sees: ['acme Ltd'],
      region: 'the European Union',
      kept_months: 12,
    });
    assert.deepEqual(JSON.parse(verified.canonical), verified.notice);
    assert.deepEqual(verified.languages, ['en', 'de', 'ar']);
    assert.deepEqual(
      verified.files.map(({ id, name }) => ({ id, name })),
      [
        { id: files[0], name: 'rental-contract.pdf' },
        { id: files[1], name: 'house-rules.pdf' },
      ],
    );
    assert.deepEqual(
      [verified.state, verified.delivery_window_s, verified.expires_at],
      ['open', 900, '2026-03-02T09:10:00.000Z'],
    );
  });

  test('files tell their checksum, and of what: all of the file, or its parts', async () => {
    const sha256 = `${'B'.repeat(43)}=`;
    const files = [await rig.storeFile(), await rig.storeFile({ sha256, partBytes: 8_388_608 })];
    const { token } = await rig.sentLink({ files });
    const verified = v.parse(Verified, await rig.proven(token, await PageKey.make()));
    const whole = createHash('sha256').update('content').digest('base64');
    assert.deepEqual(
      verified.files.map(({ id, sha256, part_bytes }) => [id, sha256, part_bytes]),
      [
        [files[0], whole, undefined],
        [files[1], sha256, 8_388_608],
      ],
    );
  });

  test('the recipient token is kept as its hash alone', async () => {
    const { token } = await rig.sentLink();
    const { recipient_token } = await rig.proven(token, await PageKey.make());
    const rows = await rig.deps.db.q.select().from(recipientSession);
    assert.equal(JSON.stringify(rows).includes(recipient_token), false);
  });

  test('a recipient token opens nothing without a proof, with another key, as Bearer, at another link, or after ten minutes', async () => {
    const { token } = await rig.sentLink();
    const [key, thief] = [await PageKey.make(), await PageKey.make()];
    const { recipient_token } = await rig.proven(token, key);
    assert.equal(codeOf(await rig.call('claim', {})), 'sign_in_needed');
    assert.equal(codeOf(await rig.call('claim', {}, { authorization: `Bearer ${recipient_token}` })), 'sign_in_needed');
    assert.equal(codeOf(await rig.call('claim', {}, { authorization: `DPoP ${recipient_token}` })), 'proof_refused');
    assert.equal(codeOf(await rig.asRecipient('claim', recipient_token, thief)), 'sign_in_ended');
    assert.equal(codeOf(await rig.asRecipient('claim', 'A'.repeat(43), key)), 'sign_in_ended');
    rig.deps.clock.pass(599);
    assert.equal(codeOf(await rig.asRecipient('claim', recipient_token, key)), 'notice_stale');
    rig.deps.clock.pass(1);
    const late = await rig.asRecipient('claim', recipient_token, key);
    assert.deepEqual([late.status, codeOf(late)], [401, 'sign_in_ended']);
  });

  test('the same key may show the same code again for a fresh nonce, without a longer session; another key may not', async () => {
    const { token } = await rig.sentLink();
    const [key, other] = [await PageKey.make(), await PageKey.make()];
    const code = await rig.mailedCode(token);
    const first = (await rig.verify(token, code, key)).body as Verified;
    rig.deps.clock.pass(60);
    assert.equal(codeOf(await rig.verify(token, code, other)), 'code_old');
    assert.equal(codeOf(await rig.verify(token, otherCode(code), key)), 'code_old');
    const again = (await rig.verify(token, code, key)).body as Verified;
    assert.equal(again.expires_at, first.expires_at);
    assert.notEqual(again.nonce, first.nonce);
    assert.equal(codeOf(await rig.decide(first, key, 'accept')), 'sign_in_ended');
    assert.equal((await rig.decide(again, key, 'accept')).status, 200);
  });
});

test('a sweep forgets sessions that are over and codes of yesterday, and leaves what still serves', async (t) => {
  const rig = await LinkRig.start();
  t.after(() => rig.close());
  const { token } = await rig.sentLink();
  const key = await PageKey.make();
  const { verified } = await rig.accepted(token, key);
  const left = async () => [
    (await rig.deps.db.q.select().from(recipientSession)).length,
    (await rig.deps.db.q.select().from(linkCode)).length,
  ];
  rig.deps.clock.pass(600);
  await sweep(rig.deps);
  assert.deepEqual(await left(), [1, 1]);
  rig.deps.clock.pass(1);
  await sweep(rig.deps);
  assert.deepEqual(await left(), [0, 1]);
  rig.deps.clock.pass(86_400);
  await sweep(rig.deps);
  assert.deepEqual(await left(), [0, 0]);
  assert.equal(codeOf(await rig.asRecipient('claim', verified.recipient_token, key)), 'sign_in_ended');
  assert.equal((await rig.proven(token, key)).receipt !== undefined, true);
});

describe('claiming', () => {
  let rig: LinkRig;
  before(async () => {
    rig = await LinkRig.start();
  });
  after(() => rig.close());

  test('gives an address per file for a minute, and a window of fifteen for the key that came first', async () => {
    const { token, files } = await rig.sentLink();
    const key = await PageKey.make();
    const { verified } = await rig.accepted(token, key);
    rig.deps.clock.pass(30);
    const now = rig.deps.now();
    const answer = await rig.asRecipient('claim', verified.recipient_token, key);
    const claimed = v.parse(Claimed, answer.body);
    assert.equal(claimed.claimed_at, new Date(now).toISOString());
    assert.equal(claimed.window_ends_at, new Date(now + 900_000).toISOString());
    assert.equal(claimed.expires_at, claimed.window_ends_at);
    assert.deepEqual(
      claimed.files.map(({ id, expires_at }) => ({ id, expires_at })),
      files.map((id) => ({ id, expires_at: new Date(now + 60_000).toISOString() })),
    );
    const [first] = await rig.deps.db.q
      .select()
      .from(upload)
      .where(eq(upload.id, files[0] ?? ''));
    assert.equal(claimed.files[0]?.url, `https://storage.example/bucket/${first?.objectKey}?as=rental-contract.pdf`);
  });

  test('may be repeated by the same key until the window ends, past the life of the token, and no longer', async () => {
    const { id, token } = await rig.sentLink();
    const key = await PageKey.make();
    const { verified } = await rig.accepted(token, key);
    const claim = () => rig.asRecipient('claim', verified.recipient_token, key);
    const first = (await claim()).body as Claimed;
    rig.deps.clock.pass(899);
    const again = (await claim()).body as Claimed;
    assert.deepEqual([again.claimed_at, again.window_ends_at], [first.claimed_at, first.window_ends_at]);
    assert.equal(again.files[0]?.expires_at, new Date(rig.deps.now() + 60_000).toISOString());
    rig.deps.clock.pass(1);
    assert.equal(codeOf(await claim()), 'sign_in_ended');
    const acts = await rig.deps.db.q
      .select({ act: audit.act })
      .from(audit)
      .where(eq(audit.subject, id))
      .orderBy(audit.seq);
    assert.deepEqual(
      acts.map(({ act }) => act),
      [
        'link.made',
        'link.outside-agreed',
        'link.mailed',
        'code.requested',
        'recipient.verified',
        'consent.accepted',
        'link.claimed',
        'link.claim-repeated',
      ],
    );
  });

  test('never makes a session shorter: a short window ends as window_over, and withdrawing is still possible', async (t) => {
    const short = await LinkRig.start({
      template: (one) => ({ ...one, links: one.links && { ...one.links, delivery_window_s: 60 } }),
    });
    t.after(() => short.close());
    const { token } = await short.sentLink();
    const key = await PageKey.make();
    const { verified } = await short.accepted(token, key);
    const claimed = (await short.asRecipient('claim', verified.recipient_token, key)).body as Claimed;
    assert.deepEqual(
      [claimed.window_ends_at, claimed.expires_at],
      ['2026-03-02T09:01:00.000Z', '2026-03-02T09:10:00.000Z'],
    );
    short.deps.clock.pass(60);
    assert.equal(codeOf(await short.asRecipient('claim', verified.recipient_token, key)), 'window_over');
    assert.equal((await short.withdraw(verified.recipient_token, key)).status, 200);
  });

  test('after the window the winner with a new code reads window_over, another key link_used', async () => {
    const { token } = await rig.sentLink();
    const [winner, other] = [await PageKey.make(), await PageKey.make()];
    const { verified } = await rig.accepted(token, winner);
    await rig.asRecipient('claim', verified.recipient_token, winner);
    rig.deps.clock.pass(900);
    const late = await rig.proven(token, winner);
    assert.equal(late.state, 'claimed');
    const answer = await rig.asRecipient('claim', late.recipient_token, winner);
    assert.deepEqual([answer.status, codeOf(answer)], [410, 'window_over']);
    rig.deps.clock.pass(60);
    const stranger = await rig.proven(token, other);
    assert.equal(codeOf(await rig.asRecipient('claim', stranger.recipient_token, other)), 'link_used');
  });

  test('by another key while the window is open is refused, and the winner goes on', async () => {
    const { token } = await rig.sentLink();
    const [winner, other] = [await PageKey.make(), await PageKey.make()];
    const { verified } = await rig.accepted(token, winner);
    await rig.asRecipient('claim', verified.recipient_token, winner);
    rig.deps.clock.pass(60);
    const second = await rig.proven(token, other);
    const refused = await rig.asRecipient('claim', second.recipient_token, other);
    assert.deepEqual([refused.status, codeOf(refused)], [410, 'link_used']);
    assert.equal((await rig.asRecipient('claim', verified.recipient_token, winner)).status, 200);
    assert.equal((await rig.cover(token)).state, 'claimed');
  });

  test('is not possible before an answer, after declining, or when all files are deleted', async () => {
    const { token, files } = await rig.sentLink();
    const key = await PageKey.make();
    const code = await rig.mailedCode(token);
    let shown = (await rig.verify(token, code, key)).body as Verified;
    const claim = () => rig.asRecipient('claim', shown.recipient_token, key);
    assert.deepEqual([(await claim()).status, codeOf(await claim())], [409, 'notice_stale']);
    await rig.decide(shown, key, 'decline');
    assert.deepEqual([(await claim()).status, codeOf(await claim())], [409, 'link_declined']);
    shown = (await rig.verify(token, code, key)).body as Verified;
    await rig.decide(shown, key, 'accept');
    for (const id of files) await rig.deps.db.q.update(upload).set({ state: 'deleted' }).where(eq(upload.id, id));
    assert.deepEqual([(await claim()).status, codeOf(await claim())], [404, 'not_found']);
    assert.equal((await rig.cover(token)).state, 'accepted');
  });

  test('hands out a file that is left when another was deleted', async () => {
    const { token, files } = await rig.sentLink();
    const key = await PageKey.make();
    const { verified } = await rig.accepted(token, key);
    await rig.deps.db.q
      .update(upload)
      .set({ state: 'deleted' })
      .where(eq(upload.id, files[0] ?? ''));
    const claimed = (await rig.asRecipient('claim', verified.recipient_token, key)).body as Claimed;
    assert.deepEqual(
      claimed.files.map(({ id }) => id),
      [files[1]],
    );
  });

  test('is not possible after the take-back or the withdrawal of a link that was accepted and not claimed', async () => {
    const key = await PageKey.make();
    for (const code of ['link_taken_back', 'withdrawn']) {
      const { id, token } = await rig.sentLink();
      const { verified } = await rig.accepted(token, key);
      if (code === 'withdrawn') await rig.withdraw(verified.recipient_token, key);
      else await rig.asSender('DELETE', `/v1/links/${id}`);
      const answer = await rig.asRecipient('claim', verified.recipient_token, key);
      assert.deepEqual([answer.status, codeOf(answer)], [410, code]);
      const [row] = await rig.deps.db.q.select().from(link).where(eq(link.id, id));
      assert.equal(row?.claimsUsed, 0);
    }
  });

  test('ends with the take-back and with the withdrawal, even inside the window', async () => {
    for (const [end, code] of [
      ['take back', 'link_taken_back'],
      ['withdraw', 'withdrawn'],
    ] as const) {
      const { id, token } = await rig.sentLink();
      const key = await PageKey.make();
      const { verified } = await rig.accepted(token, key);
      assert.equal((await rig.asRecipient('claim', verified.recipient_token, key)).status, 200);
      if (end === 'withdraw') await rig.withdraw(verified.recipient_token, key);
      else await rig.asSender('DELETE', `/v1/links/${id}`);
      const answer = await rig.asRecipient('claim', verified.recipient_token, key);
      assert.deepEqual([answer.status, codeOf(answer)], [410, code]);
    }
  });

  test('does not begin after the date, but a window that is open goes on past it', async () => {
    const soon = () => new Date(rig.deps.now() + 120_000).toISOString();
    const key = await PageKey.make();
    const late = await rig.sentLink({ expires_at: soon() });
    const { verified } = await rig.accepted(late.token, key);
    rig.deps.clock.pass(120);
    const refused = await rig.asRecipient('claim', verified.recipient_token, key);
    assert.deepEqual([refused.status, codeOf(refused)], [410, 'link_expired']);
    assert.equal((await rig.cover(late.token)).state, 'expired');

    const early = await rig.sentLink({ expires_at: soon() });
    const open = await rig.accepted(early.token, key);
    assert.equal((await rig.asRecipient('claim', open.verified.recipient_token, key)).status, 200);
    rig.deps.clock.pass(600);
    assert.equal((await rig.asRecipient('claim', open.verified.recipient_token, key)).status, 200);
  });

  test('an expired link that nobody answered gives no code; one that was accepted still lets its recipient withdraw', async () => {
    const expires_at = new Date(rig.deps.now() + 60_000).toISOString();
    const [silent, answered] = [await rig.sentLink({ expires_at }), await rig.sentLink({ expires_at })];
    const key = await PageKey.make();
    await rig.accepted(answered.token, key);
    rig.deps.clock.pass(60);
    const refused = await rig.call('code', { token: silent.token });
    assert.deepEqual([refused.status, codeOf(refused)], [410, 'link_expired']);
    const shown = await rig.proven(answered.token, key);
    assert.equal((await rig.withdraw(shown.recipient_token, key)).status, 200);
    assert.equal((await rig.cover(answered.token)).state, 'withdrawn');
    assert.equal(codeOf(await rig.call('code', { token: answered.token })), 'withdrawn');
  });
});
