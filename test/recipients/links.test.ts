import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { eq } from 'drizzle-orm';
import * as v from 'valibot';
import { audit } from '../../demo/audit/schema.ts';
import { outsideWords } from '../../demo/recipients/outside.ts';
import { link } from '../../demo/recipients/schema.ts';
import { upload } from '../../demo/uploads/schema.ts';
import { type Link, type LinkList, MadeLink } from '../../src/contract/index.ts';
import { codeOf, figuresOf, LinkRig, RECIPIENT } from '../support/link-rig.ts';
import { PageKey } from '../support/page-key.ts';

const DAY_MS = 86_400_000;

describe('a link is made', () => {
  let rig: LinkRig;
  before(async () => {
    rig = await LinkRig.start();
  });
  after(() => rig.close());

  test('for stored files of the sender, with the reference of their batch, and its mail is asked for', async () => {
    const files = [await rig.storeFile(), await rig.storeFile({ name: 'two.pdf' })];
    const { status, body } = await rig.asSender('POST', '/v1/links', rig.wish(files));
    assert.equal(status, 201);
    const made = v.parse(MadeLink, body);
    assert.deepEqual(
      { ...made.link, id: '' },
      {
        id: '',
        recipient: RECIPIENT,
        purpose: 'Your signed rental contract',
        files,
        state: 'open',
        reference: '7F3K92QD',
        created_at: '2026-03-02T09:00:00.000Z',
        expires_at: '2026-03-05T09:00:00.000Z',
        claims: 1,
        claims_used: 0,
        external: true,
      },
    );
    assert.equal(made.mail_from, 'broker@broker.example');
    assert.deepEqual(rig.jobs.sent.at(-1), { name: 'link-mail', payload: { id: made.link.id } });
    const acts = await rig.deps.db.q.select().from(audit).where(eq(audit.subject, made.link.id));
    assert.deepEqual(
      acts.map(({ actor, act, facts }) => ({ actor, act, facts })),
      [
        { actor: 'person:person-1', act: 'link.made', facts: { files: 2, external: true } },
        {
          actor: 'person:person-1',
          act: 'link.outside-agreed',
          facts: { version: 1, sha256: outsideWords(rig.deps.registry.app('cases'), 'en').sha256 },
        },
      ],
    );
  });

  test('without a token anywhere before its mail is sent, and with its hash alone afterwards', async () => {
    const { id, token } = await rig.sentLink();
    const [row] = await rig.deps.db.q.select().from(link).where(eq(link.id, id));
    assert.equal(row?.tokenHash?.byteLength, 32);
    assert.equal(JSON.stringify(row).includes(token), false);
    const listed = await rig.asSender('GET', '/v1/links');
    assert.equal(JSON.stringify(listed.body).includes(token), false);
    assert.equal(JSON.stringify(rig.jobs.sent).includes(token), false);
    assert.equal(rig.deps.logged.join().includes(token), false);
  });

  const refusals: [string, (rig: LinkRig) => Promise<Record<string, unknown>>, number, string][] = [
    [
      'a file that is not stored yet',
      async (r) => ({ files: [await r.storeFile({ state: 'open' })] }),
      404,
      'not_found',
    ],
    ['a deleted file', async (r) => ({ files: [await r.storeFile({ state: 'deleted' })] }), 404, 'not_found'],
    ["another person's file", async (r) => ({ files: [await r.storeFile({ person: 'person-2' })] }), 404, 'not_found'],
    ["another app's file", async (r) => ({ files: [await r.storeFile({ app: 'photos' })] }), 404, 'not_found'],
    ["another tenant's file", async (r) => ({ files: [await r.storeFile({ tenant: 'globex' })] }), 404, 'not_found'],
    [
      "one of one's own and one of another's",
      async (r) => ({ files: [await r.storeFile(), await r.storeFile({ person: 'person-2' })] }),
      404,
      'not_found',
    ],
    ['no file', async () => ({ files: [] }), 400, 'bad_request'],
    ['an address that is none', async () => ({ recipient: 'jo' }), 400, 'bad_request'],
    [
      'an address with a line break',
      async () => ({ recipient: 'jo@x.example\r\nBcc: a@b.example' }),
      400,
      'bad_request',
    ],
    ['a purpose of blanks', async () => ({ purpose: '   ' }), 400, 'bad_request'],
    ['a purpose of 121 characters', async () => ({ purpose: 'x'.repeat(121) }), 400, 'bad_request'],
    ['a purpose with a line break', async () => ({ purpose: 'one\ntwo' }), 422, 'purpose_plain'],
    ['a purpose that nobody sees', async () => ({ purpose: '\u{e0041}\u200b' }), 422, 'purpose_plain'],
    ['a purpose that turns the reading direction', async () => ({ purpose: 'a\u202eb' }), 422, 'purpose_plain'],
    ['a purpose with an address', async () => ({ purpose: 'See www.example.com' }), 422, 'purpose_plain'],
    ['no consent to send outside', async () => ({ outside: undefined }), 403, 'outside_consent_needed'],
    [
      'consent to other words',
      async () => ({ outside: { sha256: `${'A'.repeat(43)}=`, language: 'en' } }),
      403,
      'outside_consent_needed',
    ],
    ['two claims where the template allows one', async () => ({ claims: 2 }), 400, 'bad_request'],
    ['a language that is none', async () => ({ language: '__proto__' }), 400, 'bad_request'],
  ];
  for (const [what, change, status, code] of refusals) {
    test(`not with ${what}`, async () => {
      const sent = rig.jobs.sent.length;
      const wish = { ...rig.wish([await rig.storeFile()]), ...(await change(rig)) };
      const answer = await rig.asSender('POST', '/v1/links', wish);
      assert.deepEqual([answer.status, codeOf(answer)], [status, code]);
      assert.equal(rig.jobs.sent.length, sent);
    });
  }

  test('open until a date that the template allows: 14 days yes, one day more or the past no', async () => {
    const files = [await rig.storeFile()];
    const make = (ms: number) =>
      rig.asSender('POST', '/v1/links', rig.wish(files, { expires_at: new Date(rig.deps.now() + ms).toISOString() }));
    assert.equal((await make(14 * DAY_MS)).status, 201);
    const late = await make(15 * DAY_MS);
    assert.deepEqual(
      [late.status, codeOf(late), figuresOf(late)],
      [400, 'bad_request', { until: '2026-03-16T09:00:00.000Z' }],
    );
    assert.equal((await make(0)).status, 400);
    assert.equal((await make(-1000)).status, 400);
  });

  const scopes: [string, readonly string[], string, number][] = [
    ['inside, with the scope for inside', ['links:create:internal'], 'jo@acme.example', 201],
    ['inside in capitals, with the scope for inside', ['links:create:internal'], 'jo@ACME.example', 201],
    ['outside, with the scope for inside alone', ['links:create:internal'], RECIPIENT, 403],
    ['outside, with both scopes', ['links:create:internal', 'links:create:external'], RECIPIENT, 201],
    ['a subdomain of inside, which is outside', ['links:create:internal'], 'jo@sub.acme.example', 403],
    ['anyone, without a scope for links', ['uploads:create'], 'jo@acme.example', 403],
  ];
  for (const [what, has, recipient, status] of scopes) {
    test(`to ${what}: ${status}`, async () => {
      const wish = rig.wish([await rig.storeFile()], { recipient });
      const answer = await rig.asSender('POST', '/v1/links', wish, { scopes: has });
      assert.equal(answer.status, status);
      if (status === 403) assert.equal(codeOf(answer), 'not_allowed');
    });
  }

  test('by nobody without a token', async () => {
    for (const [method, path] of [
      ['POST', '/v1/links'],
      ['GET', '/v1/links'],
      ['DELETE', '/v1/links/abcdefgh'],
    ] as const) {
      const answer = await rig.send(method, path);
      assert.deepEqual([answer.status, codeOf(answer)], [401, 'sign_in_needed']);
    }
  });
});

test('a template that keeps links inside refuses an outside address even with the scope', async (t) => {
  const rig = await LinkRig.start({
    template: (one) => ({ ...one, links: one.links && { ...one.links, external: false } }),
  });
  t.after(() => rig.close());
  const files = [await rig.storeFile()];
  assert.equal(codeOf(await rig.asSender('POST', '/v1/links', rig.wish(files))), 'not_allowed');
  assert.equal(
    (await rig.asSender('POST', '/v1/links', rig.wish(files, { recipient: 'jo@acme.example' }))).status,
    201,
  );
});

describe('the sender sees and takes back', () => {
  let rig: LinkRig;
  const list = async (who = {}) => ((await rig.asSender('GET', '/v1/links', undefined, who)).body as LinkList).links;
  const state = async (id: string) => (await list()).find((one: Link) => one.id === id)?.state;
  before(async () => {
    rig = await LinkRig.start();
  });
  after(() => rig.close());

  test('only their own links, the newest first', async () => {
    const first = await rig.sentLink();
    rig.deps.clock.pass(1);
    const second = await rig.sentLink();
    assert.deepEqual(
      (await list()).map(({ id, files }) => ({ id, files })),
      [
        { id: second.id, files: second.files },
        { id: first.id, files: first.files },
      ],
    );
    assert.deepEqual(await list({ person: 'person-2' }), []);
    assert.deepEqual(await list({ app: 'globex-cases' }), []);
  });

  test('an open link ends at once, and stays as it is when taken back again', async () => {
    const { id, token } = await rig.sentLink();
    assert.equal((await rig.asSender('DELETE', `/v1/links/${id}`)).status, 204);
    assert.equal(await state(id), 'taken_back');
    rig.deps.clock.pass(60);
    assert.equal((await rig.asSender('DELETE', `/v1/links/${id}`)).status, 204);
    const cover = await rig.cover(token);
    assert.deepEqual([cover.state, cover.state_since], ['taken_back', new Date(rig.deps.now() - 60_000).toISOString()]);
    assert.equal(codeOf(await rig.call('code', { token })), 'link_taken_back');
  });

  test("nobody else's link, nor one that is not there", async () => {
    const { id } = await rig.sentLink();
    for (const who of [{ person: 'person-2' }, { app: 'globex-cases' }, { app: 'photos' }]) {
      assert.equal((await rig.asSender('DELETE', `/v1/links/${id}`, undefined, who)).status, 404);
    }
    for (const other of ['abcdefgh', 'ab.cdefgh', 'x'.repeat(200)]) {
      assert.equal((await rig.asSender('DELETE', `/v1/links/${other}`)).status, 404);
    }
    assert.equal(await state(id), 'open');
  });

  test('an expired link stays expired', async () => {
    const { id } = await rig.sentLink();
    rig.deps.clock.pass(3 * 86_400);
    assert.equal((await rig.asSender('DELETE', `/v1/links/${id}`)).status, 204);
    assert.equal(await state(id), 'expired');
  });

  test('a link taken back before its mail was sent is never mailed', async () => {
    const made = await rig.asSender('POST', '/v1/links', rig.wish([await rig.storeFile()]));
    await rig.asSender('DELETE', `/v1/links/${(made.body as MadeLink).link.id}`);
    assert.deepEqual(await rig.deliver(), []);
  });

  test('answer and download of the recipient, with their times', async () => {
    const { id, token } = await rig.sentLink();
    const key = await PageKey.make();
    const { verified, decided } = await rig.accepted(token, key);
    assert.equal(await state(id), 'accepted');
    rig.deps.clock.pass(5);
    await rig.asRecipient('claim', verified.recipient_token, key);
    const shown = (await list()).find((one) => one.id === id);
    assert.deepEqual(
      [shown?.state, shown?.decided_at, shown?.claimed_at],
      ['claimed', decided.at, new Date(rig.deps.now()).toISOString()],
    );
  });

  test('a link goes on with the files that are left when one is deleted', async () => {
    const { token, files } = await rig.sentLink();
    await rig.deps.db.q
      .update(upload)
      .set({ state: 'deleted' })
      .where(eq(upload.id, files[0] ?? ''));
    assert.deepEqual((await rig.cover(token)).files, { count: 1, bytes: 348_160 });
  });
});
